// SPDX-License-Identifier: Apache-2.0
// Exit codes of reports on logs.
#ifndef LOGDIAG_CLI_EXIT_CODE_H_
#define LOGDIAG_CLI_EXIT_CODE_H_

#include "analyzer/cli/options.h"
#include "reports/severity.h"

namespace logdiag {

// No report at all is worse than a partial one, and that than a finding.
int WorseCode(int a, int b);

// Of a whole report, by --fail-on.
int ExitCodeFor(Severity severity, FailOn level);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_EXIT_CODE_H_
