// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet_tally.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

// Fleets of logs that finished, or failed for one cause, on hosts.
class Fleets {
 public:
  Fleets& Logs(int count, const std::string& host, const std::string& cause,
               const std::string& fingerprint = "f") {
    for (int i = 0; i < count; ++i) {
      Summary summary;
      summary.id = std::to_string(++number_);
      summary.log = host + "/" + summary.id + ".log";
      summary.outcome = cause.empty() ? "completed" : "crash";
      summary.severity = cause.empty() ? "none" : "error";
      summary.cause = cause;
      summary.fingerprint = fingerprint;
      summary.ended_at = "2026-01-0" + std::to_string(1 + i % 3) + "T00:00:00Z";
      summary.traits = {{"host", host}, {"card", "A40"}};
      fleet.Add(summary);
    }
    return *this;
  }

  Fleet fleet;

 private:
  int number_ = 0;
};

constexpr const char* kOom = "memory/vram-oom";

TEST(FleetTally, CountsCausesMostFrequentFirst) {
  Fleets logs;
  logs.Logs(10, "a", "").Logs(2, "a", "model/gated").Logs(4, "b", kOom);
  const FleetTally tally = TallyOf(logs.fleet, nullptr);
  EXPECT_EQ(tally.logs, 16u);
  EXPECT_EQ(tally.failed, 6u);
  ASSERT_EQ(tally.causes.size(), 2u);
  EXPECT_EQ(tally.causes[0].key, kOom);
  EXPECT_EQ(tally.causes[0].logs, 4u);
  EXPECT_EQ(tally.causes[0].first, "2026-01-01T00:00:00Z");
  EXPECT_EQ(tally.causes[0].last, "2026-01-03T00:00:00Z");
  EXPECT_EQ(tally.causes[0].days.at("2026-01-01"), 2u);
  EXPECT_EQ(tally.causes[0].examples.size(), 3u);
}

TEST(FleetTally, FindsTheHostOnWhichFailuresFall) {
  Fleets logs;
  for (int host = 0; host < 20; ++host) {
    logs.Logs(10, "node-" + std::to_string(host), "");
  }
  logs.Logs(12, "node-7", kOom).Logs(1, "node-3", kOom);
  const FleetTally tally = TallyOf(logs.fleet, nullptr);
  ASSERT_FALSE(tally.concentrations.empty());
  const Concentration& place = tally.concentrations.front();
  EXPECT_EQ(place.name, "host");
  EXPECT_EQ(place.value, "node-7");
  EXPECT_EQ(place.failures_there, 12u);
  EXPECT_EQ(place.failures, 13u);
  EXPECT_EQ(place.logs_there, 22u);
  EXPECT_EQ(place.logs, 213u);
  EXPECT_LT(place.chance, 1e-6);
}

// All have the same card, and failures fall where most logs are.
TEST(FleetTally, WhatIsCommonToAllIsNoPlace) {
  Fleets logs;
  logs.Logs(90, "big", "").Logs(9, "big", kOom).Logs(9, "small", "");
  logs.Logs(1, "small", kOom);
  EXPECT_TRUE(TallyOf(logs.fleet, nullptr).concentrations.empty());
}

// 3 of 3 from one of ten hosts: 1 in 1,000, times what was looked at.
TEST(FleetTally, TheChanceCountsWhatWasLookedAt) {
  Fleets logs;
  for (int host = 0; host < 10; ++host) {
    logs.Logs(host == 0 ? 7 : 10, "h" + std::to_string(host), "");
  }
  logs.Logs(3, "h0", kOom);
  const FleetTally tally = TallyOf(logs.fleet, nullptr);
  ASSERT_EQ(tally.concentrations.size(), 1u);
  // (10 choose 3) / (100 choose 3) = 120 / 161,700, for "any" and the cause.
  EXPECT_NEAR(tally.concentrations[0].chance, 2 * 120.0 / 161700, 1e-9);
}

TEST(FleetTally, TellsWhatIsNewGrownAndGone) {
  Fleets before;
  before.Logs(90, "a", "").Logs(5, "a", kOom, "grows");
  before.Logs(5, "a", kOom, "goes");
  Fleets now;
  now.Logs(80, "a", "").Logs(15, "a", kOom, "grows").Logs(5, "a", kOom, "new");
  const FleetTally tally = TallyOf(now.fleet, &before.fleet);
  ASSERT_EQ(tally.changes.size(), 3u);
  EXPECT_EQ(tally.changes[0].way, FleetChange::Way::kNew);
  EXPECT_EQ(tally.changes[0].kind.key, "new");
  EXPECT_EQ(tally.changes[1].way, FleetChange::Way::kGrown);
  EXPECT_EQ(tally.changes[1].before, 5u);
  EXPECT_EQ(tally.changes[1].now, 15u);
  EXPECT_EQ(tally.changes[2].way, FleetChange::Way::kGone);
  EXPECT_EQ(tally.changes[2].kind.key, "goes");
}

TEST(FleetTally, CountsWhatCouldNotBeTold) {
  Fleets logs;
  logs.Logs(3, "a", "unknown");
  const FleetTally tally = TallyOf(logs.fleet, nullptr);
  EXPECT_EQ(tally.unknown, 3u);
  EXPECT_EQ(tally.undated, 0u);
  EXPECT_EQ(tally.partial, 0u);
}

}  // namespace
}  // namespace logdiag
