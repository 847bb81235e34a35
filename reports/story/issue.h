// SPDX-License-Identifier: Apache-2.0
// What a bug form asks for.
#ifndef LOGDIAG_REPORTS_STORY_ISSUE_H_
#define LOGDIAG_REPORTS_STORY_ISSUE_H_

#include "reports/document/document.h"
#include "reports/story/page.h"

namespace logdiag {

// What happened, how to get there as far as the log shows it, the stack, the
// system and what was loaded: the fields of the bug forms of ComfyUI and of
// node packs.
Document TellIssue(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_ISSUE_H_
