// SPDX-License-Identifier: Apache-2.0
// Sets the clock of one file of a pod to that of another.
#ifndef LOGDIAG_WITNESSES_CLOCK_FIT_H_
#define LOGDIAG_WITNESSES_CLOCK_FIT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/log_stream.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/record.h"

namespace logdiag {

// Two stamps of one message: one is taken when it is printed, the other when it
// has come out of a pipe.
inline constexpr std::int64_t kSameMoment_ns = 5'000'000'000;

// Whether it tells day and year.
constexpr bool IsDated(Clock clock) {
  return clock == Clock::kUtc || clock == Clock::kLocal;
}

// Puts stamps that state no year into theirs, by the last one of the file.
struct Years {
  int last_year = 0;
  std::int64_t last_ns = 0;  // of that last stamp, in its year

  std::int64_t Of(std::int64_t time_ns) const;
};

// What the lines of a file say of its clock. Takes 32 bytes a record, up to
// kMostRecords.
class ClockProfile {
 public:
  // Of a longer file, the records behind these are not compared.
  static constexpr std::size_t kMostRecords = 400'000;

  // Reads `stream` to its end.
  explicit ClockProfile(RecordStream* stream);

  Clock clock() const { return clock_; }
  const std::optional<std::int64_t>& first_ns() const { return first_ns_; }
  const std::optional<std::int64_t>& last_ns() const { return last_ns_; }
  // Whether it has times with a day and a year.
  bool dated() const { return last_ns_ && IsDated(clock_); }
  // Whether the kernel, or the platform, wrote some of it, a good part, and
  // most of it.
  bool has_host_lines() const { return host_records_ > 0; }
  bool tells_of_host() const { return 20 * host_records_ > records_; }
  bool is_of_host() const { return 2 * host_records_ > records_; }

  // The years of a file that states none and ends near `main_last_ns`, to which
  // its times here are set; nullopt if it states them.
  std::optional<Years> SetYears(std::int64_t main_last_ns);

  // Whether a record of that body is here, not further than `within_ns` from
  // `time_ns`.
  bool Has(std::string_view body, std::int64_t time_ns,
           std::int64_t within_ns) const;

  struct Fit {
    SourceFile::Fit kind = SourceFile::Fit::kNone;
    std::int64_t offset_ns = 0;  // to be added to the times of `other`
    std::uint64_t shared = 0;
  };
  // Sets the clock of `other` to this one.
  Fit FitOf(const ClockProfile& other) const;

  // How many bodies that are one program's own both have, counting none twice.
  std::uint64_t SharedWith(const ClockProfile& other) const;
  // How many of them are here.
  std::uint64_t distinct() const { return SharedWith(*this); }

 private:
  struct Said {
    std::uint64_t body = 0;  // hash
    std::int64_t time_ns = 0;
    bool timed = false;
    bool stamped = false;  // the time is its own, and not that of a line before
    bool distinct = false;  // long enough to be one program's own
  };

  void Add(const Record& record);
  void Sort();
  // False if lines that both have do not set the clock.
  bool FitByLines(const ClockProfile& other, Fit* fit) const;
  // Whether two such clocks can differ by that much.
  bool IsPlausible(const ClockProfile& other, const Fit& fit) const;
  // The only time of a body; nullopt if it came twice, or without one.
  std::optional<std::int64_t> OnlyTimeOf(std::uint64_t body) const;

  Clock clock_ = Clock::kNone;
  std::int64_t resolution_ns_ = 0;
  std::optional<std::int64_t> first_ns_;
  std::optional<std::int64_t> last_ns_;
  std::uint64_t records_ = 0;
  std::uint64_t host_records_ = 0;
  std::vector<Said> said_;  // by body, then by time
  // Time of day less the file's own, where a line states both.
  std::optional<std::int64_t> stated_offset_ns_;
};

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_CLOCK_FIT_H_
