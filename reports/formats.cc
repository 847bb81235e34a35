// SPDX-License-Identifier: Apache-2.0
#include "reports/formats.h"

#include "reports/fleet/summary.h"

namespace logdiag {

const std::vector<std::pair<std::string, Format>>& FormatNames() {
  static const std::vector<std::pair<std::string, Format>> kNames = {
      {"md", Format::kMarkdown},    {"html", Format::kHtml},
      {"text", Format::kText},      {"issue", Format::kIssue},
      {"json", Format::kJson},      {"ndjson", Format::kNdjson},
      {"sarif", Format::kSarif},    {"junit", Format::kJUnit},
      {"summary", Format::kSummary}};
  return kNames;
}

const std::vector<std::pair<std::string, Target>>& TargetNames() {
  static const std::vector<std::pair<std::string, Target>> kNames = {
      {"github", Target::kGithub}, {"gitlab", Target::kGitlab},
      {"jira", Target::kJira},     {"linear", Target::kLinear},
      {"slack", Target::kSlack},   {"plain", Target::kPlain}};
  return kNames;
}

Wrapping WrappingOf(Format format) {
  switch (format) {
    case Format::kHtml:
      return HtmlWrapping();
    case Format::kSarif:
      return SarifWrapping();
    case Format::kJUnit:
      return JUnitWrapping();
    case Format::kJson:
    case Format::kNdjson:
    case Format::kSummary:
      return {};
    case Format::kMarkdown:
    case Format::kText:
    case Format::kIssue:
      break;
  }
  return {"", "\n", ""};  // a blank line parts what people read
}

std::string WriteReport(Format format, const Diagnosis& diagnosis,
                        const Catalogue& catalogue,
                        const ReportOptions& options) {
  switch (format) {
    case Format::kMarkdown:
      return WriteMarkdown(diagnosis, catalogue, options);
    case Format::kHtml:
      return WriteHtml(diagnosis, catalogue, options);
    case Format::kText:
      return WriteText(diagnosis, catalogue, options);
    case Format::kIssue:
      return WriteIssue(diagnosis, catalogue, options);
    case Format::kJson:
      return WriteJson(diagnosis, catalogue, options, !options.file_heading);
    case Format::kNdjson:
      return WriteNdjson(diagnosis, catalogue, options);
    case Format::kSarif:
      return WriteSarifRun(diagnosis, catalogue, options);
    case Format::kSummary:
      return WriteSummary(Summarize(diagnosis, catalogue, options, "", {}));
    case Format::kJUnit:
      break;
  }
  return WriteJUnitSuite(diagnosis, catalogue, options);
}

}  // namespace logdiag
