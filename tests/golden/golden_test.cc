// SPDX-License-Identifier: Apache-2.0
// Every fixture: the verdict of its log and of its near miss, and the reports
// byte for byte.
//
// LOGDIAG_BLESS=1 writes the expected reports anew, but only of a fixture whose
// verdicts hold; read the difference before committing it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "analyzer/model/diagnosis.h"
#include "reports/report.h"
#include "reports/words/names.h"
#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

class GoldenTest : public testing::TestWithParam<Fixture> {
 protected:
  std::string Log(const char* name) const {
    return ReadFile(GetParam().folder + "/" + name);
  }
};

std::uint64_t CountNamed(const Counts& counts, const std::string& name) {
  if (name == "containers") return counts.containers;
  if (name == "sessions") return counts.sessions;
  if (name == "prompts") return counts.prompts;
  if (name == "executed") return counts.executed;
  if (name == "failed") return counts.failed;
  if (name == "interrupted") return counts.interrupted;
  ADD_FAILURE() << "case.yaml counts something unknown: " << name;
  return 0;
}

bool ShowsOneOf(const Diagnosis& diagnosis, const std::vector<int>& lines) {
  for (const Evidence& evidence : diagnosis.evidence) {
    for (const int line : lines) {
      const auto shown = static_cast<long long>(evidence.quote.line);
      if (shown != 0 && std::abs(shown - line) <= 2) return true;
    }
  }
  return false;
}

void CheckVerdict(const Fixture& fixture, const Diagnosis& diagnosis) {
  EXPECT_EQ(diagnosis.outcome, fixture.outcome);
  EXPECT_EQ(diagnosis.cause, fixture.cause);
  EXPECT_EQ(diagnosis.foreign, fixture.foreign);
  const std::string word(ConfidenceName(diagnosis.confidence));
  EXPECT_TRUE(std::find(fixture.confidence.begin(), fixture.confidence.end(),
                        word) != fixture.confidence.end())
      << "confidence is " << word << ", posterior " << diagnosis.posterior;
  if (!fixture.phase.empty() && fixture.cause != "none") {
    EXPECT_EQ(diagnosis.phase, fixture.phase);
  }
  for (const auto& [name, count] : fixture.counts) {
    EXPECT_EQ(CountNamed(diagnosis.timeline.counts, name),
              static_cast<std::uint64_t>(count))
        << name;
  }
  for (const auto& [name, value] : fixture.facts) {
    const auto fact = diagnosis.facts.find(name);
    ASSERT_NE(fact, diagnosis.facts.end()) << name;
    EXPECT_EQ(fact->second.value, value) << name;
  }
  if (!fixture.evidence_lines.empty() && fixture.cause != "none") {
    EXPECT_TRUE(ShowsOneOf(diagnosis, fixture.evidence_lines));
  }
}

void CheckNearMiss(const Fixture& fixture, const Diagnosis& diagnosis) {
  EXPECT_EQ(diagnosis.outcome, fixture.near_outcome);
  EXPECT_EQ(diagnosis.cause, fixture.near_cause);
  EXPECT_FALSE(diagnosis.foreign);
  EXPECT_TRUE(diagnosis.cause != fixture.cause ||
              diagnosis.outcome != fixture.outcome);
}

// One process a fixture: each has to read all of them first.
TEST_P(GoldenTest, VerdictsHoldAndReportsAreAsBlessed) {
  const Fixture& fixture = GetParam();
  const Diagnosis diagnosis = DiagnoseText(Log("pod.log"));
  CheckVerdict(fixture, diagnosis);
  CheckNearMiss(fixture, DiagnoseText(Log("near-miss.log")));
  const std::string json = WriteJson(diagnosis, BuiltIn(), {}, true);
  const std::string markdown = WriteMarkdown(diagnosis, BuiltIn(), {});
  if (std::getenv("LOGDIAG_BLESS") != nullptr) {
    ASSERT_FALSE(HasFailure()) << "not blessed";
    std::ofstream(fixture.folder + "/expected.json") << json;
    std::ofstream(fixture.folder + "/expected.md") << markdown;
  }
  EXPECT_EQ(json, Log("expected.json"));
  EXPECT_EQ(markdown, Log("expected.md"));
}

INSTANTIATE_TEST_SUITE_P(Fixtures, GoldenTest, testing::ValuesIn(AllFixtures()),
                         [](const testing::TestParamInfo<Fixture>& tested) {
                           return TestName(tested.param.name);
                         });

}  // namespace
}  // namespace logdiag
