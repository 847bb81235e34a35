// SPDX-License-Identifier: Apache-2.0
// What to do: now, and if it comes back.
#ifndef LOGDIAG_REPORTS_STORY_STEPS_H_
#define LOGDIAG_REPORTS_STORY_STEPS_H_

#include "reports/story/page.h"

namespace logdiag {

// "Do now": numbered steps with command and risk, and what not to do. Where no
// cause is known, what to find out.
Blocks DoNow(const Page& page);

// The same, one step, against what an idle server says again and again.
Blocks AgainstFlood(const Page& page);

// What the next log should show after the steps of DoNow.
Blocks Checks(const Page& page);
// What else not to do, with the reason.
Blocks NotHere(const Page& page);
// "If it comes back": steps, what settles the cause, what to read.
Blocks Later(const Page& page);
// What to collect beyond the steps of DoNow.
Blocks Collect(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_STEPS_H_
