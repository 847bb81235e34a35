// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and its kin, while logs are read.
#ifndef LOGDIAG_CLI_INTERRUPTION_H_
#define LOGDIAG_CLI_INTERRUPTION_H_

#include <atomic>

namespace logdiag {

// From now on the first INT or TERM sets what is returned and lets the run go
// on, so that what was read is reported; the second one ends it. A signal that
// was ignored, as under nohup, stays ignored.
const std::atomic<bool>* CatchInterruptions();

}  // namespace logdiag

#endif  // LOGDIAG_CLI_INTERRUPTION_H_
