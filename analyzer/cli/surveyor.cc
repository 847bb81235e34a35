// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/surveyor.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "analyzer/analyze.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/selection.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/support/hash.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

// Hashes what is read through it.
class HashedSource : public OverSource {
 public:
  using OverSource::OverSource;
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    auto got = source_->Read(buffer, size);
    if (got.ok()) hash_.Add({buffer, got.value()});
    return got;
  }
  std::string Hash() const { return std::to_string(hash_.value()); }

 private:
  RunningHash hash_;
};

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

Surveyed Surveyor::Read(const std::string& file) const {
  Surveyed surveyed;
  InputOptions input;
  input.max_bytes = options_.max_bytes;
  input.stop = stop_;
  Result<std::unique_ptr<Logs>> opened = Logs::Open(file, input);
  if (!opened.ok()) {
    surveyed.errors.push_back(opened.error());
    surveyed.code = kExitInput;
    return surveyed;
  }
  Logs& logs = *opened.value();
  bool any = false;
  for (;;) {
    const std::optional<Logs::Log> log = logs.Next();
    for (Error& error : logs.TakeLeftOut()) surveyed.errors.push_back(error);
    if (!log) break;
    any = Take(file, *log, &surveyed) || any;
  }
  if (logs.error()) {
    surveyed.errors.push_back(
        {file, "the rest of it was not read: " + logs.error()->message});
  }
  if (!any) {
    surveyed.code = kExitInput;
    if (surveyed.errors.empty()) {
      surveyed.errors.push_back({file, "there is no log in it"});
    }
  } else if (!logs.whole()) {
    surveyed.code = WorseCode(surveyed.code, kExitPartial);
  }
  return surveyed;
}

bool Surveyor::Take(const std::string& file, const Logs::Log& log,
                    Surveyed* surveyed) const {
  LogSource named;
  named.path = file;
  named.member = log.member;
  AnalyzeOptions analyze;
  analyze.given = options_.given;
  analyze.scan_index = scan_index_;
  HashedSource hashed(log.source);
  Result<Diagnosis> got =
      AnalyzeSelected(&hashed, named.Name(), catalogue_, options_, analyze);
  if (!got.ok()) {
    surveyed->errors.push_back(got.error());
    surveyed->code = WorseCode(surveyed->code, kExitInput);
    return false;
  }
  Diagnosis& diagnosis = got.value();
  diagnosis.source.path = named.path;
  diagnosis.source.member = named.member;
  int code = ExitCodeFor(diagnosis, options_.fail_on);
  if (diagnosis.coverage.partial) {
    surveyed->errors.push_back(
        {named.Name(), "read only in part: " + diagnosis.coverage.partial_why});
    code = kExitPartial;
  }
  surveyed->code = WorseCode(surveyed->code, code);
  ReportOptions report = report_;
  report.exit_code = code;
  std::map<std::string, std::string> traits;
  if (options_.name_tells) traits = options_.name_tells->Traits(named.Name());
  Summary summary =
      Summarize(diagnosis, catalogue_, report, hashed.Hash(), traits);
  Write(diagnosis, summary, report, surveyed);
  surveyed->summaries.push_back(std::move(summary));
  return true;
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
