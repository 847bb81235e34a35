// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <utility>

#include "analyzer/cli/completion.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

constexpr const char* kDescription =
    "Says what went wrong in the log of a ComfyUI pod, why, and what to do.\n"
    "Reads RunPod, Docker, Kubernetes, journald, ComfyUI-Manager and plain "
    "console logs.";

constexpr const char* kFooter =
    "Examples:\n"
    "  logdiag pod.log > diagnosis.md        a report to paste into a ticket\n"
    "  docker logs -t comfy 2>&1 | logdiag   from a pipe\n"
    "  logdiag --full --for github pod.log   all of it, with folds\n"
    "  logdiag --issue pod.log               a bug report to file\n"
    "  logdiag --format json pod.log | jq -r .cause\n"
    "  logdiag -o pod.md -o pod.sarif pod.log   two files at once\n"
    "  logdiag --exit-code 137 --ram-limit 62GB pod.log\n"
    "  logdiag explain memory/oom-silent-kill pod.log\n"
    "  logdiag budget --model wan2.2-i2v-14b --dtype fp8 --size 704x704 \\\n"
    "      --frames 121 --gpu \"RTX 4090\"\n"
    "\n"
    "Exit codes: 0 reported, 1 a finding reached --fail-on, 2 bad command "
    "line\n"
    "or pattern file, 3 input missing, unreadable, empty or not text,\n"
    "4 partial report.";

// "2026-01-31T06:30"
constexpr std::size_t kDateTimeBytes = 16;

constexpr const char* kVersion = "logdiag " LOGDIAG_VERSION;

constexpr const char* kGivenGroup = "What you know and the log does not say";

// "24GB", "62 GiB", "24564MiB" -> MiB. Labels of cards and pods say GB and mean
// 2^30 bytes, so both do here. nullopt if it is no size.
std::optional<std::uint64_t> ReadSize(const std::string& text) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0) || number > 1e6) {
    return std::nullopt;
  }
  std::string unit(end, text.data() + text.size());
  while (!unit.empty() && unit.front() == ' ') unit.erase(0, 1);
  static const std::map<std::string, double> kUnits = {
      {"M", 1},     {"MB", 1},     {"MiB", 1},      {"G", 1024},
      {"GB", 1024}, {"GiB", 1024}, {"TB", 1048576}, {"TiB", 1048576}};
  const auto known = kUnits.find(unit);
  if (known == kUnits.end()) return std::nullopt;
  const double mib = number * known->second;
  return mib < 1 ? std::nullopt
                 : std::optional(static_cast<std::uint64_t>(mib));
}

// A size as above, or a number of bytes.
std::uint64_t ReadBytes(const char* name, const std::string& text) {
  std::uint64_t bytes = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (error == std::errc() && *end == '\0' && bytes > 0) return bytes;
  const std::optional<std::uint64_t> mib = ReadSize(text);
  if (mib) return *mib << 20;
  throw CLI::ValidationError(
      name, "\"" + text + "\" is no size; write it as 64GB or 500MB");
}

void AddSize(CLI::App* app, const char* name, const char* help,
             std::optional<std::uint64_t>* target) {
  app->add_option_function<std::string>(
         name,
         [name, target](const std::string& text) {
           *target = ReadSize(text);
           if (!*target) {
             throw CLI::ValidationError(
                 name, "\"" + text +
                           "\" is no size; write it as 24GB or "
                           "24564MB");
           }
         },
         help)
      ->option_text("SIZE")
      ->group(kGivenGroup);
}

// One of the names of `names`, or an error that lists them.
template <typename T>
CLI::Option* AddChoice(CLI::App* app, const char* name, const char* help,
                       const std::vector<std::pair<std::string, T>>& names,
                       const std::function<void(T)>& take) {
  std::string list;
  for (const auto& [word, value] : names)
    list += (list.empty() ? "" : "|") + word;
  return app
      ->add_option_function<std::string>(
          name,
          [=](const std::string& text) {
            for (const auto& [word, value] : names) {
              if (word == text) return take(value);
            }
            throw CLI::ValidationError(name,
                                       "\"" + text + "\" is none of " + list);
          },
          help)
      ->option_text(list);
}

