// SPDX-License-Identifier: Apache-2.0
// Whether an evidence item speaks about a case, and which line it shows.
#ifndef LOGDIAG_DIAGNOSE_CONDITION_H_
#define LOGDIAG_DIAGNOSE_CONDITION_H_

#include <optional>
#include <vector>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/explanation.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// What made a condition hold.
struct Match {
  Quote quote;         // line 0 = nothing to show (an absence, a figure)
  Values captures;     // of the marker that was seen, or of the exception
  bool given = false;  // the fact that made it hold was given by the user
};

// The parts of `condition` that do not hold, in the order of the pattern files.
std::vector<Unmet> UnmetParts(const Condition& condition, const CaseFile& file,
                              RegexCache* regexes);

// nullopt if `condition` does not hold.
std::optional<Match> Holds(const Condition& condition, const CaseFile& file,
                           RegexCache* regexes);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_CONDITION_H_
