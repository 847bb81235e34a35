// SPDX-License-Identifier: Apache-2.0
// Very many logs in one run: a table of all of them, and what they come to.
#ifndef LOGDIAG_CLI_SURVEY_H_
#define LOGDIAG_CLI_SURVEY_H_

#include <atomic>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "reports/report.h"

namespace logdiag {

// True if the command line asks for it: a folder, a list of files, --table.
bool IsSurvey(const Options& options);

// Reads all files on all cores; one that fails stops no other. Returns the
// worst exit code of them.
int RunSurvey(const Options& options, const Catalogue& catalogue,
              const ReportOptions& report, const std::atomic<bool>* stop);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_SURVEY_H_
