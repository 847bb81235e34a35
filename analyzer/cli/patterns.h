// SPDX-License-Identifier: Apache-2.0
// `logdiag patterns`: what is known, for those who write it.
#ifndef LOGDIAG_CLI_PATTERNS_H_
#define LOGDIAG_CLI_PATTERNS_H_

#include "analyzer/cli/options.h"

namespace logdiag {

// Exit code of `patterns lint`, `list` and `show`; kExitUsage if a check failed
// or there is no such cause.
int RunPatterns(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_PATTERNS_H_
