// SPDX-License-Identifier: Apache-2.0
// What standard output is, and what that asks of a report.
#ifndef LOGDIAG_CLI_TERMINAL_H_
#define LOGDIAG_CLI_TERMINAL_H_

#include "analyzer/cli/options.h"
#include "reports/report.h"

namespace logdiag {

// The format asked for; else text if standard output is a terminal.
Format FormatOf(const Options& options);

// Colour by --color, then NO_COLOR, CLICOLOR_FORCE and TERM, then by whether
// standard output is a terminal; its width, or 80 columns.
ReportOptions ForOutput(const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_TERMINAL_H_
