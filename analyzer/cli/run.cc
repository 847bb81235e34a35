// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/run.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/cli/budget.h"
#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/collect.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/follow.h"
#include "analyzer/cli/hook.h"
#include "analyzer/cli/interruption.h"
#include "analyzer/cli/mcp.h"
#include "analyzer/cli/merge.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/patterns.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/selection.h"
#include "analyzer/cli/survey.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/diagnose/explain.h"
#include "analyzer/input/logs.h"
#include "analyzer/support/regex.h"
#include "reports/catalogue_report.h"
#include "reports/comparison.h"
#include "reports/report.h"

namespace logdiag {
namespace {

// What every command that reads logs needs.
struct Task {
  const Options& options;
  const Catalogue& catalogue;
  const std::atomic<bool>* stop;
};

void TellIfNotCollected(const std::string& name, const Options& options,
                        const Diagnosis& diagnosis) {
  if (options.given.collected_at.empty() ||
      diagnosis.facts.contains("collected_at")) {
    return;
  }
  PrintError({name,
              "--collected-at says nothing about this log: it is not after "
              "its end, or the log has no calendar clock"});
}

// Diagnoses one log of `file`; nullopt, and an error printed, if it cannot.
std::optional<Diagnosis> Diagnosed(const std::string& file,
                                   const Logs::Log& log, const Task& task) {
  LogSource named;
  named.path = file;
  named.member = log.member;
  Progress progress(named.Name(), task.options.quiet);
  AnalyzeOptions options;
  options.given = task.options.given;
  options.on_progress = [&](std::uint64_t bytes) { progress.Show(bytes); };
  Result<Diagnosis> diagnosis = AnalyzeSelected(
      log.source, named.Name(), task.catalogue, task.options, options);
  if (!diagnosis.ok()) {
    PrintError(diagnosis.error());
    return std::nullopt;
  }
  diagnosis.value().source.path = named.path;
  diagnosis.value().source.member = named.member;
  TellIfNotCollected(named.Name(), task.options, diagnosis.value());
  return std::move(diagnosis).value();
}

// False, and a warning printed, if the log was read only in part.
bool ReadWhole(const Diagnosis& diagnosis) {
  if (!diagnosis.coverage.partial) return true;
  PrintError({diagnosis.source.Name(),
              "read only in part: " + diagnosis.coverage.partial_why});
  return false;
}

// Tells of what was not read; the exit code of the file as a whole.
int Finished(const std::string& file, const Logs& logs, bool any, int code) {
  if (logs.error()) {
    PrintError({file, "the rest of it was not read: " + logs.error()->message});
  }
  if (any) return logs.whole() ? code : WorseCode(code, kExitPartial);
  if (logs.is_archive()) {
    PrintError(
        {file, "there is no log in this archive; give one that has one"});
  }
  return kExitInput;
}

// Calls `use` for each log of `file`: it is told whether there may be others,
// and returns an exit code, of which the worst counts.
int ForEachLog(const std::string& file, const Task& task,
               const std::function<int(const Diagnosis&, bool)>& use) {
  InputOptions input;
  input.max_bytes = task.options.max_bytes;
  input.stop = task.stop;
  Result<std::unique_ptr<Logs>> opened = Logs::Open(file, input);
  if (!opened.ok()) {
    PrintError(opened.error());
    return kExitInput;
  }
  Logs& logs = *opened.value();
  int code = kExitOk;
  bool any = false;
  for (;;) {
    const std::optional<Logs::Log> log = logs.Next();
    for (const Error& error : logs.TakeLeftOut()) PrintError(error);
    if (!log) return Finished(file, logs, any, code);
    const std::optional<Diagnosis> diagnosis = Diagnosed(file, *log, task);
    if (!diagnosis) continue;
    any = true;
    code = WorseCode(code, use(*diagnosis, logs.is_archive()));
    if (!ReadWhole(*diagnosis)) code = WorseCode(code, kExitPartial);
  }
}

int Report(const Diagnosis& diagnosis, const Task& task, ReportOptions options,
           Outputs* outputs) {
  int code = ExitCodeFor(diagnosis, task.options.fail_on);
  if (diagnosis.coverage.partial) code = kExitPartial;
  options.exit_code = code;
  return outputs->Add(diagnosis, task.catalogue, options) ? code : kExitPartial;
}

int ReportOn(const std::string& file, const Task& task,
             const ReportOptions& of_all, Outputs* outputs) {
  return ForEachLog(file, task, [&](const Diagnosis& diagnosis, bool others) {
    ReportOptions options = of_all;
    options.file_heading = of_all.file_heading || others;
    return Report(diagnosis, task, options, outputs);
  });
}

// The hook may be at work on what the end has shown; it is waited for.
int FollowOn(const Task& task, const ReportOptions& options, Outputs* outputs) {
  Hook hook(task.options.on_incident);
  const std::optional<Diagnosis> diagnosis =
      Follow(task.options, task.catalogue, options, task.stop, &hook);
  if (!diagnosis) return kExitInput;
  int code = Report(*diagnosis, task, options, outputs);
  if (!ReadWhole(*diagnosis)) code = WorseCode(code, kExitPartial);
  if (!outputs->Close()) code = WorseCode(code, kExitPartial);
  hook.Finish();
  return code;
}

int ExplainOn(const Task& task) {
  const Options& options = task.options;
  const Cause* cause = FindCauseOrSay(task.catalogue, options.cause);
  if (cause == nullptr) return kExitUsage;
  return ForEachLog(
      options.files.front(), task, [&](const Diagnosis& diagnosis, bool) {
        const bool printed = Print(WriteExplanation(
            task.catalogue, Explain(task.catalogue, diagnosis, *cause),
            options.redact, options.full));
        return printed ? kExitOk : kExitPartial;
      });
}

int CompareOn(const Task& task, const ReportOptions& options) {
  std::vector<Diagnosis> both;
  int code = kExitOk;
  for (const std::string& file : task.options.files) {
    const std::size_t before = both.size();
    code = WorseCode(
        code, ForEachLog(file, task, [&](const Diagnosis& diagnosis, bool) {
          both.push_back(diagnosis);
          return kExitOk;
        }));
    if (both.size() > before + 1) {
      PrintError({file, "holds several logs; name the one to compare"});
      return kExitUsage;
    }
  }
  if (both.size() != 2) return code;
  const auto text = [&](Format format, const ReportOptions& how) {
    return WriteComparison(format, both.front(), both.back(), task.catalogue,
                           how);
  };
  ReportOptions in_file = options;  // no terminal
  in_file.colour = false;
  in_file.width = ReportOptions().width;
  for (const std::string& file : task.options.outputs) {
    const Status written =
        WriteWhole(file, text(FormatByName(file).value(), in_file));
    if (written.ok()) continue;
    PrintError(written.error());
    code = WorseCode(code, kExitPartial);
  }
  if (!task.options.outputs.empty() && !task.options.format) return code;
  const bool printed = Print(text(FormatOf(task.options), options));
  return printed ? code : WorseCode(code, kExitPartial);
}

}  // namespace

int Run(const Options& options) {
  if (options.command == Command::kBudget) return RunBudget(options);
  if (options.command == Command::kCollect) return RunCollect(options);
  if (options.command == Command::kStartScript) return RunStartScript();
  if (options.command == Command::kPatternsLint ||
      options.command == Command::kPatternsList ||
      options.command == Command::kPatternsShow) {
    return RunPatterns(options);
  }
  Catalogue catalogue;
  if (!LoadPatterns(options, &catalogue)) return kExitUsage;
  Language language;
  if (!LoadWords(options, &language)) return kExitUsage;
  const Task task{options, catalogue, CatchInterruptions()};
  if (options.command == Command::kMcp) {
    return RunMcp(options, catalogue, task.stop);
  }
  if (options.command == Command::kExplain) return ExplainOn(task);
  ReportOptions report_options = ForOutput(options);
  if (!language.code.empty()) report_options.language = &language;
  report_options.tool_version = LOGDIAG_VERSION;
  if (options.command == Command::kCompare) {
    return CompareOn(task, report_options);
  }
  if (options.command == Command::kMerge) {
    return RunMerge(options, catalogue, report_options);
  }
  if (IsSurvey(options)) {
    return RunSurvey(options, catalogue, report_options, task.stop);
  }
  Outputs outputs;
  if (!outputs.Open(options)) return kExitUsage;
  int code = kExitOk;
  if (options.follow) return FollowOn(task, report_options, &outputs);
  std::optional<Regex::Pool> pool;
  if (options.files.size() > 1) pool.emplace();
  for (const std::string& file : options.files) {
    if (*task.stop) {
      PrintError({file, "not read, as a signal stopped the run"});
      code = WorseCode(code, kExitPartial);
      continue;
    }
    code = WorseCode(code, ReportOn(file, task, report_options, &outputs));
  }
  return outputs.Close() ? code : WorseCode(code, kExitPartial);
}

}  // namespace logdiag
