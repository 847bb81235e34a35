// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/follow_options.h"
#include "analyzer/cli/given_options.h"
#include "analyzer/cli/mistyped.h"
#include "analyzer/cli/option_kinds.h"
#include "analyzer/cli/questions.h"
#include "analyzer/cli/selection.h"
#include "analyzer/cli/survey_options.h"

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

void AddFormat(CLI::App* app, Options* options) {
  AddChoice<Format>(app, "--format",
                    "What to write; text on a terminal, else md", FormatNames(),
                    [=](Format format) { options->format = format; });
  app->add_flag_callback(
      "--issue", [=] { options->format = Format::kIssue; },
      "What a bug form asks for, as Markdown");
  app->add_flag("--full", options->full,
                "Everything: all evidence, the ledger, notes, the timeline");
  AddChoice<Target>(app, "--for", "Who shows the Markdown", TargetNames(),
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
  app->add_option(
         "-o,--output", options->outputs,
         "Write to a file and not to standard output; repeatable. Its "
         "name says the format: .md .html .txt .json .ndjson .sarif .xml; "
         "a folder gets a page of each of many logs")
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
  AddSelection(app, options);
  AddFollow(app, options);
  AddSurvey(app, options);
  app->add_flag("-q,--quiet", options->quiet, "No progress on stderr");
  app->add_flag_callback(
      "--no-redact", [=] { options->redact = false; },
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
  AddChoice<BudgetNames>(
      budget, "--list", "What names are known, one a line",
      {{"models", BudgetNames::kModels},
       {"dtypes", BudgetNames::kDtypes},
       {"cards", BudgetNames::kCards}},
      [=](BudgetNames names) { options->budget_names = names; });
  budget->footer(
      "--gpu NAME or --vram SIZE says which card, --ram-limit SIZE how much "
      "RAM\nthe container has.");
}

void AddCollect(CLI::App* app, Options* options) {
  CLI::App* collect = AddCommand(
      app, "collect",
      "Print a script that gathers on the pod what a log lacks; --run runs it",
      Command::kCollect, options);
  collect->add_flag("--run", options->collect_run,
                    "Run it here; all that follows goes to the script");
  collect->add_option("ARGUMENT", options->collect_arguments,
                      "Of the script, as the name of a container");
  AddCommand(app, "mcp",
             "Serve agents and editors on standard input and output (Model "
             "Context Protocol)",
             Command::kMcp, options);
  AddCommand(app, "start-script",
             "Print a start script for a pod, which keeps its log and its end",
             Command::kStartScript, options);
}

bool ReadsLogs(const Options& options) {
  if (!options.files_from.empty()) return false;
  return options.command == Command::kReport ||
         options.command == Command::kMerge ||
         options.command == Command::kCompare ||
         options.command == Command::kExplain;
}

// Commands that read no log, or one, take no more files, and what a command
// would ignore is refused.
void RefuseFiles(const CLI::App& app, const Options& options) {
  if (app.count("--issue") > 0 && app.count("--format") > 0) {
    throw CLI::ValidationError("--issue", "is a format; leave --format out");
  }
  if (app.get_subcommands().empty()) return;
  const bool several_files = options.command == Command::kMerge ||
                             options.command == Command::kCompare;
  const std::size_t most = options.command == Command::kExplain ? 1 : 0;
  if (!several_files && options.files.size() > most) {
    throw CLI::ExtrasError({options.files.back()});
  }
  if (app.count("--format") > 0 && !several_files &&
      options.command != Command::kReport &&
      options.command != Command::kBudget) {
    throw CLI::ValidationError("--format",
                               "this command writes text, and nothing else");
  }
  if (options.command == Command::kBudget && options.format &&
      *options.format != Format::kJson &&
      *options.format != Format::kMarkdown) {
    throw CLI::ValidationError("--format", "a budget is written as md or json");
  }
  if (app.count("--lang") > 0 && options.command != Command::kReport &&
      !several_files) {
    throw CLI::ValidationError("--lang", "this command writes English");
  }
  if (options.command == Command::kCollect && !options.collect_run &&
      !(options.collect_arguments.empty() && options.outputs.empty())) {
    throw CLI::ValidationError(
        "collect",
        "only the script takes this; logdiag collect --run runs it here");
  }
  if (options.command != Command::kReport && !several_files &&
      !options.outputs.empty()) {
    throw CLI::ValidationError("--output",
                               "only a report on logs is written "
                               "to a file; redirect this");
  }
}

}  // namespace

bool ReadOptions(int argc, char** argv, Options* options, int* exit_code) {
  CLI::App app(kDescription, "logdiag");
  app.set_version_flag("-V,--version", VersionLine());
  AddReport(&app, options);
  AddGiven(&app, &options->given);
  AddCommands(&app, options);
  AddMerge(&app, options);
  AddCompare(&app, options);
  AddBudget(&app, options);
  AddCollect(&app, options);
  Asked asked;
  AddQuestions(&app, &asked);
  app.require_subcommand(0, 1);
  // Last, as commands take over what the program has when they are added.
  app.footer(kFooter);
  const std::vector<const char*> words = WordsOf(argc, argv);
  *exit_code = kExitOk;
  try {
    RefuseUnknownHelp(app, argc, argv);
    app.parse(static_cast<int>(words.size()), words.data());
    RefuseFiles(app, *options);
    RefuseSelection(app, *options);
    RefuseFollow(app, *options);
    RefuseSurvey(app, *options);
    RefuseMistypedCommand(app, options->files);
    if (Answer(app, asked)) return false;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      app.exit(error, std::cout, std::cerr);
    } else {
      PrintError({"", Complaint(app, error, options->files)});
      *exit_code = kExitUsage;
    }
    return false;
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
