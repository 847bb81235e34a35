// SPDX-License-Identifier: Apache-2.0
// The lines of the log that a verdict is shown by.
#ifndef LOGDIAG_REPORTS_STORY_PROOF_LINES_H_
#define LOGDIAG_REPORTS_STORY_PROOF_LINES_H_

#include <vector>

#include "reports/story/page.h"

namespace logdiag {

// In the order of the log, at most as many as the limits allow.
std::vector<ExcerptLine> ProofLines(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_PROOF_LINES_H_
