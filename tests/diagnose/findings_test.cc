// SPDX-License-Identifier: Apache-2.0
// What is kept of each failure of a log.
#include "analyzer/diagnose/findings.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/diagnose/diagnoser.h"
#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Catalogue OneCause() {
  Catalogue catalogue = SampleCatalogue();
  Cause cause;
  cause.id = "memory/vram-oom";
  cause.outcomes = {"error"};
  for (const double weight : {30.0, 20.0}) {
    EvidenceItem item;
    item.when.markers = {"oom"};
    item.weight_db = weight;
    item.says = "it says so";
    cause.evidence.push_back(item);
  }
  catalogue.causes = {cause};
  return catalogue;
}

Failure FailureAt(std::uint64_t line) {
  Failure failure = MakeFailureOf(FailureKind::kException, line);
  See(0, line, "size", "1 GiB", &failure.seen);
  return failure;
}

TEST(Findings, EachFailureKeepsItsLinesAndTheVerdictIsMarked) {
  Timeline timeline;
  timeline.ours = true;
  timeline.processes = {ReadyProcess(1)};
  timeline.failures = {FailureAt(10), FailureAt(20)};
  timeline.failures[0].repaired_by = 15;
  timeline.failures[0].quote.text = "the first";
  const Catalogue catalogue = OneCause();
  const Diagnosis diagnosis = Diagnose(catalogue, std::move(timeline), {});
  ASSERT_EQ(diagnosis.failures.size(), 2u);
  const FailureSummary& repaired = diagnosis.failures[0];
  EXPECT_FALSE(repaired.verdict);
  EXPECT_TRUE(repaired.repaired);
  EXPECT_EQ(repaired.cause, "memory/vram-oom");
  EXPECT_GT(repaired.posterior, 0.9);
  ASSERT_FALSE(repaired.evidence.empty());
  EXPECT_EQ(repaired.evidence[0].quote.line, 10u);
  const FailureSummary& verdict = diagnosis.failures[1];
  EXPECT_TRUE(verdict.verdict);
  EXPECT_EQ(verdict.cause, diagnosis.cause);
  EXPECT_EQ(verdict.posterior, diagnosis.posterior);
  EXPECT_TRUE(verdict.evidence.empty());
  ASSERT_EQ(diagnosis.findings.size(), 1u);
}

TEST(Findings, OfSeveralAllMustHaveBeenDoneAgain) {
  const struct {
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> second;
    std::uint64_t redone_line;
  } kCases[] = {
      {30, 40, 40},
      {40, 30, 40},
      {30, std::nullopt, 0},
      {std::nullopt, 40, 0},
  };
  const Catalogue catalogue = OneCause();
  for (const auto& test : kCases) {
    Timeline timeline;
    timeline.ours = true;
    timeline.processes = {ReadyProcess(1)};
    timeline.failures = {FailureAt(10), FailureAt(20), FailureAt(50)};
    timeline.failures[0].repaired_by = 45;
    timeline.failures[1].repaired_by = 45;
    timeline.failures[0].redone_by = test.first;
    timeline.failures[1].redone_by = test.second;
    const Diagnosis diagnosis = Diagnose(catalogue, std::move(timeline), {});
    ASSERT_EQ(diagnosis.findings.size(), 1u);
    EXPECT_EQ(diagnosis.findings[0].count, 2u);
    EXPECT_EQ(diagnosis.findings[0].redone_line, test.redone_line);
  }
}

// What is told of several as one must be true of each.
TEST(Findings, SeveralKeepWhatTheyShare) {
  const Catalogue catalogue = OneCause();
  Timeline timeline;
  timeline.ours = true;
  timeline.processes = {ReadyProcess(1)};
  timeline.failures = {FailureAt(10), FailureAt(20), FailureAt(50)};
  timeline.failures[0].node = timeline.failures[1].node = "Loader";
  timeline.failures[0].pack = "pack-a";
  timeline.failures[1].pack = "pack-b";
  for (std::size_t i = 0; i < 2; ++i) {
    Raised raised;
    raised.type = "OSError";
    raised.message = i == 0 ? "no a" : "no b";
    raised.line = timeline.failures[i].quote.line;
    timeline.failures[i].traceback.emplace().chain = {raised};
    timeline.failures[i].repaired_by = 45;
  }
  const Diagnosis diagnosis = Diagnose(catalogue, std::move(timeline), {});
  ASSERT_EQ(diagnosis.findings.size(), 1u);
  const Finding& both = diagnosis.findings[0];
  EXPECT_EQ(both.count, 2u);
  EXPECT_EQ(both.values.at("node"), "Loader");
  EXPECT_EQ(both.values.count("pack"), 0u);
  EXPECT_EQ(both.values.count("message"), 0u);
  ASSERT_TRUE(both.exception.has_value());
  EXPECT_EQ(both.exception->message, "");
}

}  // namespace
}  // namespace logdiag
