// SPDX-License-Identifier: Apache-2.0
// --case: several files of one pod, one report.
#ifndef LOGDIAG_CLI_CASE_H_
#define LOGDIAG_CLI_CASE_H_

#include "analyzer/cli/each_log.h"
#include "analyzer/cli/outputs.h"
#include "reports/report.h"

namespace logdiag {

// The exit code.
int RunCase(const LogReader& reader, const ReportOptions& report,
            Outputs* outputs);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_CASE_H_
