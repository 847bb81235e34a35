// SPDX-License-Identifier: Apache-2.0
// The files of a case, as JSON.
#ifndef LOGDIAG_REPORTS_DATA_CASE_JSON_H_
#define LOGDIAG_REPORTS_DATA_CASE_JSON_H_

#include "analyzer/model/diagnosis.h"
#include "reports/data/json_values.h"

namespace logdiag {

Json CaseJson(const CaseSources& sources);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_CASE_JSON_H_
