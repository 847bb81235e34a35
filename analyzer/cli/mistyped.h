// SPDX-License-Identifier: Apache-2.0
// What a command line that is wrong was meant to be.
#ifndef LOGDIAG_CLI_MISTYPED_H_
#define LOGDIAG_CLI_MISTYPED_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace logdiag {

// Throws a CLI::ParseError if `help` is asked of a command that is not there.
void RefuseUnknownHelp(const CLI::App& app, int argc, char** argv);

// Throws one if the first of `files` is no file and nearly a command.
void RefuseMistypedCommand(const CLI::App& app,
                           const std::vector<std::string>& files);

// What to say of `error`: what is wrong, and the nearest that is right. `files`
// are the words that were taken for logs.
std::string Complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& files);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_MISTYPED_H_
