// SPDX-License-Identifier: Apache-2.0
// One report on many summaries.
#ifndef LOGDIAG_CLI_MERGE_H_
#define LOGDIAG_CLI_MERGE_H_

#include <cstddef>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "reports/fleet/fleet_report.h"
#include "reports/report.h"

namespace logdiag {

// So many logs are listed; a page is no place for more.
inline constexpr std::size_t kListedLogs = 1000;

// `logdiag merge`: the files hold summaries, a line each. Returns an exit code:
// a line that is none makes the report partial.
int RunMerge(const Options& options, const Catalogue& catalogue,
             const ReportOptions& report);

// Writes the report on a fleet to where the command line says. Returns an exit
// code.
int WriteFleetOut(const Options& options, const Fleet& fleet,
                  const Catalogue& catalogue, const ReportOptions& report,
                  const FleetOptions& how);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_MERGE_H_
