// SPDX-License-Identifier: Apache-2.0
// What a fleet's logs come to.
#ifndef LOGDIAG_REPORTS_FLEET_FLEET_TALLY_H_
#define LOGDIAG_REPORTS_FLEET_FLEET_TALLY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/fleet/fleet.h"

namespace logdiag {

// Failures that are alike. Texts that are times are "" if no log tells one.
struct TroubleKind {
  std::string key;  // the cause, or the fingerprint
  std::string cause;
  std::string outcome;
  std::string title;  // of the log that comes first by its id
  std::uint64_t logs = 0;
  std::uint64_t lost_seconds = 0;
  std::string first;
  std::string last;
  std::map<std::string, std::uint64_t> days;  // "2026-01-31" -> logs
  std::vector<std::string> examples;          // names of logs, at most three
};

// A trait that failures have more often than logs do.
struct Concentration {
  std::string name;   // "host"
  std::string value;  // "node-7"
  std::string cause;  // of the failures; "" = of all
  std::uint64_t failures_there = 0;
  std::uint64_t failures = 0;  // of those whose logs tell the trait at all
  std::uint64_t logs_there = 0;
  std::uint64_t logs = 0;
  // That so many or more would fall there if failures fell on logs by chance
  // (hypergeometric), times the number of traits and causes that were looked
  // at.
  double chance = 1;
};

// How a kind of failure changed since the baseline, as shares of all logs.
struct FleetChange {
  enum class Way { kNew, kGrown, kGone };
  Way way = Way::kNew;
  TroubleKind kind;  // of the baseline, if it is gone
  std::uint64_t before = 0;
  std::uint64_t now = 0;
};

// "new", "grown", "gone".
std::string_view WayName(FleetChange::Way way);

struct FleetTally {
  std::uint64_t logs = 0;
  std::uint64_t failed = 0;
  std::uint64_t lost_seconds = 0;
  std::map<std::string, std::uint64_t> outcomes;
  std::vector<TroubleKind> causes;            // the most frequent first
  std::vector<TroubleKind> kinds;             // by fingerprint, as above
  std::vector<Concentration> concentrations;  // the least by chance first
  std::vector<FleetChange> changes;           // new, grown, gone
  // What could not be told.
  std::uint64_t unknown = 0;  // failures without a cause
  std::uint64_t partial = 0;  // logs that were not read whole
  std::uint64_t undated = 0;  // failures without a time
};

// `baseline` may be nullptr.
FleetTally TallyOf(const Fleet& fleet, const Fleet* baseline);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FLEET_FLEET_TALLY_H_
