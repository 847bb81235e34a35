// SPDX-License-Identifier: Apache-2.0
// The parts of a report below its core. Each returns nothing if it has nothing
// to say.
#ifndef LOGDIAG_REPORTS_STORY_PARTS_H_
#define LOGDIAG_REPORTS_STORY_PARTS_H_

#include <string>

#include "reports/story/page.h"

namespace logdiag {

// What happened, in order.
Blocks TimelineRows(const Page& page);
// What is true but is not the verdict.
Blocks OtherFindings(const Page& page);
// What one of them says, as plain words.
std::string FindingWords(const Page& page, const Finding& finding);
// The work that was lost, by what it was.
Blocks LostWork(const Page& page);
// What the log states of machine, versions and job.
Blocks Environment(const Page& page);
// What the job needed and what would fit; the whole with details.
Blocks MemoryBudget(const Page& page);
// How the failure went, phase by phase, and what is known of its kind.
Blocks Notes(const Page& page);
// The files of a case: what each is, and whether it speaks for the verdict.
Blocks CaseFiles(const Page& page);
// What files of a case state differently.
Blocks Contradictions(const Page& page);
// What was read and how: names, figures, how to repeat.
Blocks AboutReport(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_PARTS_H_
