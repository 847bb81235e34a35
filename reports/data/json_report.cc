// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/data/report_json.h"
#include "reports/report.h"

namespace logdiag {

std::string WriteJson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options, bool pretty) {
  const Prepared prepared(diagnosis, catalogue, options);
  return Dump(ReportJson(prepared.page(), options), pretty);
}

}  // namespace logdiag
