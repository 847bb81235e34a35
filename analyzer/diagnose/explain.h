// SPDX-License-Identifier: Apache-2.0
// Diagnosis -> how one cause fared in it.
#ifndef LOGDIAG_DIAGNOSE_EXPLAIN_H_
#define LOGDIAG_DIAGNOSE_EXPLAIN_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/explanation.h"

namespace logdiag {

// `diagnosis` must have been made with `catalogue`; both, and `cause`, which is
// one of the catalogue's, must outlive the result.
Explanation Explain(const Catalogue& catalogue, const Diagnosis& diagnosis,
                    const Cause& cause);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_EXPLAIN_H_
