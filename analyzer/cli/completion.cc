// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

// What an option or a place of the command line takes.
enum class Takes { kNothing, kChoice, kFile, kFolder, kCause, kNames, kText };

struct Argument {
  Takes takes = Takes::kNothing;
  std::vector<std::string> choices;  // of kChoice; of kNames, which list
};

struct OptionRow {
  std::vector<std::string> names;  // "-o", "--output"
  std::string help;
  Argument argument;
};

struct CommandRow {
  std::string path;  // "patterns show"; "" for the program itself
  std::string help;
  std::vector<OptionRow> options;     // its own
  std::vector<std::string> commands;  // names of those below it
  Argument argument;                  // what stands behind it
  Argument second;                    // behind that, if it is another thing
};

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) parts.emplace_back();
    if (c != at) parts.back() += c;
  }
  return parts;
}

Argument ArgumentOf(const CLI::Option& option) {
  std::string text = option.get_option_text();
  if (text.empty()) text = option.get_name(true);  // a place: FILE, CAUSE
  if (option.get_items_expected_max() == 0) return {};
  if (text == "FILE" || text == "PROGRAM") return {Takes::kFile, {}};
  if (text == "DIR") return {Takes::kFolder, {}};
  if (text == "CAUSE") return {Takes::kCause, {}};
  if (option.check_lname("model")) return {Takes::kNames, {"models"}};
  if (option.check_lname("dtype")) return {Takes::kNames, {"dtypes"}};
  if (text.find('|') != std::string::npos) {
    return {Takes::kChoice, Split(text, '|')};
  }
  return {Takes::kText, {}};
}

OptionRow RowOf(const CLI::Option& option) {
  OptionRow row{{}, option.get_description(), ArgumentOf(option)};
  for (const std::string& name : option.get_snames()) {
    row.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    row.names.push_back("--" + name);
  }
  return row;
}

std::string PathOf(const std::string& above, const std::string& command) {
  return above.empty() ? command : above + " " + command;
}

// `app` and all that is below it, the program itself first.
void AddRows(const CLI::App& app, const std::string& path,
             std::vector<CommandRow>* rows) {
  const std::size_t at = rows->size();
  rows->push_back({path, app.get_description(), {}, {}, {}, {}});
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      CommandRow& row = (*rows)[at];
      if (row.argument.takes == Takes::kNothing) {
        row.argument = ArgumentOf(*option);
      } else {
        row.second = ArgumentOf(*option);
      }
    } else {
      (*rows)[at].options.push_back(RowOf(*option));
    }
  }
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App*) { return true; })) {
    (*rows)[at].commands.push_back(command->get_name());
    AddRows(*command, PathOf(path, command->get_name()), rows);
  }
}

std::string Joined(const std::vector<std::string>& words,
                   std::string_view between = " ") {
  return fmt::format("{}", fmt::join(words, between));
}

// Single-quoted for a shell. Fish, too, reads '\'' as a quote.
std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// The command that prints what is known, an id a line before its title.
constexpr std::string_view kCauses =
    "logdiag patterns list 2>/dev/null | cut -d \" \" -f 1";

// The command that prints the names that an option of the budget takes.
std::string NamesCommand(const Argument& argument) {
  return fmt::format("logdiag budget --list {} 2>/dev/null",
                     argument.choices.front());
}

std::string BashWords(const Argument& argument) {
  switch (argument.takes) {
    case Takes::kChoice:
      return fmt::format("-W {}", Quoted(Joined(argument.choices)));
    case Takes::kFile:
      return "-f";
    case Takes::kFolder:
      return "-d";
    case Takes::kCause:
      return fmt::format("-W \"$({})\"", kCauses);
    case Takes::kNames:
      return fmt::format("-W \"$({})\"", NamesCommand(argument));
    case Takes::kNothing:
    case Takes::kText:
      break;
  }
  return "";
}

