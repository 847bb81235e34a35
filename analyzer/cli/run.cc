// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/run.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/analyze.h"
#include "analyzer/cli/budget.h"
#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/collect.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/patterns.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/diagnose/explain.h"
#include "reports/catalogue_report.h"
#include "reports/report.h"
#include "reports/severity.h"

namespace logdiag {
namespace {

// Worse codes later: no report at all is worse than a partial one.
int Worse(int a, int b) {
  static constexpr int kOrder[] = {kExitOk, kExitFinding, kExitPartial,
                                   kExitInput};
  const auto rank = [](int code) {
    return std::find(std::begin(kOrder), std::end(kOrder), code);
  };
  return rank(a) < rank(b) ? b : a;
}

bool Reaches(const Diagnosis& diagnosis, FailOn level) {
  const Severity severity = SeverityOf(diagnosis);
  switch (level) {
    case FailOn::kNever:
      return false;
    case FailOn::kError:
      return severity >= Severity::kError;
    case FailOn::kWarning:
      return severity >= Severity::kWarning;
    case FailOn::kFinding:
      return severity >= Severity::kNote;
  }
  return false;
}

// Reads and diagnoses `file`; nullopt, and an error printed, if it cannot.
std::optional<Diagnosis> Read(const std::string& file, const Options& options,
                              const Catalogue& catalogue) {
  Result<std::unique_ptr<ByteSource>> source = OpenFile(file);
  if (!source.ok()) {
    PrintError(source.error());
    return std::nullopt;
  }
  Progress progress(file, options.quiet);
  AnalyzeOptions analyze_options;
  analyze_options.given = options.given;
  analyze_options.on_progress = [&](std::uint64_t bytes) {
    progress.Show(bytes);
  };
  Result<Diagnosis> diagnosis =
      Analyze(source.value().get(), file, catalogue, analyze_options);
  if (!diagnosis.ok()) {
    PrintError(diagnosis.error());
    return std::nullopt;
  }
  if (!options.given.collected_at.empty() &&
      !diagnosis.value().facts.contains("collected_at")) {
    PrintError({file,
                "--collected-at says nothing about this log: it is not after "
                "its end, or the log has no calendar clock"});
  }
  return std::move(diagnosis).value();
}

// False, and a warning printed, if the log was read only in part.
bool ReadWhole(const std::string& file, const Diagnosis& diagnosis) {
  if (!diagnosis.coverage.partial) return true;
  PrintError({file, "read only in part: " + diagnosis.coverage.partial_why});
  return false;
}

int ReportOn(const std::string& file, const Options& options,
             const Catalogue& catalogue, ReportOptions report_options,
             Outputs* outputs) {
  const std::optional<Diagnosis> diagnosis = Read(file, options, catalogue);
  if (!diagnosis) return kExitInput;
  int code = Reaches(*diagnosis, options.fail_on) ? kExitFinding : kExitOk;
  if (!ReadWhole(file, *diagnosis)) code = kExitPartial;
  report_options.exit_code = code;
  return outputs->Add(*diagnosis, catalogue, report_options) ? code
                                                             : kExitPartial;
}

int ExplainOn(const std::string& file, const Options& options,
              const Catalogue& catalogue) {
  const Cause* cause = FindCauseOrSay(catalogue, options.cause);
  if (cause == nullptr) return kExitUsage;
  const std::optional<Diagnosis> diagnosis = Read(file, options, catalogue);
  if (!diagnosis) return kExitInput;
  const bool printed =
      Print(WriteExplanation(catalogue, Explain(catalogue, *diagnosis, *cause),
                             options.redact, options.full));
  return printed && ReadWhole(file, *diagnosis) ? kExitOk : kExitPartial;
}

}  // namespace

int Run(const Options& options) {
  if (options.command == Command::kBudget) return RunBudget(options);
  if (options.command == Command::kCollect) return RunCollect(options);
  if (options.command == Command::kStartScript) return RunStartScript();
  if (options.command != Command::kReport &&
      options.command != Command::kExplain) {
    return RunPatterns(options);
  }
  Catalogue catalogue;
  if (!LoadPatterns(options, &catalogue)) return kExitUsage;
  Language language;
  if (!LoadWords(options, &language)) return kExitUsage;
  if (options.command == Command::kExplain) {
    return ExplainOn(options.files.front(), options, catalogue);
  }
  Outputs outputs;
  if (!outputs.Open(options)) return kExitUsage;
  int code = kExitOk;
  ReportOptions report_options = ForOutput(options);
  if (!language.code.empty()) report_options.language = &language;
  report_options.tool_version = LOGDIAG_VERSION;
  for (const std::string& file : options.files) {
    code = Worse(code,
                 ReportOn(file, options, catalogue, report_options, &outputs));
  }
  return outputs.Close() ? code : Worse(code, kExitPartial);
}

}  // namespace logdiag
