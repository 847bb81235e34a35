// SPDX-License-Identifier: Apache-2.0
// What is true but is not the verdict: failures that were repaired, imports
// that nobody used, earlier troubles.
#ifndef LOGDIAG_DIAGNOSE_FINDINGS_H_
#define LOGDIAG_DIAGNOSE_FINDINGS_H_

#include "analyzer/diagnose/case_file.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// Judges each failure of the timeline alone, for Diagnosis::failures (at most
// 100), and joins those that are not `verdict` (may be null) to findings: one a
// cause, pack and repair state, in line order, at most 20.
void CollectFindings(const Catalogue& catalogue, const Failure* verdict,
                     RegexCache* regexes, Diagnosis* diagnosis);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_FINDINGS_H_
