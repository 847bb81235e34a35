// SPDX-License-Identifier: Apache-2.0
// What the command does once its options are read.
#ifndef LOGDIAG_CLI_RUN_H_
#define LOGDIAG_CLI_RUN_H_

#include "analyzer/cli/options.h"

namespace logdiag {

// Reports on every file, in order, on stdout; notes and errors go to stderr. A
// file that cannot be read does not stop the others. Returns the exit code:
// the worst of all files.
int Run(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_RUN_H_
