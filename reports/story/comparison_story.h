// SPDX-License-Identifier: Apache-2.0
// What is different between two logs.
#ifndef LOGDIAG_REPORTS_STORY_COMPARISON_STORY_H_
#define LOGDIAG_REPORTS_STORY_COMPARISON_STORY_H_

#include <optional>
#include <string>
#include <vector>

#include "reports/document/document.h"
#include "reports/story/page.h"

namespace logdiag {

struct Difference {
  std::string fact;
  const Fact* good = nullptr;  // nullptr = that log does not tell it
  const Fact* bad = nullptr;

  bool told_by_both() const { return good != nullptr && bad != nullptr; }
};

// How fast work went, by the median of what finished or was at it; and how much
// of it came to its end.
struct Pace {
  std::optional<double> seconds_per_step;
  std::optional<double> seconds;  // of a prompt or job that finished
  std::size_t finished = 0;
  std::size_t failed = 0;
};

struct Comparison {
  // Where both tell it first, then where one does; in the order of StatedFacts.
  std::vector<Difference> differences;
  std::size_t same = 0;
  Pace good;
  Pace bad;
  // Node packs that failed to load in one and not in the other.
  std::vector<std::string> packs_good;
  std::vector<std::string> packs_bad;
};

Comparison Compare(const Diagnosis& good, const Diagnosis& bad);

Document TellComparison(const Comparison& comparison, const Page& good,
                        const Page& bad);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_COMPARISON_STORY_H_
