// SPDX-License-Identifier: Apache-2.0
// What is known, for people who write patterns: plain text for a terminal.
#ifndef LOGDIAG_REPORTS_CATALOGUE_REPORT_H_
#define LOGDIAG_REPORTS_CATALOGUE_REPORT_H_

#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/explanation.h"

namespace logdiag {

// One line a cause: id, title, outcomes. By id.
std::string WriteCauseList(const Catalogue& catalogue);

// Everything known of one cause: where it is written, its evidence with weights
// and reasons, its remedies, what would settle it.
std::string WriteCause(const Catalogue& catalogue, const Cause& cause);

// Term by term: what spoke, and of what did not the heaviest, or with `full` all,
// and why not. `redact`: secrets of the log are hidden.
std::string WriteExplanation(const Catalogue& catalogue,
                             const Explanation& explanation, bool redact,
                             bool full = false);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_CATALOGUE_REPORT_H_
