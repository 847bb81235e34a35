// SPDX-License-Identifier: Apache-2.0
// What the failing program itself says to do about its failure.
#ifndef LOGDIAG_DIAGNOSE_ADVICE_H_
#define LOGDIAG_DIAGNOSE_ADVICE_H_

#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/timeline.h"
#include "analyzer/support/template.h"

namespace logdiag {

// The sentences that tell what to do (group `advice` of markers) in the message
// of the exception and in the lines that tell of the failure; in line order, at
// most three. Other lines are of other programs, whose advice is none here; nor
// is what stands in a name that the message only holds, one of `values`.
std::vector<Quote> AdviceOf(const Failure& failure, const Catalogue& catalogue,
                            const Values& values);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_ADVICE_H_
