// SPDX-License-Identifier: Apache-2.0
#include "reports/severity.h"

#include <algorithm>
#include <array>

namespace logdiag {
namespace {

constexpr std::array<std::string_view, 3> kFine = {"completed", "ready", "cut"};
constexpr std::array<std::string_view, 3> kWarnings = {"degraded",
                                                       "interrupted", "slow"};

Severity OfOutcome(std::string_view outcome) {
  const auto is_in = [&](const auto& names) {
    return std::find(names.begin(), names.end(), outcome) != names.end();
  };
  if (is_in(kFine)) return Severity::kNone;
  return is_in(kWarnings) ? Severity::kWarning : Severity::kError;
}

}  // namespace

Severity SeverityOf(const Diagnosis& diagnosis) {
  const Severity severity = OfOutcome(diagnosis.outcome);
  const bool noted = severity == Severity::kNone && !diagnosis.findings.empty();
  return noted ? Severity::kNote : severity;
}

Severity SeverityOf(const FailureSummary& failure) {
  // What was repaired, or what the program lived on with, stopped nothing.
  const bool stopped = !failure.repaired && failure.kind != "import";
  return stopped ? OfOutcome(failure.outcome) : Severity::kNote;
}

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
    case Severity::kNone:
      break;
  }
  return "none";
}

Severity SeverityNamed(std::string_view name) {
  for (const Severity severity :
       {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (SeverityName(severity) == name) return severity;
  }
  return Severity::kNone;
}

}  // namespace logdiag
