// SPDX-License-Identifier: Apache-2.0
// The time of the log, by the clock of the container's lines.
#ifndef LOGDIAG_TIMELINE_RECORD_LOG_CLOCK_H_
#define LOGDIAG_TIMELINE_RECORD_LOG_CLOCK_H_

#include <cstdint>
#include <optional>

#include "analyzer/model/record.h"

namespace logdiag {

class LogClock {
 public:
  // Whether the time of `record`, if it has one, is by another clock (a host's
  // uptime, say) and cannot be compared.
  bool IsStranger(const Record& record) const {
    return clock_ != Clock::kNone && record.time_ns && record.clock != clock_;
  }

  void Take(const Record& record) {
    if (record.time_ns) {
      if (record.source == Source::kContainer) clock_ = record.clock;
      if (record.clock == clock_) now_ns_ = record.time_ns;
      if (!first_ns_) first_ns_ = record.time_ns;
      last_ns_ = record.time_ns;
    }
    last_line_ = record.line;
  }

  Clock clock() const { return clock_; }  // of the container's lines
  // Nanoseconds since 1970 by that clock; nullopt without one.
  std::optional<std::int64_t> now_ns() const { return now_ns_; }
  // Of the first and the last record with a time, of whatever clock.
  std::optional<std::int64_t> first_ns() const { return first_ns_; }
  std::optional<std::int64_t> last_ns() const { return last_ns_; }
  std::uint64_t last_line() const { return last_line_; }

 private:
  Clock clock_ = Clock::kNone;
  std::optional<std::int64_t> now_ns_;
  std::optional<std::int64_t> first_ns_;
  std::optional<std::int64_t> last_ns_;
  std::uint64_t last_line_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_LOG_CLOCK_H_
