// SPDX-License-Identifier: Apache-2.0
// The budget as JSON.
#ifndef LOGDIAG_REPORTS_BUDGET_JSON_H_
#define LOGDIAG_REPORTS_BUDGET_JSON_H_

#include <nlohmann/json_fwd.hpp>

#include "analyzer/model/budget.h"

namespace logdiag {

// The object "budget" of reports/data/report.schema.json. Sizes are MiB;
// spreads are {low, central, high}.
nlohmann::ordered_json BudgetJson(const Budget& budget);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_BUDGET_JSON_H_
