// SPDX-License-Identifier: Apache-2.0
// How a diagnosis is written.
#ifndef LOGDIAG_REPORTS_REPORT_H_
#define LOGDIAG_REPORTS_REPORT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/language.h"

namespace logdiag {

// Who is to show a Markdown report.
enum class Target {
  kAny,     // read well by all: no folds, no tags
  kGithub,  // folds
  kGitlab,
  kJira,
  kLinear,
  kSlack,  // short, no tables
  kPlain,  // no tables
};

struct ReportOptions {
  bool redact = true;         // hide secrets, home names, public addresses
  bool file_heading = false;  // several inputs: a heading with the file's name
  bool full = false;          // everything, within the limit of trackers
  Target target = Target::kAny;
  const Language* language = nullptr;  // nullptr = English
  // Of text for a terminal.
  bool colour = false;
  std::size_t width = 80;  // columns
  std::size_t number = 1;  // of several reports in one document, from 1 on
  // Of data.
  std::string tool_version = {};  // of the program that writes; "" = not named
  int exit_code = 0;  // with which it will end, as far as it is known
};

// What stands around the reports of one or more logs in one document.
struct Wrapping {
  std::string_view begin;
  std::string_view between;
  std::string_view end;
};

// Markdown: what failed, what to do now, the proof; then the parts. The core
// stays within 2,000 characters and the whole within 6,000 (Slack: 2,900;
// `full`: 30,000) by shortening and leaving out, as far as that goes. Ends in a
// newline.
std::string WriteMarkdown(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options);

// Title and core of it alone.
std::string WriteMarkdownCore(const Diagnosis& diagnosis,
                              const Catalogue& catalogue,
                              const ReportOptions& options);

// A page for a browser that needs nothing else: the core of the Markdown, the
// night as pictures, the parts, and the lines that all this stands on, to which
// it links. The first of several begins the page, and the wrapping ends it.
std::string WriteHtml(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options);
Wrapping HtmlWrapping();

// The whole report for a terminal.
std::string WriteText(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options);

// What the bug forms of ComfyUI and of node packs ask for, as Markdown.
std::string WriteIssue(const Diagnosis& diagnosis, const Catalogue& catalogue,
                       const ReportOptions& options);

// One JSON document, schema "logdiag.report/2"
// (reports/data/report.schema.json). `pretty` false: on one line. Ends in a
// newline.
std::string WriteJson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options, bool pretty);

// The same as records, one a line, each with the id of the report and the path
// of the log (reports/data/record.schema.json): "report", what the lists of the
// document hold, and "end", without which the stream was cut.
std::string WriteNdjson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                        const ReportOptions& options);

// A run of SARIF 2.1.0: the verdict and the findings as results. The document
// is the wrapping with the runs in it.
std::string WriteSarifRun(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options);
Wrapping SarifWrapping();

// A test suite of JUnit: the verdict and each finding is a test case, failed if
// its cause is known, skipped if it is not.
std::string WriteJUnitSuite(const Diagnosis& diagnosis,
                            const Catalogue& catalogue,
                            const ReportOptions& options);
Wrapping JUnitWrapping();

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_REPORT_H_
