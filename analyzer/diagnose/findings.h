// What is true but is not the verdict: failures that were repaired, imports
// that nobody used, earlier troubles.
#ifndef LOGDIAG_DIAGNOSE_FINDINGS_H_
#define LOGDIAG_DIAGNOSE_FINDINGS_H_

#include <vector>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// One finding a cause and repair state, in line order, at most 20; `verdict`
// (may be null) is left out.
std::vector<Finding> CollectFindings(const Catalogue& catalogue,
                                     const Timeline& timeline,
                                     const Facts& facts, const Failure* verdict,
                                     RegexCache* regexes);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_FINDINGS_H_
