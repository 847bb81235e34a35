// SPDX-License-Identifier: Apache-2.0
// The scripts for a pod: what gathers what settles a silent death, and what
// starts a program so that its end can be told.
#ifndef LOGDIAG_CLI_COLLECT_H_
#define LOGDIAG_CLI_COLLECT_H_

#include "analyzer/cli/options.h"

namespace logdiag {

// Prints the script, or becomes it. Returns an exit code: of a script that ran,
// nothing returns.
int RunCollect(const Options& options);

// Prints the start script. Returns an exit code.
int RunStartScript();

}  // namespace logdiag

#endif  // LOGDIAG_CLI_COLLECT_H_
