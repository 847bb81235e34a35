// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/survey_options.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/cli/option_kinds.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/survey.h"

namespace logdiag {
namespace {

constexpr const char* kGroup = "Many logs";
constexpr std::int64_t kMostThreads = 1024;
constexpr const char* kReportOptions =
    "--format, -o and --lang say how it is written: `logdiag --help`.";

void ReadPart(const std::string& text, Options* options) {
  const std::optional<Shard> shard = ReadShard(text);
  if (!shard) {
    throw CLI::ValidationError(
        "--shard", "\"" + text + "\" is no part; write it as 1/8, up to 8/8");
  }
  options->shard = *shard;
}

void ReadPattern(const std::string& text, Options* options) {
  Result<NamePattern> pattern = NamePattern::Of(text);
  if (!pattern.ok()) {
    throw CLI::ValidationError("--name-tells", pattern.error().message);
  }
  options->name_tells = std::move(pattern).value();
}

// One page on several logs has fewer formats than one on a single log.
void RefuseFormats(const Options& options) {
  const bool compares = options.command == Command::kCompare;
  const auto good = [&](Format format) {
    return format == Format::kMarkdown || format == Format::kHtml ||
           format == Format::kText || format == Format::kJson ||
           (!compares && format == Format::kNdjson);
  };
  const std::string names =
      compares ? ".md .html .txt .json" : ".md .html .txt .json .ndjson";
  for (const std::string& file : options.outputs) {
    if (NamesFolder(file)) {
      if (options.command == Command::kReport) continue;
      throw CLI::ValidationError("--output",
                                 "\"" + file +
                                     "\" is a folder, and this "
                                     "command writes one page; name a file");
    }
    const Result<Format> format = FormatByName(file);
    if (format.ok() && good(format.value())) continue;
    throw CLI::ValidationError("--output",
                               "\"" + file +
                                   "\" is for single logs; one page on several "
                                   "is written to " +
                                   names);
  }
  if (options.command == Command::kReport || !options.format) return;
  const bool summary = *options.format == Format::kSummary && !compares;
  if (!summary &&
      !(good(*options.format) && *options.format != Format::kNdjson)) {
    throw CLI::ValidationError(
        "--format", std::string("this command writes md, html, text or json") +
                        (compares ? "" : ", and summary"));
  }
}

}  // namespace

void AddSurvey(CLI::App* app, Options* options) {
  app->add_flag("--case", options->of_one_pod,
                "The files are what one pod left: its log, older and other "
                "logs, docker inspect, kernel messages, counters, what "
                "`logdiag collect` gathers; one report")
      ->group(kGroup);
  app->add_flag("--table", options->table,
                "A table of all logs and what they come to, not a page each; "
                "so it is for folders")
      ->group(kGroup);
  app->add_option("--files-from", options->files_from,
                  "Read the logs that are named there, a line each; - is "
                  "standard input")
      ->option_text("FILE")
      ->group(kGroup);
  app->add_flag("-0,--null", options->files_by_nul,
                "The names of --files-from end in a NUL (find -print0)")
      ->group(kGroup);
  app->add_option_function<std::string>(
         "--shard",
         [options](const std::string& text) { ReadPart(text, options); },
         "Take one of N parts of the files, always the same")
      ->option_text("I/N")
      ->group(kGroup);
  app->add_option_function<std::string>(
         "--name-tells",
         [options](const std::string& text) { ReadPattern(text, options); },
         "What the names of the files tell, as {host}/{pod}.log")
      ->option_text("PATTERN")
      ->group(kGroup);
  app->add_option_function<std::size_t>(
         "--threads",
         [options](const std::size_t& threads) { options->threads = threads; },
         "Logs that are read at once; as many as there are cores")
      ->check(NumberWithin(1, kMostThreads))
      ->option_text("N")
      ->group(kGroup);
}

void AddMerge(CLI::App* app, Options* options) {
  CLI::App* merge =
      app->add_subcommand("merge",
                          "One report on the summaries of many logs "
                          "(--format summary)")
          ->fallthrough();
  merge->callback([=] { options->command = Command::kMerge; });
  merge
      ->add_option("FILE", options->files,
                   "Files of summaries; - or nothing is standard input")
      ->option_text("FILE");
  merge->footer(kReportOptions);
  merge
      ->add_option("--baseline", options->baseline,
                   "Summaries of before: what is new, grown or gone since")
      ->option_text("FILE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void AddCompare(CLI::App* app, Options* options) {
  CLI::App* compare =
      app->add_subcommand("compare",
                          "Two logs side by side: what is different now")
          ->fallthrough();
  compare->callback([=] { options->command = Command::kCompare; });
  compare
      ->add_option("FILE", options->files,
                   "The log of when it was well, and that of now")
      ->option_text("GOOD NOW");
  compare->footer(kReportOptions);
}

void RefuseCase(const CLI::App& app, const Options& options) {
  if (options.command != Command::kReport) {
    throw CLI::ValidationError("--case", "is for reports on logs");
  }
  for (const char* option :
       {"--follow", "--table", "--files-from", "--session", "--incident"}) {
    if (app.count(option) == 0) continue;
    throw CLI::ValidationError(
        "--case", std::string("and ") + option + " do not go together");
  }
}

void RefuseSurvey(const CLI::App& app, const Options& options) {
  if (options.of_one_pod) RefuseCase(app, options);
  const bool survey = IsSurvey(options);
  const bool compares = options.command == Command::kCompare;
  if (compares && options.files.size() != 2) {
    throw CLI::ValidationError(
        "compare",
        "takes two logs: that of when it was well, then that of now");
  }
  if (survey || compares || options.command == Command::kMerge) {
    RefuseFormats(options);
  }
  if (compares && options.fail_on != FailOn::kNever) {
    throw CLI::ValidationError("--fail-on", "is for reports, not for compare");
  }
  for (const char* option : {"--shard", "--name-tells", "--threads"}) {
    if (app.count(option) == 0 || survey) continue;
    throw CLI::ValidationError(
        option, "is for many logs; give a folder, --files-from or --table");
  }
  if (options.files_by_nul && options.files_from.empty()) {
    throw CLI::ValidationError("--null", "is for --files-from");
  }
  if (!survey) return;
  if (options.command != Command::kReport) {
    throw CLI::ValidationError("FILE",
                               "this command reads no folder; name the files");
  }
  if (options.follow) {
    throw CLI::ValidationError("--follow", "takes one log");
  }
  if (options.incident) {
    throw CLI::ValidationError("--incident", "is for one log");
  }
}

}  // namespace logdiag
