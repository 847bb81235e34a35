// SPDX-License-Identifier: Apache-2.0
// What is answered at once, from the command line alone.
#ifndef LOGDIAG_CLI_QUESTIONS_H_
#define LOGDIAG_CLI_QUESTIONS_H_

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/completion.h"

namespace logdiag {

struct Asked {
  bool version = false;
  std::vector<std::string> help_of;  // only listed, see WordsOf
  std::optional<Shell> completion;
};

const char* VersionLine();

void AddQuestions(CLI::App* app, Asked* asked);

// The command line as the parser wants it: `help COMMAND` is the option that it
// is short for, so that only the command that was named tells of itself; what
// follows `collect --run` is the script's.
std::vector<const char*> WordsOf(int argc, char** argv);

// Prints the answer. False if it was not that kind of command line.
bool Answer(const CLI::App& app, const Asked& asked);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_QUESTIONS_H_
