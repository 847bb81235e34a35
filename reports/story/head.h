// SPDX-License-Identifier: Apache-2.0
// The head of a report: what a person would call it, and the verdict in words.
#ifndef LOGDIAG_REPORTS_STORY_HEAD_H_
#define LOGDIAG_REPORTS_STORY_HEAD_H_

#include "reports/story/page.h"

namespace logdiag {

// The title of a ticket: names a thing or a number.
Spans Title(const Page& page);

// How sure, what, whose code; then when, where, and what was lost.
Blocks Lead(const Page& page);

// What failed before all was well in the end. Nothing if nothing did.
Blocks FailuresOnTheWay(const Page& page);

// The node packs that failed to load, with reason and first cure, where
// nothing worse happened. Nothing otherwise.
Blocks FailedPacks(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_HEAD_H_
