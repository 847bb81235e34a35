// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/questions.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>

namespace logdiag {

const char* VersionLine() { return "logdiag " LOGDIAG_VERSION; }

void AddQuestions(CLI::App* app, Asked* asked) {
  CLI::App* help = app->add_subcommand("help", "This page, or a command's");
  help->add_option("COMMAND", asked->help_of, "As patterns show");
  app->add_subcommand("version", "The version")->callback([=] {
    asked->version = true;
  });
  CLI::App* completion = app->add_subcommand(
      "completion", "A script with which the shell completes the command line");
  completion
      ->add_option_function<std::string>(
          "SHELL",
          [=](const std::string& name) {
            if (name == "bash") {
              asked->completion = Shell::kBash;
            } else if (name == "zsh") {
              asked->completion = Shell::kZsh;
            } else if (name == "fish") {
              asked->completion = Shell::kFish;
            } else {
              throw CLI::ValidationError(
                  "SHELL", "\"" + name + "\" is none of bash|zsh|fish");
            }
          },
          "bash, zsh or fish")
      ->option_text("bash|zsh|fish")
      ->required();
}

std::vector<const char*> WordsOf(int argc, char** argv) {
  std::vector<const char*> words(argv, argv + argc);
  const std::string_view command = words.size() > 1 ? words[1] : "";
  if (command == "help") {
    words.erase(words.begin() + 1);
    words.push_back("--help");
  }
  if (command == "collect") {
    const auto run =
        std::find(words.begin(), words.end(), std::string_view("--run"));
    if (run != words.end() &&
        (run + 1 == words.end() || std::string_view(run[1]) != "--")) {
      words.insert(run + 1, "--");
    }
  }
  return words;
}

bool Answer(const CLI::App& app, const Asked& asked) {
  if (asked.version) {
    std::cout << VersionLine() << "\n";
  } else if (asked.completion) {
    std::cout << WriteCompletion(app, *asked.completion);
  } else {
    return false;
  }
  return true;
}

}  // namespace logdiag
