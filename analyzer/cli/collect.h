// SPDX-License-Identifier: Apache-2.0
// `logdiag collect`: the script that gathers what settles a silent death.
#ifndef LOGDIAG_CLI_COLLECT_H_
#define LOGDIAG_CLI_COLLECT_H_

#include "analyzer/cli/options.h"

namespace logdiag {

// Prints the script, or becomes it. Returns an exit code: of a script that ran,
// nothing returns.
int RunCollect(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_COLLECT_H_
