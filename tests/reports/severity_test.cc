// SPDX-License-Identifier: Apache-2.0
#include "reports/severity.h"

#include <gtest/gtest.h>

#include <string>

#include "analyzer/model/diagnosis.h"

namespace logdiag {
namespace {

TEST(Severity, OfALog) {
  const struct {
    const char* outcome;
    std::string alone;          // without findings ...
    std::string with_findings;  // ... and with one
  } kCases[] = {
      {"crash-loop", "error", "error"},
      {"silent-restart", "error", "error"},
      {"startup-failure", "error", "error"},
      {"crash", "error", "error"},
      {"hang", "error", "error"},
      {"error", "error", "error"},
      {"degraded", "warning", "warning"},
      {"interrupted", "warning", "warning"},
      {"slow", "warning", "warning"},
      {"completed", "none", "note"},
      {"ready", "none", "note"},
      {"cut", "none", "note"},
  };
  for (const auto& test : kCases) {
    Diagnosis diagnosis;
    diagnosis.outcome = test.outcome;
    EXPECT_EQ(SeverityName(SeverityOf(diagnosis)), test.alone) << test.outcome;
    diagnosis.findings.resize(1);
    EXPECT_EQ(SeverityName(SeverityOf(diagnosis)), test.with_findings)
        << test.outcome;
  }
}

TEST(Severity, OfAFailure) {
  const struct {
    const char* kind;
    const char* outcome;
    bool repaired;
    std::string severity;
  } kCases[] = {
      {"exception", "error", false, "error"},
      {"exception", "error", true, "note"},
      {"silence", "silent-restart", false, "error"},
      {"slow", "slow", false, "warning"},
      {"import", "error", false, "note"},
  };
  for (const auto& test : kCases) {
    FailureSummary failure;
    failure.kind = test.kind;
    failure.outcome = test.outcome;
    failure.repaired = test.repaired;
    EXPECT_EQ(SeverityName(SeverityOf(failure)), test.severity) << test.kind;
  }
}

}  // namespace
}  // namespace logdiag
