#include "analyzer/cli/run.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/cli/progress.h"
#include "analyzer/knowledge/loader.h"
#include "reports/report.h"

namespace logdiag {
namespace {

void PrintError(const Error& error) {
  std::fprintf(stderr, "logdiag: %s\n", error.ToString().c_str());
}

// Worse codes later: no report at all is worse than a partial one.
int Worse(int a, int b) {
  static constexpr int kOrder[] = {kExitOk, kExitFinding, kExitPartial,
                                   kExitInput};
  const auto rank = [](int code) {
    return std::find(std::begin(kOrder), std::end(kOrder), code);
  };
  return rank(a) < rank(b) ? b : a;
}

bool LoadPatterns(const Options& options, Catalogue* catalogue) {
  Result<Catalogue> built_in = LoadBuiltIn();
  if (!built_in.ok()) {
    PrintError(built_in.error());
    return false;
  }
  *catalogue = std::move(built_in).value();
  bool good = true;
  for (const std::string& directory : options.pattern_dirs) {
    for (const Error& error : AddDirectory(directory, catalogue)) {
      PrintError(error);
      good = false;
    }
  }
  return good;
}

bool Reaches(const Diagnosis& diagnosis, FailOn level) {
  static const std::vector<std::string> kFine = {"completed", "ready", "cut"};
  static const std::vector<std::string> kWarnings = {"degraded", "interrupted",
                                                     "slow"};
  const auto is_in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), diagnosis.outcome) !=
           names.end();
  };
  switch (level) {
    case FailOn::kNever:
      return false;
    case FailOn::kError:
      return !is_in(kFine) && !is_in(kWarnings);
    case FailOn::kWarning:
      return !is_in(kFine);
    case FailOn::kFinding:
      return !is_in(kFine) || !diagnosis.findings.empty();
  }
  return false;
}

int ReportOn(const std::string& file, const Options& options,
             const Catalogue& catalogue) {
  Result<std::unique_ptr<ByteSource>> source = OpenFile(file);
  if (!source.ok()) {
    PrintError(source.error());
    return kExitInput;
  }
  Progress progress(file, options.quiet);
  AnalyzeOptions analyze_options;
  analyze_options.on_progress = [&](std::uint64_t bytes) {
    progress.Show(bytes);
  };
  Result<Diagnosis> diagnosis =
      Analyze(source.value().get(), file, catalogue, analyze_options);
  if (!diagnosis.ok()) {
    PrintError(diagnosis.error());
    return kExitInput;
  }
  const bool several = options.files.size() > 1;
  ReportOptions report_options;
  report_options.redact = options.redact;
  report_options.file_heading = several;
  const std::string report =
      options.format == Format::kJson
          ? WriteJson(diagnosis.value(), catalogue, report_options, !several)
          : WriteMarkdown(diagnosis.value(), catalogue, report_options);
  const std::size_t written =
      std::fwrite(report.data(), 1, report.size(), stdout);
  if (written != report.size() || std::fflush(stdout) != 0) {
    PrintError({"standard output", "the report could not be written whole"});
    return kExitPartial;
  }
  if (diagnosis.value().coverage.partial) {
    PrintError(
        {file, "read only in part: " + diagnosis.value().coverage.partial_why});
    return kExitPartial;
  }
  return Reaches(diagnosis.value(), options.fail_on) ? kExitFinding : kExitOk;
}

}  // namespace

int Run(const Options& options) {
  Catalogue catalogue;
  if (!LoadPatterns(options, &catalogue)) return kExitUsage;
  int code = kExitOk;
  for (const std::string& file : options.files) {
    code = Worse(code, ReportOn(file, options, catalogue));
  }
  return code;
}

}  // namespace logdiag