void AddGiven(CLI::App* app, Given* given) {
  app->add_option("--exit-code", given->exit_code,
                  "Exit code of the process that ended (docker inspect)")
      ->check(CLI::Range(0, 255))
      ->option_text("N")
      ->group(kGivenGroup);
  AddChoice<bool>(app, "--oom-killed",
                  "Whether it was killed for memory (OOMKilled, oom_kill)",
                  {{"yes", true}, {"no", false}},
                  [=](bool killed) { given->oom_killed = killed; })
      ->group(kGivenGroup);
  AddSize(app, "--ram-limit", "RAM limit of the container (memory.max)",
          &given->ram_limit_mb);
  app->add_option_function<std::string>(
         "--collected-at",
         [given](const std::string& text) {
           const std::optional<Stamp> stamp = ReadIsoStamp(text);
           if (!stamp || stamp->size != text.size()) {
             throw CLI::ValidationError(
                 "--collected-at",
                 "\"" + text +
                     "\" is no time; write it as 2026-01-31T06:30:00Z");
           }
           given->collected_at_ns = stamp->time_ns;
           // A zone is what follows the seconds.
           given->collected_wall_ns =
               ReadIsoStamp(text.substr(0, std::min(text.find_first_of(
                                                        "Z+-", kDateTimeBytes),
                                                    text.size())))
                   ->time_ns;
           given->collected_at = text;
         },
         "When the log was taken, by the clock of the log: proves a hang at "
         "its end")
      ->option_text("TIME")
      ->group(kGivenGroup);
  app->add_option("--gpu", given->gpu, "The card")
      ->option_text("NAME")
      ->group(kGivenGroup);
  AddSize(app, "--vram", "Memory of the card", &given->vram_mb);
}

void AddFormat(CLI::App* app, Options* options) {
  AddChoice<Format>(app, "--format",
                    "What to write; text on a terminal, else md",
                    {{"md", Format::kMarkdown},
                     {"text", Format::kText},
                     {"issue", Format::kIssue},
                     {"json", Format::kJson},
                     {"ndjson", Format::kNdjson},
                     {"sarif", Format::kSarif},
                     {"junit", Format::kJUnit}},
                    [=](Format format) { options->format = format; });
  app->add_flag_callback(
      "--issue", [=] { options->format = Format::kIssue; },
      "What a bug form asks for, as Markdown");
  app->add_flag("--full", options->full,
                "Everything: all evidence, the ledger, notes, the timeline");
  AddChoice<Target>(app, "--for", "Who shows the Markdown",
                    {{"github", Target::kGithub},
                     {"gitlab", Target::kGitlab},
                     {"jira", Target::kJira},
                     {"linear", Target::kLinear},
                     {"slack", Target::kSlack},
                     {"plain", Target::kPlain}},
                    [=](Target target) { options->target = target; });
  app->add_option("--lang", options->language,
                  "Language of the report; auto takes it from LANG")
      ->option_text("en|ca|auto");
  AddChoice<Colour>(app, "--color", "Colour of text",
                    {{"auto", Colour::kAuto},
                     {"always", Colour::kAlways},
                     {"never", Colour::kNever}},
                    [=](Colour colour) { options->colour = colour; });
}

void AddReport(CLI::App* app, Options* options) {
  app->add_option("FILE", options->files,
                  "Logs to read; - or nothing is standard input");
  AddFormat(app, options);
  app->add_option("-o,--output", options->outputs,
                  "Write to a file and not to standard output; repeatable. Its "
                  "name says the format: .md .txt .json .ndjson .sarif .xml")
      ->option_text("FILE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  AddChoice<FailOn>(app, "--fail-on", "Exit with 1 if the outcome is that bad",
                    {{"error", FailOn::kError},
                     {"warning", FailOn::kWarning},
                     {"finding", FailOn::kFinding}},
                    [=](FailOn level) { options->fail_on = level; });
  app->add_option(
         "--patterns", options->pattern_dirs,
         "Add the markers, causes and remedies of a folder; repeatable. user "
         "is "
         "the folder logdiag/patterns where your settings are (~/.config)")
      ->option_text("DIR")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app->add_option_function<std::string>(
         "--max-bytes",
         [options](const std::string& text) {
           options->max_bytes = ReadBytes("--max-bytes", text);
         },
         "Read no more text of a file, with all that it unpacks to; 64GB")
      ->option_text("SIZE");
  app->add_flag("-q,--quiet", options->quiet, "No progress on stderr");
  app->add_flag("!--no-redact", options->redact,
                "Show secrets, home names and public addresses as logged");
}

CLI::App* AddCommand(CLI::App* parent, const char* name, const char* help,
                     Command command, Options* options) {
  CLI::App* sub = parent->add_subcommand(name, help)->fallthrough();
  sub->callback([=] { options->command = command; });
  return sub;
}

// A file of the name of a command is reached as ./patterns.
void AddCommands(CLI::App* app, Options* options) {
  CLI::App* explain =
      AddCommand(app, "explain", "Term by term, how a cause fares with a log",
                 Command::kExplain, options);
  explain->add_option("CAUSE", options->cause, "As memory/vram-oom")
      ->required();
  explain->add_option("FILE", options->files, "- or nothing: standard input")
      ->expected(0, 1);
  CLI::App* patterns =
      app->add_subcommand("patterns", "What logdiag knows")->fallthrough();
  patterns->require_subcommand(1);
  AddCommand(patterns, "lint", "Check a folder of patterns and its fixtures",
             Command::kPatternsLint, options)
      ->add_option("DIR", options->lint_folder, "patterns if not given");
  AddCommand(patterns, "list", "All causes, one a line", Command::kPatternsList,
             options);
  AddCommand(patterns, "show", "All that is known of a cause",
             Command::kPatternsShow, options)
      ->add_option("CAUSE", options->cause, "As memory/vram-oom")
      ->required();
}

