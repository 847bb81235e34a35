// SPDX-License-Identifier: Apache-2.0
// Reports on many logs at once.
#ifndef LOGDIAG_REPORTS_FLEET_FLEET_REPORT_H_
#define LOGDIAG_REPORTS_FLEET_FLEET_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "reports/fleet/fleet.h"
#include "reports/formats.h"

namespace logdiag {

struct FleetOptions {
  const Fleet* baseline = nullptr;  // what was there before; may be none
  std::size_t rows = 20;            // of each table; the rest is counted
  std::size_t logs = 0;             // listed one by one, failures first
  std::uint64_t unread = 0;         // files of which there is no summary
};

// Markdown, HTML, text for a terminal, or JSON, schema "logdiag.fleet/1"
// (reports/data/fleet.schema.json). Of other formats: Markdown. The same bytes
// for the same set of logs.
std::string WriteFleet(Format format, const Fleet& fleet,
                       const Catalogue& catalogue, const ReportOptions& options,
                       const FleetOptions& how);

// All summaries, a line each, in the order of their ids.
void WriteSummaries(const Fleet& fleet,
                    const std::function<void(std::string_view)>& write);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FLEET_FLEET_REPORT_H_
