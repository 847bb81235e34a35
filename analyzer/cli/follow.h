// SPDX-License-Identifier: Apache-2.0
// `--follow`: a log that is still written.
#ifndef LOGDIAG_CLI_FOLLOW_H_
#define LOGDIAG_CLI_FOLLOW_H_

#include <atomic>
#include <optional>

#include "analyzer/cli/hook.h"
#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/report.h"

namespace logdiag {

// Whether an incident can be told in this format as soon as it is there.
bool CanFollowIn(Format format);

// Reads the log until it ends or `*stop`, prints each incident when it has
// closed, and hands it to `hook`. Returns what there is to report in the end;
// nullopt, and an error printed, if it cannot be read.
std::optional<Diagnosis> Follow(const Options& options,
                                const Catalogue& catalogue,
                                const ReportOptions& report,
                                const std::atomic<bool>* stop, Hook* hook);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_FOLLOW_H_
