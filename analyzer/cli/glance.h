// SPDX-License-Identifier: Apache-2.0
// What one look at a log that is followed finds, and what was found before.
#ifndef LOGDIAG_CLI_GLANCE_H_
#define LOGDIAG_CLI_GLANCE_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/timeline.h"

namespace logdiag {

// Tells a failure from the others of a log, look after look.
struct FailureKey {
  int kind = 0;
  std::uint64_t first_line = 0;
  std::uint64_t shown_line = 0;

  // What is seen of one grows: one of the lines is enough.
  bool Is(const FailureKey& other) const {
    return kind == other.kind &&
           (first_line == other.first_line || shown_line == other.shown_line);
  }
};
FailureKey KeyOf(const Failure& failure);

struct Glance {
  std::optional<FailureKey> told;   // the incident that `block` tells
  std::string block;                // as it is printed
  std::string json;                 // as the hook gets it
  std::vector<FailureKey> waiting;  // those that may yet be told otherwise
  // After so long without news something may have become an incident.
  std::optional<double> again_s;

  std::string Encode() const;
  // nullopt if `bytes` are no whole glance.
  static std::optional<Glance> Decode(const std::string& bytes);
};

// Which incidents of a log were told, and since when others wait.
class Told {
 public:
  using Clock = std::chrono::steady_clock;

  // A launcher's words about a death, and the traceback that an error line
  // announces, come within moments; then the error is what there is to tell.
  static constexpr double kSettle_s = 5;

  // Which failure of the timeline is next to be told, by its index; nullopt if
  // none is now. Then `glance` knows what waits. `at_end`: nothing will change.
  std::optional<std::size_t> Next(const std::vector<Failure>& failures,
                                  bool at_end, Glance* glance) const;
  // What a look has found.
  void Take(const Glance& glance);

 private:
  struct Waiting {
    FailureKey key;
    Clock::time_point since;
  };

  bool Has(const FailureKey& key) const;
  // 0 if it has waited long enough.
  double LeftToWait(const FailureKey& key) const;

  std::vector<FailureKey> told_;
  std::vector<Waiting> waiting_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_GLANCE_H_
