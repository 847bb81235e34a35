// SPDX-License-Identifier: Apache-2.0
// Several files of one pod, and what they come to together.
#ifndef LOGDIAG_WITNESSES_CASE_H_
#define LOGDIAG_WITNESSES_CASE_H_

#include <string>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/input/logs.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/result.h"

namespace logdiag {

// Reads the files at `paths`, which are no folders, as what one pod left: its
// main log, further logs in the order of time, and what other files state. The
// diagnosis counts lines over all of them; LogSource::of_case says where they
// stand. `name` is what the report calls the whole. What cannot be used is told
// there. Error if there is no log among them. Memory: of each log, 100 at most,
// what one analysis keeps and 32 bytes a record, up to ClockProfile's limit; of
// archives and pipes all that is used, up to kMostPacked; 24 bytes for each
// change from one file to another in the order of time.
Result<Diagnosis> AnalyzeCase(const std::vector<std::string>& paths,
                              const std::string& name,
                              const Catalogue& catalogue,
                              const AnalyzeOptions& options,
                              const InputOptions& input);

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_CASE_H_
