// SPDX-License-Identifier: Apache-2.0
// Scripts with which a shell completes the command line.
#ifndef LOGDIAG_CLI_COMPLETION_H_
#define LOGDIAG_CLI_COMPLETION_H_

#include <CLI/App.hpp>
#include <string>

namespace logdiag {

enum class Shell { kBash, kZsh, kFish };

// The script for the options and commands that `app` has; complete, to be
// sourced or put where the shell looks.
std::string WriteCompletion(const CLI::App& app, Shell shell);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_COMPLETION_H_
