// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/mistyped.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "analyzer/knowledge/names.h"

namespace logdiag {
namespace {

std::vector<std::string> CommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

void AddOptionsOf(const CLI::App& app, std::vector<std::string>* names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names->push_back("--" + name);
    }
    for (const std::string& name : option->get_snames()) {
      names->push_back("-" + name);
    }
  }
}

std::string NearestOf(const std::string& word,
                      const std::vector<std::string>& names) {
  // -v is nearer to -V than to any other letter.
  for (const std::string& name : names) {
    if (CLI::detail::to_lower(name) == CLI::detail::to_lower(word)) return name;
  }
  std::vector<std::string_view> views;
  // One letter is near to every other.
  for (const std::string& name : names) {
    if (name.size() > 2) views.push_back(name);
  }
  return word.size() > 2 ? std::string(Nearest(word, views)) : "";
}

std::string DidYouMean(const std::string& nearest) {
  return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

// The innermost command that was named; `app` itself if none was.
const CLI::App& CommandOf(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
  }
  return *command;
}

std::string NotACommand(const CLI::App& app, const std::string& word,
                        const std::string& of) {
  const std::vector<std::string> names = CommandsOf(app);
  const std::string nearest = NearestOf(word, names);
  return "\"" + word + "\" is no command" + of +
         (nearest.empty() ? "; there are " + CLI::detail::join(names, ", ")
                          : DidYouMean(nearest));
}

// The command that takes `option`, and is not at work; "" if none does.
std::string CommandTaking(const CLI::App& app, const std::string& option) {
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command == &CommandOf(app)) continue;
    std::vector<std::string> names;
    AddOptionsOf(*command, &names);
    if (std::find(names.begin(), names.end(), option) != names.end()) {
      return command->get_name();
    }
  }
  return "";
}

std::string NotExpected(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return "";
  const std::string& word = extras.front();
  if (word.size() < 2 || word.front() != '-') return "";
  std::vector<std::string> names;
  AddOptionsOf(app, &names);
  std::vector<std::string> own;
  if (&CommandOf(app) != &app) AddOptionsOf(CommandOf(app), &own);
  const std::string option = word.substr(0, word.find('='));
  if (std::find(own.begin(), own.end(), option) != own.end()) {
    return option + " stands behind its command: logdiag " +
           CommandOf(app).get_name() + " " + option;
  }
  names.insert(names.end(), own.begin(), own.end());
  const std::string command = CommandTaking(app, option);
  if (!command.empty()) {
    return option + " is for `logdiag " + command + "`";
  }
  const std::string nearest = NearestOf(option, names);
  return option + " is no option" +
         (nearest.empty() ? "; `logdiag --help` lists them"
                          : DidYouMean(nearest));
}

// Of an option that was given with too few or too many values; the library's
// own words speak of types.
std::string WrongCount(const std::string& what) {
  const std::string name = what.substr(0, what.find(':'));
  if (name.empty() || name == what) return what;
  if (what.find("missing") != what.npos) {
    return name + " needs a value; `logdiag --help` says which";
  }
  return name.front() == '-' ? name + " is given twice; once is enough"
                             : "one " + name + " at a time";
}

}  // namespace

void RefuseUnknownHelp(const CLI::App& app, int argc, char** argv) {
  if (argc < 3 || std::string_view(argv[1]) != "help") return;
  const std::string word = argv[2];
  const std::vector<std::string> names = CommandsOf(app);
  const bool known = std::find(names.begin(), names.end(), word) != names.end();
  if (known || word.empty() || word.front() == '-') return;
  throw CLI::ValidationError(NotACommand(app, word, ""));
}

void RefuseMistypedCommand(const CLI::App& app,
                           const std::vector<std::string>& files) {
  if (files.empty() || !app.get_subcommands().empty()) return;
  std::error_code ignored;
  if (std::filesystem::exists(files.front(), ignored)) return;
  const std::string nearest = NearestOf(files.front(), CommandsOf(app));
  if (nearest.empty()) return;
  throw CLI::ValidationError("\"" + files.front() +
                             "\" is neither a file nor a command" +
                             DidYouMean(nearest));
}

std::string Complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& files) {
  const CLI::App& command = CommandOf(app);
  const std::vector<std::string> below = CommandsOf(command);
  if (error.get_exit_code() ==
          static_cast<int>(CLI::ExitCodes::RequiredError) &&
      &command != &app && !below.empty()) {
    const std::string of = " of `logdiag " + command.get_name() + "`";
    return files.empty()
               ? command.get_name() +
                     " needs a command: " + CLI::detail::join(below, ", ")
               : NotACommand(command, files.front(), of);
  }
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    if (std::string said = NotExpected(app); !said.empty()) return said;
  }
  if (error.get_exit_code() ==
      static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) {
    return WrongCount(error.what());
  }
  return error.what();
}

}  // namespace logdiag
