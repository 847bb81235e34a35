// SPDX-License-Identifier: Apache-2.0
// `logdiag budget`.
#ifndef LOGDIAG_CLI_BUDGET_H_
#define LOGDIAG_CLI_BUDGET_H_

#include "analyzer/cli/options.h"

namespace logdiag {

// Prints the budget of the job that the options describe. kExitUsage, and every
// wrong value on stderr, if they do not describe one.
int RunBudget(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_BUDGET_H_
