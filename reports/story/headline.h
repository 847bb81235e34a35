// SPDX-License-Identifier: Apache-2.0
// What failed, as a title says it.
#ifndef LOGDIAG_REPORTS_STORY_HEADLINE_H_
#define LOGDIAG_REPORTS_STORY_HEADLINE_H_

#include "reports/story/page.h"

namespace logdiag {

// The first of the verdict's headlines that can be filled, long values made
// short; nothing if there is none.
Spans Headline(const Page& page);
// The same of a finding, with its own values; the words for its cause if there
// is none.
Spans FindingHeadline(const Page& page, const Finding& finding);
// The first step against a finding; nothing if none is known.
Spans FindingCure(const Page& page, const Finding& finding);
// Whether they hold code or a figure.
bool NamesSomething(const Spans& spans);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_HEADLINE_H_
