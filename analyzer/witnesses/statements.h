// SPDX-License-Identifier: Apache-2.0
// What the files that are no logs state of the failure that the log shows.
#ifndef LOGDIAG_WITNESSES_STATEMENTS_H_
#define LOGDIAG_WITNESSES_STATEMENTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/model/diagnosis.h"
#include "analyzer/support/witness_match.h"

namespace logdiag {

// Between the end of a process and the moment at which its end is written down,
// or its last line comes out of a pipe.
inline constexpr std::int64_t kEndSlack_ns = 5'000'000'000;

// When the process of the incident can have ended, by the clock of the log.
struct EndWindow {
  std::optional<std::int64_t> from_ns;   // nullopt: the log has no such clock
  std::optional<std::int64_t> to_ns;     // nullopt: nothing follows in the log
  std::optional<std::int64_t> begun_ns;  // when that process began
  bool last = true;                      // no other start follows it
  bool utc = false;  // the times are UTC, as stated ones are

  bool Holds(std::int64_t time_ns) const;
};

EndWindow WindowOfEnd(const Diagnosis& diagnosis);

struct Stated {
  // Facts of the end are marked as given: they decide.
  Facts facts;
  std::vector<Contradiction> contradictions;
  // A fact of the end rests on a time that cannot be compared with the log's.
  bool unplaced = false;
};

// What is stated of that end, and of the pod. What is stated differently, by
// two files or by one, is no fact but a contradiction.
Stated StatedOf(const std::vector<Testimony>& testimonies,
                const EndWindow& window);

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_STATEMENTS_H_
