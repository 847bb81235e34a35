// SPDX-License-Identifier: Apache-2.0
// A diagnosis drawn: its lives over the time of the log, and its memory.
#ifndef LOGDIAG_REPORTS_PICTURE_PICTURE_H_
#define LOGDIAG_REPORTS_PICTURE_PICTURE_H_

#include <vector>

#include "reports/document/picture.h"
#include "reports/story/page.h"

namespace logdiag {

// The whole log, then the part around the incident if that is a small one of
// it, then the budget of memory if the log states a job. Each has at most some
// hundred marks, whatever the log: of many works those next to each other
// become one.
std::vector<Picture> Pictures(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PICTURE_PICTURE_H_
