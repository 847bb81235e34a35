// SPDX-License-Identifier: Apache-2.0
// The lines that a report speaks of.
#ifndef LOGDIAG_REPORTS_STORY_LINES_H_
#define LOGDIAG_REPORTS_STORY_LINES_H_

#include <vector>

#include "reports/document/document.h"
#include "reports/story/page.h"

namespace logdiag {

// Each line once, in order: what the diagnosis quotes, what `document` shows of
// the log, and what its pictures and its moments stand on, of which only our
// words are there where the text was not kept.
std::vector<NamedLine> NamedLines(const Page& page, const Document& document);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_LINES_H_
