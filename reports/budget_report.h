// SPDX-License-Identifier: Apache-2.0
// `logdiag budget`: the answer before a card is rented, without a log.
#ifndef LOGDIAG_REPORTS_BUDGET_REPORT_H_
#define LOGDIAG_REPORTS_BUDGET_REPORT_H_

#include <string>

#include "analyzer/model/budget.h"
#include "analyzer/model/catalogue.h"

namespace logdiag {

// The memory budget as Markdown, as a report shows it.
std::string WriteBudget(const Catalogue& catalogue, const Budget& budget);

// One JSON document, schema "logdiag.budget/1": the object "budget" of
// reports/data/report.schema.json and `schema`.
std::string WriteBudgetJson(const Budget& budget);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_BUDGET_REPORT_H_
