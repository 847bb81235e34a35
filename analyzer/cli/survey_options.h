// SPDX-License-Identifier: Apache-2.0
// The options of who has very many logs.
#ifndef LOGDIAG_CLI_SURVEY_OPTIONS_H_
#define LOGDIAG_CLI_SURVEY_OPTIONS_H_

#include <CLI/App.hpp>

#include "analyzer/cli/options.h"

namespace logdiag {

void AddSurvey(CLI::App* app, Options* options);
void AddMerge(CLI::App* app, Options* options);
void AddCompare(CLI::App* app, Options* options);

// Throws a CLI::ParseError if they contradict each other.
void RefuseSurvey(const CLI::App& app, const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_SURVEY_OPTIONS_H_
