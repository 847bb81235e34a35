// SPDX-License-Identifier: Apache-2.0
// One log of many, in one line: what a report on a fleet of pods counts.
#ifndef LOGDIAG_REPORTS_FLEET_SUMMARY_H_
#define LOGDIAG_REPORTS_FLEET_SUMMARY_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/result.h"
#include "reports/report.h"

namespace logdiag {

// All texts are printable, and their secrets hidden.
struct Summary {
  std::string id;   // of what the log holds and what its name tells
  std::string log;  // its name
  std::string outcome;
  std::string cause;       // "" = nothing failed
  std::string confidence;  // as in the JSON report
  std::string severity;
  std::string fingerprint;
  std::string title;
  // RFC 3339; "" = the log has no calendar clock. `failed_at` is that of the
  // line that told of the failure.
  std::string started_at = {};
  std::string ended_at = {};
  std::string failed_at = {};
  // What logs may have in common: card, driver, comfyui, torch, cuda, model,
  // pack, and what the user's names of files tell, as host.
  std::map<std::string, std::string> traits = {};
  // Of work that did not come to its end, and of the silence of a hang, by the
  // clock of the log; 0 = none, or not known.
  std::uint64_t lost_seconds = 0;
  bool partial = false;  // the log was not read whole

  bool failed() const { return severity == "error"; }
  bool operator==(const Summary&) const = default;
};

// A line of it is never longer, the line feed included.
inline constexpr std::size_t kMaxSummaryBytes = 1024;
inline constexpr std::size_t kMaxTraits = 8;

// True for a trait that logs tell; others are of the user's names of files.
bool IsToldByLogs(std::string_view trait);

// `traits` are added to those that the log tells. `content` is different for
// different logs, also for two of which the report says the same. Two logs are
// the same one if their content is, and their `traits`, or without any their
// names: pods that die at once may well print the same.
Summary Summarize(const Diagnosis& diagnosis, const Catalogue& catalogue,
                  const ReportOptions& options, std::string_view content,
                  const std::map<std::string, std::string>& traits);

// One line of JSON, schema "logdiag.summary/1"
// (reports/data/summary.schema.json), keys and bytes the same for equal ones.
std::string WriteSummary(const Summary& summary);

// Error, with the reason, for what is no such line.
Result<Summary> ReadSummary(std::string_view line);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FLEET_SUMMARY_H_
