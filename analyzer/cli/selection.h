// SPDX-License-Identifier: Apache-2.0
// The part of a log that a report is about: --since, --until, --session,
// --incident.
#ifndef LOGDIAG_CLI_SELECTION_H_
#define LOGDIAG_CLI_SELECTION_H_

#include <CLI/App.hpp>
#include <string>

#include "analyzer/analyze.h"
#include "analyzer/cli/options.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/result.h"

namespace logdiag {

void AddSelection(CLI::App* app, Options* options);

// Throws a CLI::ParseError if they contradict each other or the command.
void RefuseSelection(const CLI::App& app, const Options& options);

// Diagnoses what `options` choose of the log. Error if that is not there, which
// names what is.
Result<Diagnosis> AnalyzeSelected(ByteSource* source, const std::string& name,
                                  const Catalogue& catalogue,
                                  const Options& options,
                                  AnalyzeOptions analyze);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_SELECTION_H_