std::string Bash(const std::vector<CommandRow>& rows) {
  std::string paths;
  std::string values;
  std::string words;
  for (const CommandRow& row : rows) {
    for (const std::string& command : row.commands) {
      const std::string path = PathOf(row.path, command);
      paths += fmt::format("      {}) command={} ;;\n",
                           Quoted(row.path + "/" + command), Quoted(path));
    }
    std::vector<std::string> own;
    for (const OptionRow& option : row.options) {
      own.insert(own.end(), option.names.begin(), option.names.end());
      if (option.argument.takes == Takes::kNothing) continue;
      const std::string what = BashWords(option.argument);
      values += fmt::format(
          "    {}) {} ;;\n", Joined(option.names, "|"),
          what.empty() ? "return" : "_logdiag_reply " + what + "; return");
    }
    std::string reply = BashWords(row.argument);
    if (!row.commands.empty()) reply += " -W " + Quoted(Joined(row.commands));
    const std::string second = BashWords(row.second);
    if (!second.empty()) {
      reply += "\n      ((places == 0)) || { COMPREPLY=(); _logdiag_reply " +
               second + "; }";
    }
    words += fmt::format(
        "    {})\n      options={}\n      _logdiag_reply {} ;;\n",
        Quoted(row.path), Quoted(Joined(own)), reply.empty() ? "-W ''" : reply);
  }
  const CommandRow& program = rows.front();
  std::vector<std::string> shared;  // options that commands have, too
  for (const OptionRow& option : program.options) {
    shared.insert(shared.end(), option.names.begin(), option.names.end());
  }
  return fmt::format(R"(# bash completion of logdiag
_logdiag_reply() {{
  local IFS=$'\n'
  COMPREPLY+=($(IFS=$' \n' compgen "$@" -- "$current"))
}}
_logdiag() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command='' options='' word places=0
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$command/$word" in
{}      *) [[ -z $command || $word == -* ]] || ((++places)) ;;
    esac
  done
  case "${{COMP_WORDS[COMP_CWORD-1]}}" in
{}  esac
  case "$command" in
{}  esac
  [[ $current == -* ]] || return
  COMPREPLY=()
  [[ -z $command ]] || options+=' {}'
  _logdiag_reply -W "$options"
}}
complete -o filenames -F _logdiag logdiag
)",
                     paths, values, words, Joined(shared));
}

// Text within brackets and colons of a specification of _arguments.
std::string ZshText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string ZshAction(const Argument& argument) {
  switch (argument.takes) {
    case Takes::kChoice:
      return "(" + Joined(argument.choices) + ")";
    case Takes::kFile:
      return "_files";
    case Takes::kFolder:
      return "_files -/";
    case Takes::kCause:
      return fmt::format("{{compadd -- $({})}}", kCauses);
    case Takes::kNames:
      return fmt::format("{{compadd -- $({})}}", NamesCommand(argument));
    case Takes::kNothing:
    case Takes::kText:
      break;
  }
  return " ";
}

std::string ZshPlaces(const CommandRow& row) {
  if (row.second.takes == Takes::kNothing) {
    return Quoted("*: :" + ZshAction(row.argument));
  }
  return Quoted("1: :" + ZshAction(row.argument)) + " " +
         Quoted("*: :" + ZshAction(row.second));
}

std::string ZshOptions(const CommandRow& row) {
  std::string out;
  for (const OptionRow& option : row.options) {
    for (const std::string& name : option.names) {
      std::string spec = "*" + name + "[" + ZshText(option.help) + "]";
      if (option.argument.takes != Takes::kNothing) {
        spec += ": :" + ZshAction(option.argument);
      }
      out += " \\\n    " + Quoted(spec);
    }
  }
  return out;
}

std::string ZshFunction(const std::string& path) {
  std::string name = "_logdiag";
  for (const std::string& word : Split(path, ' ')) {
    if (!word.empty()) name += "_" + word;
  }
  return name;
}

