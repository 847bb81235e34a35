// SPDX-License-Identifier: Apache-2.0
// What a log states of machine, versions and job.
#ifndef LOGDIAG_REPORTS_STORY_FACTS_H_
#define LOGDIAG_REPORTS_STORY_FACTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/timeline.h"
#include "reports/document/document.h"
#include "reports/words/phrasebook.h"

namespace logdiag {

// The names of those that are stated, in the order in which people ask for
// them: machine, versions, settings, job, then the others by name.
std::vector<std::string> StatedFacts(const Facts& facts);

// What people call it; the name itself if nobody wrote what.
Spans FactName(const Phrasebook& words, const std::string& name);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_FACTS_H_
