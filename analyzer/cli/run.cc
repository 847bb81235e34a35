// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/run.h"

#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/budget.h"
#include "analyzer/cli/case.h"
#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/collect.h"
#include "analyzer/cli/each_log.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/follow.h"
#include "analyzer/cli/given_options.h"
#include "analyzer/cli/hook.h"
#include "analyzer/cli/interruption.h"
#include "analyzer/cli/mcp.h"
#include "analyzer/cli/merge.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/patterns.h"
#include "analyzer/cli/survey.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/diagnose/explain.h"
#include "analyzer/support/regex.h"
#include "reports/catalogue_report.h"
#include "reports/comparison.h"
#include "reports/report.h"

namespace logdiag {
namespace {

int Report(const Diagnosis& diagnosis, const LogReader& reader,
           ReportOptions options, Outputs* outputs) {
  int code = ExitCodeFor(SeverityOf(diagnosis), reader.options.fail_on);
  if (diagnosis.coverage.partial) code = kExitPartial;
  options.exit_code = code;
  return outputs->Add(diagnosis, reader.catalogue, options) ? code
                                                            : kExitPartial;
}

int ReportOn(const std::string& file, const LogReader& reader,
             const ReportOptions& of_all, Outputs* outputs) {
  return ForEachLog(
      file, reader, [&](const Diagnosis& diagnosis, const LogFound& found) {
        ReportOptions options = of_all;
        options.file_heading = of_all.file_heading || found.of_archive;
        return Report(diagnosis, reader, options, outputs);
      });
}

// The hook may be at work on what the end has shown; it is waited for.
int FollowOn(const LogReader& reader, const ReportOptions& options,
             Outputs* outputs) {
  Hook hook(reader.options.on_incident);
  const std::optional<Diagnosis> diagnosis =
      Follow(reader.options, reader.catalogue, options, reader.stop, &hook);
  if (!diagnosis) return kExitInput;
  int code = Report(*diagnosis, reader, options, outputs);
  if (diagnosis->coverage.partial) {
    PrintError(ReadInPart(*diagnosis));
    code = WorseCode(code, kExitPartial);
  }
  if (!outputs->Close()) code = WorseCode(code, kExitPartial);
  hook.Finish();
  return code;
}

int ExplainOn(const LogReader& reader) {
  const Options& options = reader.options;
  const Cause* cause = FindCauseOrSay(reader.catalogue, options.cause);
  if (cause == nullptr) return kExitUsage;
  return ForEachLog(
      options.files.front(), reader,
      [&](const Diagnosis& diagnosis, const LogFound&) {
        const bool printed = Print(WriteExplanation(
            reader.catalogue, Explain(reader.catalogue, diagnosis, *cause),
            options.redact, options.full));
        return printed ? kExitOk : kExitPartial;
      });
}

int CompareOn(const LogReader& reader, const ReportOptions& options) {
  std::vector<Diagnosis> both;
  int code = kExitOk;
  for (const std::string& file : reader.options.files) {
    const std::size_t before = both.size();
    code = WorseCode(
        code, ForEachLog(file, reader,
                         [&](const Diagnosis& diagnosis, const LogFound&) {
                           both.push_back(diagnosis);
                           return kExitOk;
                         }));
    if (both.size() > before + 1) {
      PrintError({file, "holds several logs; name the one to compare"});
      return kExitUsage;
    }
  }
  if (both.size() != 2) return code;
  return WorseCode(code,
                   WriteOnePage(reader.options, options,
                                [&](Format format, const ReportOptions& how) {
                                  return WriteComparison(format, both.front(),
                                                         both.back(),
                                                         reader.catalogue, how);
                                }));
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
  LogReader reader{options, catalogue, CatchInterruptions(), PrintError};
  reader.progress = true;
  if (options.command == Command::kMcp) {
    return RunMcp(options, catalogue, reader.stop);
  }
  TellUnknownCard(options.given, catalogue.hardware);
  if (options.command == Command::kExplain) return ExplainOn(reader);
  ReportOptions report_options = ForOutput(options);
  if (!language.code.empty()) report_options.language = &language;
  report_options.tool_version = LOGDIAG_VERSION;
  if (options.command == Command::kCompare) {
    return CompareOn(reader, report_options);
  }
  if (options.command == Command::kMerge) {
    return RunMerge(options, catalogue, report_options);
  }
  if (options.of_one_pod) {
    Outputs outputs;
    if (!outputs.Open(options)) return kExitUsage;
    return RunCase(reader, report_options, &outputs);
  }
  if (IsSurvey(options)) {
    return RunSurvey(options, catalogue, report_options, reader.stop);
  }
  Outputs outputs;
  if (!outputs.Open(options)) return kExitUsage;
  int code = kExitOk;
  if (options.follow) return FollowOn(reader, report_options, &outputs);
  std::optional<Regex::Pool> pool;
  if (options.files.size() > 1) {
    pool.emplace();
    reader.scan_index = MakeScanIndex(catalogue);
  }
  for (const std::string& file : options.files) {
    if (*reader.stop) {
      PrintError({file, "not read, as a signal stopped the run"});
      code = WorseCode(code, kExitPartial);
      continue;
    }
    code = WorseCode(code, ReportOn(file, reader, report_options, &outputs));
  }
  return outputs.Close() ? code : WorseCode(code, kExitPartial);
}

}  // namespace logdiag