void AddBudget(CLI::App* app, Options* options) {
  CLI::App* budget =
      AddCommand(app, "budget", "Whether a job would fit a card, without a log",
                 Command::kBudget, options);
  BudgetRequest* request = &options->budget;
  budget->add_option("--model", request->model, "As wan2.2-i2v-14b");
  budget->add_option("--dtype", request->dtype, "As fp8, fp16, q5_k_m");
  budget->add_option("--size", request->size, "As 704x704");
  budget->add_option("--frames", request->frames, "As 81; 1 if not given");
  budget->add_option("--block-swap", request->block_swap,
                     "Blocks swapped to RAM; 0 if not given");
}

// What is answered at once, from the command line alone.
struct Asked {
  bool version = false;
  std::vector<std::string> help_of;  // only listed, see WordsOf
  std::optional<Shell> completion;
};

void AddQuestions(CLI::App* app, Asked* asked) {
  CLI::App* help = app->add_subcommand("help", "This page, or a command's");
  help->add_option("COMMAND", asked->help_of, "As patterns show");
  app->add_subcommand("version", "The version")->callback([=] {
    asked->version = true;
  });
  CLI::App* completion = app->add_subcommand(
      "completion", "A script with which the shell completes the command line");
  AddChoice<Shell>(
      completion, "SHELL", "bash, zsh or fish",
      {{"bash", Shell::kBash}, {"zsh", Shell::kZsh}, {"fish", Shell::kFish}},
      [=](Shell shell) { asked->completion = shell; })
      ->required();
}

// The command line, with `help COMMAND` as the option that it is short for:
// only the command that was named tells of itself.
std::vector<const char*> WordsOf(int argc, char** argv) {
  std::vector<const char*> words(argv, argv + argc);
  if (words.size() > 1 && std::string_view(words[1]) == "help") {
    words.erase(words.begin() + 1);
    words.push_back("--help");
  }
  return words;
}

// Prints the answer. False if it was not that kind of command line.
bool Answer(const CLI::App& app, const Asked& asked) {
  if (asked.version) {
    std::cout << kVersion << "\n";
  } else if (asked.completion) {
    std::cout << WriteCompletion(app, *asked.completion);
  } else {
    return false;
  }
  return true;
}

void AddCollect(CLI::App* app, Options* options) {
  CLI::App* collect = AddCommand(
      app, "collect",
      "Print a script that gathers on the pod what a log lacks, for sh",
      Command::kCollect, options);
  collect->add_flag("--run", options->collect_run, "Run it here");
  collect->add_option("ARGUMENT", options->collect_arguments,
                      "Of the script, as the name of a container");
}

// The folder of a user's own patterns, as the XDG base directories have it.
std::string UserPatterns() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  // A path that is not absolute counts as not set there.
  if (config != nullptr && *config == '/') {
    return std::string(config) + "/logdiag/patterns";
  }
  const char* home = std::getenv("HOME");
  return std::string(home == nullptr ? "" : home) + "/.config/logdiag/patterns";
}

bool ReadsLogs(const Options& options) {
  return options.command == Command::kReport ||
         options.command == Command::kExplain;
}

// Commands that read no log, or one, take no more files.
void RefuseFiles(const CLI::App& app, const Options& options) {
  if (app.get_subcommands().empty()) return;
  const std::size_t most = options.command == Command::kExplain ? 1 : 0;
  if (options.files.size() > most) {
    throw CLI::ExtrasError({options.files.back()});
  }
}

}  // namespace

bool ReadOptions(int argc, char** argv, Options* options, int* exit_code) {
  CLI::App app(kDescription, "logdiag");
  app.set_version_flag("-V,--version", kVersion);
  AddReport(&app, options);
  AddGiven(&app, &options->given);
  AddCommands(&app, options);
  AddBudget(&app, options);
  AddCollect(&app, options);
  Asked asked;
  AddQuestions(&app, &asked);
  app.require_subcommand(0, 1);
  // Last, as commands take over what the program has when they are added.
  app.footer(kFooter);
  const std::vector<const char*> words = WordsOf(argc, argv);
  try {
    app.parse(static_cast<int>(words.size()), words.data());
    RefuseFiles(app, *options);
    if (Answer(app, asked)) return false;
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    *exit_code = code == 0 ? kExitOk : kExitUsage;
    return false;
  }
  for (std::string& folder : options->pattern_dirs) {
    if (folder == "user") folder = UserPatterns();
  }
  if (options->files.empty() && ReadsLogs(*options)) {
    if (isatty(STDIN_FILENO) != 0) {
      std::cerr << app.help();
      *exit_code = kExitUsage;
      return false;
    }
    options->files.push_back("-");
  }
  return true;
}

}  // namespace logdiag
