// SPDX-License-Identifier: Apache-2.0
// The options of `--follow`.
#ifndef LOGDIAG_CLI_FOLLOW_OPTIONS_H_
#define LOGDIAG_CLI_FOLLOW_OPTIONS_H_

#include <CLI/App.hpp>

#include "analyzer/cli/options.h"

namespace logdiag {

void AddFollow(CLI::App* app, Options* options);

// Throws a CLI::ParseError if they contradict each other or what else was
// given: one log is followed, and what time it is logdiag sees itself.
void RefuseFollow(const CLI::App& app, const Options& options);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_FOLLOW_OPTIONS_H_
