// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/fleet/fleet_report.h"

namespace logdiag {
namespace {

Summary Log(int number) {
  Summary summary;
  summary.id =
      "00000000-0000-5000-8000-0000000000" + std::to_string(10 + number % 90);
  summary.log = "node/pod-" + std::to_string(number) + ".log";
  summary.outcome = "crash";
  summary.cause = "memory/vram-oom";
  summary.confidence = "likely";
  summary.severity = "error";
  summary.fingerprint = "00ff";
  summary.title = "GPU memory ran out";
  summary.started_at = "2026-01-31T23:00:00Z";
  summary.ended_at = "2026-02-01T00:10:00Z";
  summary.failed_at = number % 2 == 0 ? "2026-01-31T23:59:59.5Z" : "";
  summary.traits = {{"card", "A40"}, {"host", "node-7"}};
  summary.lost_seconds = 12;
  return summary;
}

std::string Lines(const Fleet& fleet) {
  std::string lines;
  WriteSummaries(fleet, [&](std::string_view line) { lines += line; });
  return lines;
}

TEST(Fleet, GivesBackWhatItGot) {
  Fleet fleet;
  const Summary summary = Log(4);
  fleet.Add(summary);
  ASSERT_EQ(fleet.Rows().size(), 1u);
  EXPECT_EQ(fleet.Get(*fleet.Rows().front()), summary);
  EXPECT_EQ(fleet.TimeOf(*fleet.Rows().front()), "2026-01-31T23:59:59.5Z");
}

TEST(Fleet, TakesTheEndWhereNoFailureHasATime) {
  Fleet fleet;
  fleet.Add(Log(3));
  EXPECT_EQ(fleet.TimeOf(*fleet.Rows().front()), "2026-02-01T00:10:00Z");
}

TEST(Fleet, IsTheSameInAnyOrderAndHoweverOften) {
  std::vector<Summary> logs;
  for (int i = 0; i < 50; ++i) logs.push_back(Log(i));
  // The same log under another name.
  logs.push_back(Log(7));
  logs.back().log = "a/other.log";
  Fleet forwards;
  for (const Summary& log : logs) forwards.Add(log);
  std::reverse(logs.begin(), logs.end());
  Fleet backwards;
  for (int twice = 0; twice < 2; ++twice) {
    for (const Summary& log : logs) backwards.Add(log);
  }
  EXPECT_EQ(forwards.size(), 50u);
  EXPECT_EQ(Lines(forwards), Lines(backwards));
  EXPECT_NE(Lines(forwards).find("a/other.log"), std::string::npos);
}

TEST(Fleet, AnIdThatIsNoUuidIsOneAllTheSame) {
  Fleet fleet;
  Summary summary = Log(1);
  summary.id = "mine";
  fleet.Add(summary);
  fleet.Add(summary);
  summary.id = "yours";
  fleet.Add(summary);
  EXPECT_EQ(fleet.size(), 2u);
}

TEST(Fleet, GrowsToManyRows) {
  constexpr int kLogs = 5000;
  Fleet fleet;
  Summary summary = Log(1);
  for (int i = 0; i < kLogs; ++i) {
    summary.id = std::to_string(i);
    summary.title = "Title " + std::to_string(i);
    fleet.Add(summary);
  }
  EXPECT_EQ(fleet.size(), static_cast<std::size_t>(kLogs));
}

}  // namespace
}  // namespace logdiag
