// SPDX-License-Identifier: Apache-2.0
// Works of a timeline, of all kinds.
#ifndef LOGDIAG_REPORTS_WORDS_WORKS_H_
#define LOGDIAG_REPORTS_WORDS_WORKS_H_

#include <algorithm>
#include <vector>

#include "analyzer/model/timeline.h"

namespace logdiag {

// Prompts and others together, as they were asked for.
inline std::vector<Work> WorksInOrder(const Timeline& timeline) {
  std::vector<Work> works = timeline.works;
  works.insert(works.end(), timeline.other_works.begin(),
               timeline.other_works.end());
  std::stable_sort(works.begin(), works.end(),
                   [](const Work& a, const Work& b) {
                     return a.queued_line < b.queued_line;
                   });
  return works;
}

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_WORDS_WORKS_H_
