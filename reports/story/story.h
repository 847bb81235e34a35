// SPDX-License-Identifier: Apache-2.0
// A diagnosis told as a document: the core first, parts below it.
#ifndef LOGDIAG_REPORTS_STORY_STORY_H_
#define LOGDIAG_REPORTS_STORY_STORY_H_

#include "reports/document/document.h"
#include "reports/story/page.h"

namespace logdiag {

// The title, what failed and why, what to do now, the proof, what else it could
// be; then the parts, most useful first. What the core says no part repeats.
Document Tell(const Page& page);

// The same in two steps, for who tries several lengths: a document without
// parts, and the parts below it.
Document TellCore(const Page& page);
void TellParts(const Page& page, Document* document);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_STORY_H_
