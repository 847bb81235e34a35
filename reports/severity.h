// SPDX-License-Identifier: Apache-2.0
// How bad it is.
#ifndef LOGDIAG_REPORTS_SEVERITY_H_
#define LOGDIAG_REPORTS_SEVERITY_H_

#include <string_view>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// Each is worse than the one before.
enum class Severity {
  kNone,     // nothing to say
  kNote,     // nothing failed, but there are findings
  kWarning,  // degraded, interrupted or slow
  kError,    // it failed
};

Severity SeverityOf(const Diagnosis& diagnosis);
// Of one failure, by the outcome that it would be alone.
Severity SeverityOf(const FailureSummary& failure);

// "none", "note", "warning" or "error".
std::string_view SeverityName(Severity severity);
// The one of that name; kNone for what is no name of one.
Severity SeverityNamed(std::string_view name);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_SEVERITY_H_
