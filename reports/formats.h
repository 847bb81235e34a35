// SPDX-License-Identifier: Apache-2.0
// The formats by name, for those who let people choose one.
#ifndef LOGDIAG_REPORTS_FORMATS_H_
#define LOGDIAG_REPORTS_FORMATS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/report.h"

namespace logdiag {

enum class Format {
  kMarkdown,
  kHtml,
  kText,
  kIssue,
  kJson,
  kNdjson,
  kSarif,
  kJUnit,
  kSummary,  // a line for `logdiag merge`
};

// As a command line or a page names them ("md", "github").
const std::vector<std::pair<std::string, Format>>& FormatNames();
const std::vector<std::pair<std::string, Target>>& TargetNames();

// What one log has in a document of that format; see Wrapping for what stands
// around it.
std::string WriteReport(Format format, const Diagnosis& diagnosis,
                        const Catalogue& catalogue,
                        const ReportOptions& options);
Wrapping WrappingOf(Format format);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FORMATS_H_
