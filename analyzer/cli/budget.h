// SPDX-License-Identifier: Apache-2.0
// `logdiag budget`.
#ifndef LOGDIAG_CLI_BUDGET_H_
#define LOGDIAG_CLI_BUDGET_H_

#include <string>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/support/result.h"

namespace logdiag {

// The budget of that job as Markdown or, with Format::kJson, as JSON. Error if
// it is none: every wrong value on a line of its own. Card and sizes are in
// `given`.
Result<std::string> AnswerBudget(const Catalogue& catalogue,
                                 BudgetRequest request, const Given& given,
                                 Format format);

// Prints the budget of the job that the options describe. kExitUsage, and every
// wrong value on stderr, if they do not describe one.
int RunBudget(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_BUDGET_H_
