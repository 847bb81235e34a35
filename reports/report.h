// How a diagnosis is written.
#ifndef LOGDIAG_REPORTS_REPORT_H_
#define LOGDIAG_REPORTS_REPORT_H_

#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

struct ReportOptions {
  bool redact = true;         // hide secrets, home names, public addresses
  bool file_heading = false;  // several inputs: a heading with the file's name
};

// Markdown: verdict and what to do first, then why, rivals, details. Ends in a
// newline.
std::string WriteMarkdown(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options);

// One JSON document, schema "logdiag.report/1" (reports/report.schema.json).
// `pretty` false: on one line. Ends in a newline.
std::string WriteJson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options, bool pretty);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_REPORT_H_
