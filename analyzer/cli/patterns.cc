// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/patterns.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>

#include "analyzer/cli/catalogue.h"
#include "analyzer/knowledge/lint.h"
#include "reports/catalogue_report.h"

namespace logdiag {
namespace {

int RunLint(const Options& options, const Catalogue& known) {
  const std::string folder =
      options.lint_folder.empty() ? "patterns" : options.lint_folder;
  std::error_code ignored;
  if (options.lint_folder.empty() &&
      !std::filesystem::is_directory(folder, ignored)) {
    PrintError({"",
                "no folder \"patterns\" here; name the one to check: "
                "logdiag patterns lint DIR"});
    return kExitUsage;
  }
  if (!std::filesystem::is_directory(folder, ignored)) {
    PrintError({folder,
                "is not a directory; name the folder that holds markers/, "
                "causes/, remedies/, dialects/, evidence/ or secrets/"});
    return kExitUsage;
  }
  const LintFolders folders = FindFolders(folder);
  const LintReport report = Lint(folders, known);
  for (const Error& error : report.errors) PrintError(error);
  if (!report.errors.empty()) {
    std::fprintf(stderr, "%zu errors in %s\n", report.errors.size(),
                 Plain(folder).c_str());
    return kExitUsage;
  }
  std::printf(
      "%s: %zu causes, %zu markers, %zu remedies, %zu dialects, %zu fixtures, "
      "%zu languages: no errors\n",
      Plain(folder).c_str(), report.causes, report.markers, report.remedies,
      report.dialects, report.fixtures, report.languages);
  return kExitOk;
}

}  // namespace

int RunPatterns(const Options& options) {
  Catalogue catalogue;
  if (!LoadPatterns(options, &catalogue)) return kExitUsage;
  switch (options.command) {
    case Command::kPatternsLint:
      return RunLint(options, catalogue);
    case Command::kPatternsList:
      return Print(WriteCauseList(catalogue)) ? kExitOk : kExitPartial;
    case Command::kPatternsShow:
      if (const Cause* cause = FindCauseOrSay(catalogue, options.cause)) {
        return Print(WriteCause(catalogue, *cause)) ? kExitOk : kExitPartial;
      }
      return kExitUsage;
    default:
      return kExitUsage;
  }
}

}  // namespace logdiag
