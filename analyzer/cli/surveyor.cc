// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/surveyor.h"

#include <unistd.h>

#include <filesystem>
#include <map>
#include <utility>

#include "analyzer/cli/each_log.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/terminal.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

// A name for the page of a log in one folder: no two logs share it, as a bar
// within a name is doubled.
std::string PageName(const std::string& log, const char* extension) {
  std::string name;
  for (const char c : log) {
    if (c == '_') name += '_';
    name += c == '/' || c == '\\' || c == ':' ? '_' : c;
  }
  while (name.starts_with('.')) name.erase(0, 1);
  return name + extension;
}

}  // namespace

bool IsStream(Format format) {
  return format == Format::kNdjson || format == Format::kSummary ||
         format == Format::kSarif || format == Format::kJUnit ||
         format == Format::kIssue;
}

Surveyor::Surveyor(const Options& options, const Catalogue& catalogue,
                   const ReportOptions& report, const std::atomic<bool>* stop,
                   const std::string& folder)
    : options_(options),
      catalogue_(catalogue),
      report_(report),
      stop_(stop),
      folder_(folder),
      scan_index_(MakeScanIndex(catalogue)) {
  report_.file_heading = false;
}

Surveyed Surveyor::Read(const SurveyFile& file) const {
  Surveyed surveyed;
  LogReader reader{options_, catalogue_, stop_, [&](const Error& error) {
                     surveyed.errors.push_back(error);
                   }};
  reader.scan_index = scan_index_;
  reader.hash = true;
  surveyed.code =
      ForEachLog(file.path, reader,
                 [&](const Diagnosis& diagnosis, const LogFound& found) {
                   return Take(diagnosis, found.hash, &surveyed);
                 });
  // Folders hold notes and pictures beside their logs.
  if (file.found && surveyed.code == kExitInput &&
      access(file.path.c_str(), R_OK) == 0) {
    surveyed.code = kExitOk;
  }
  return surveyed;
}

int Surveyor::Take(const Diagnosis& diagnosis, const std::string& hash,
                   Surveyed* surveyed) const {
  const int code = diagnosis.coverage.partial
                       ? kExitPartial
                       : ExitCodeFor(SeverityOf(diagnosis), options_.fail_on);
  ReportOptions report = report_;
  report.exit_code = code;
  std::map<std::string, std::string> traits;
  if (options_.name_tells) {
    traits = options_.name_tells->Traits(diagnosis.source.Name());
  }
  Summary summary = Summarize(diagnosis, catalogue_, report, hash, traits);
  Write(diagnosis, summary, report, surveyed);
  surveyed->summaries.push_back(std::move(summary));
  return code;
}

void Surveyor::Write(const Diagnosis& diagnosis, const Summary& summary,
                     const ReportOptions& report, Surveyed* surveyed) const {
  const Format format = FormatOf(options_);
  if (format == Format::kSummary) {
    surveyed->texts.push_back(WriteSummary(summary));
  } else if (IsStream(format)) {
    surveyed->texts.push_back(
        WriteReport(format, diagnosis, catalogue_, report));
  }
  // Behind data, or behind the end of an HTML page, none can stand.
  const bool follows = options_.full && summary.failed() &&
                       (format == Format::kMarkdown || format == Format::kText);
  if (folder_.empty()) {
    if (follows) {
      surveyed->pages.push_back(
          WriteReport(format, diagnosis, catalogue_, report));
    }
    return;
  }
  const bool html = format == Format::kHtml;
  const Format page = html ? Format::kHtml : Format::kMarkdown;
  const Wrapping wrapping = WrappingOf(page);
  const std::string text = WriteReport(page, diagnosis, catalogue_, report);
  const fs::path name =
      fs::path(folder_) / PageName(summary.log, html ? ".html" : ".md");
  const Status written =
      WriteWhole(name.string(), std::string(wrapping.begin) + text +
                                    std::string(wrapping.end));
  if (written.ok()) return;
  surveyed->errors.push_back(written.error());
  surveyed->code = WorseCode(surveyed->code, kExitPartial);
}

}  // namespace logdiag
