// SPDX-License-Identifier: Apache-2.0
// Two logs side by side: what is different since it was well.
#ifndef LOGDIAG_REPORTS_COMPARISON_H_
#define LOGDIAG_REPORTS_COMPARISON_H_

#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/formats.h"

namespace logdiag {

// Markdown, HTML, text for a terminal, or JSON, schema "logdiag.comparison/1".
// Of other formats: Markdown.
std::string WriteComparison(Format format, const Diagnosis& good,
                            const Diagnosis& bad, const Catalogue& catalogue,
                            const ReportOptions& options);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_COMPARISON_H_