std::string Zsh(const std::vector<CommandRow>& rows) {
  std::string out = "#compdef logdiag\n# zsh completion of logdiag\n";
  for (const CommandRow& row : rows) {
    std::string specs = ZshOptions(row);
    if (!row.path.empty()) specs += ZshOptions(rows.front());
    std::string cases;
    std::string described;
    for (const std::string& command : row.commands) {
      const std::string path = PathOf(row.path, command);
      const auto below = std::find_if(
          rows.begin(), rows.end(),
          [&](const CommandRow& other) { return other.path == path; });
      described += fmt::format("\n      {}",
                               Quoted(command + ":" + ZshText(below->help)));
      cases += fmt::format("      {}) {} && done=0 ;;\n", command,
                           ZshFunction(path));
    }
    if (row.commands.empty()) {
      out += fmt::format("{}() {{\n  _arguments -S{} \\\n    {}\n}}\n",
                         ZshFunction(row.path), specs, ZshPlaces(row));
      continue;
    }
    out += fmt::format(R"({}() {{
  local context state state_descr line done=1
  local -A opt_args
  local -a commands=({})
  _arguments -C -S{} \
    '1: :->command' '*:: :->rest' && done=0
  case $state in
    command)
      _describe command commands && done=0
      {} && done=0 ;;
    rest)
      case $line[1] in
{}      *) _files && done=0 ;;
      esac ;;
  esac
  return done
}}
)",
                       ZshFunction(row.path), described, specs,
                       row.argument.takes == Takes::kFile ? "_files" : "false",
                       cases);
  }
  // Sourced, or loaded from a folder of functions, which calls it.
  return out +
         "if [ \"$funcstack[1]\" = _logdiag ]; then\n  _logdiag \"$@\"\nelse\n"
         "  compdef _logdiag logdiag\nfi\n";
}

std::string FishArgument(const Argument& argument) {
  switch (argument.takes) {
    case Takes::kNothing:
      return "";
    case Takes::kChoice:
      return " -x -a " + Quoted(Joined(argument.choices));
    case Takes::kFile:
      return " -r -F";
    case Takes::kFolder:
      return " -x -a '(__fish_complete_directories)'";
    case Takes::kCause:
      return fmt::format(" -x -a '({})'", kCauses);
    case Takes::kNames:
      return fmt::format(" -x -a '({})'", NamesCommand(argument));
    case Takes::kText:
      break;
  }
  return " -x";
}

std::string Fish(const std::vector<CommandRow>& rows) {
  std::string out = "# fish completion of logdiag\n";
  for (const CommandRow& row : rows) {
    std::string when;
    const std::vector<std::string> names = Split(row.path, ' ');
    for (const std::string& name : names) {
      if (name.empty()) continue;
      when += (when.empty() ? "" : "; and ") +
              fmt::format("__fish_seen_subcommand_from {}", name);
    }
    std::string before = when;
    if (!row.commands.empty()) {
      before +=
          fmt::format("{}not __fish_seen_subcommand_from {}",
                      before.empty() ? "" : "; and ", Joined(row.commands));
    }
    for (const std::string& command : row.commands) {
      const std::string path = PathOf(row.path, command);
      const auto below = std::find_if(
          rows.begin(), rows.end(),
          [&](const CommandRow& other) { return other.path == path; });
      out += fmt::format("complete -c logdiag -n {} -a {} -d {}\n",
                         Quoted(before), command, Quoted(below->help));
    }
    // The options of the program stand behind its commands, too.
    const std::string condition = when.empty() ? "" : " -n " + Quoted(when);
    for (const OptionRow& option : row.options) {
      out += "complete -c logdiag" + condition;
      for (const std::string& name : option.names) {
        out += name.rfind("--", 0) == 0 ? " -l " + name.substr(2)
                                        : " -s " + name.substr(1);
      }
      out +=
          FishArgument(option.argument) + " -d " + Quoted(option.help) + "\n";
    }
    const std::string words = row.argument.takes == Takes::kCause
                                  ? fmt::format("({})", kCauses)
                                  : Joined(row.argument.choices);
    if (!words.empty()) {
      out += fmt::format("complete -c logdiag -n {} -a {}\n", Quoted(when),
                         Quoted(words));
    }
  }
  return out;
}

}  // namespace

std::string WriteCompletion(const CLI::App& app, Shell shell) {
  std::vector<CommandRow> rows;
  AddRows(app, "", &rows);
  switch (shell) {
    case Shell::kBash:
      return Bash(rows);
    case Shell::kZsh:
      return Zsh(rows);
    case Shell::kFish:
      return Fish(rows);
  }
  return "";
}

}  // namespace logdiag
