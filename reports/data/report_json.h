// SPDX-License-Identifier: Apache-2.0
// A whole report as one JSON value, from which each format of data takes what
// it needs.
#ifndef LOGDIAG_REPORTS_DATA_REPORT_JSON_H_
#define LOGDIAG_REPORTS_DATA_REPORT_JSON_H_

#include "reports/data/json_values.h"
#include "reports/report.h"
#include "reports/story/page.h"

namespace logdiag {

// As reports/data/report.schema.json describes it. Its "id" names its content:
// everything but the path of the log and "tool".
Json ReportJson(const Page& page, const ReportOptions& options);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_REPORT_JSON_H_
