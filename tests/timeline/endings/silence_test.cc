// SPDX-License-Identifier: Apache-2.0
// When a silence proves that work hangs.
#include "analyzer/timeline/endings/silence.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(Silence, ProvedByClockOrBar) {
  RunningWork running;
  EXPECT_FALSE(ProvedSilence(running, std::nullopt, 1).has_value());
  running.last_progress.time_ns = 0;
  EXPECT_FALSE(ProvedSilence(running, 9'000'000'000, 10).has_value());
  const auto by_clock = ProvedSilence(running, 11'000'000'000, 10);
  ASSERT_TRUE(by_clock.has_value());
  EXPECT_DOUBLE_EQ(by_clock->seconds, 11);
  EXPECT_EQ(by_clock->proof, HangProof::kClock);
  RunningWork stuck;
  stuck.bar.emplace();
  stuck.bar->done = 1;
  stuck.bar->total = 4;
  stuck.bar->longest_step_s = kStepNeverEnded_s;
  ASSERT_TRUE(ProvedSilence(stuck, std::nullopt, 10).has_value());
  EXPECT_EQ(ProvedSilence(stuck, std::nullopt, 10)->proof, HangProof::kBar);
  stuck.bar->done = 4;
  EXPECT_FALSE(ProvedSilence(stuck, std::nullopt, 10).has_value());
}

TEST(Silence, AWatcherStandsForTheClock) {
  RunningWork running;
  EXPECT_FALSE(ProvedSilence(running, std::nullopt, 10, 9).has_value());
  const auto watched = ProvedSilence(running, std::nullopt, 10, 11);
  ASSERT_TRUE(watched.has_value());
  EXPECT_DOUBLE_EQ(watched->seconds, 11);
  // Where the log has a clock, that counts.
  running.last_progress.time_ns = 0;
  EXPECT_FALSE(ProvedSilence(running, 9'000'000'000, 10, 11).has_value());
}

TEST(Silence, EnoughFollowsThePaceOfTheBar) {
  RunningWork running;
  EXPECT_DOUBLE_EQ(EnoughSilence(running, 300), 300);
  running.bar.emplace();
  running.bar->done = 1;
  running.bar->total = 4;
  running.bar->seconds_per_step = 1;
  EXPECT_DOUBLE_EQ(EnoughSilence(running, 300), kPaceSilence_s);
  running.bar->seconds_per_step = 10;
  EXPECT_DOUBLE_EQ(EnoughSilence(running, 300), 10 * kStepsOfSilence);
  running.bar->seconds_per_step = 100;
  EXPECT_DOUBLE_EQ(EnoughSilence(running, 300), 300);
}

// Work whose last sign of life was at second 0 and whose bar has the given
// state; the threshold is 300 s.
struct Stand {
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: no bar
  double pace_s = 0;       // 0: none is shown
  double bar_silence_s = 0;
  double interrupted_at_s = -1;
};

RunningWork WorkOf(const Stand& stand) {
  RunningWork work;
  work.last_progress.time_ns = 0;
  work.bar_silence_s = stand.bar_silence_s;
  if (stand.total > 0) {
    work.bar.emplace();
    work.bar->done = stand.done;
    work.bar->total = stand.total;
    if (stand.pace_s > 0) work.bar->seconds_per_step = stand.pace_s;
  }
  if (stand.interrupted_at_s >= 0) {
    work.interrupt_ns = static_cast<std::int64_t>(stand.interrupted_at_s * 1e9);
  }
  return work;
}

TEST(Silence, HowMuchIsEnough) {
  const double kWeek = 7.0 * 24 * 3600;
  const struct {
    const char* name;
    Stand stand;
    double now_s;
    HangProof proof;
  } kCases[] = {
      {"short", {}, 299, HangProof::kNone},
      {"long", {}, 300, HangProof::kClock},
      {"seven days", {}, kWeek, HangProof::kClock},
      {"over seven days", {}, kWeek + 1, HangProof::kNone},
      {"the clock was set back", {}, -400, HangProof::kNone},
      {"a bar that has shown no step", {0, 20}, 100, HangProof::kNone},
      {"twenty quick steps' time", {5, 20, 1}, 59, HangProof::kNone},
      {"a minute at least", {5, 20, 1}, 60, HangProof::kClock},
      {"slower steps", {5, 20, 5}, 99, HangProof::kNone},
      {"twenty slower steps' time", {5, 20, 5}, 100, HangProof::kClock},
      {"very slow steps", {5, 20, 60}, 300, HangProof::kClock},
      {"a full bar", {20, 20, 1}, 100, HangProof::kNone},
      {"the bar was written late", {5, 20, 1, 90}, 1, HangProof::kClock},
      {"a little late", {5, 20, 1, 40}, 1, HangProof::kNone},
      {"over seven days late", {5, 20, 1, kWeek + 1}, 1, HangProof::kNone},
      {"late and full", {20, 20, 1, 90}, 1, HangProof::kNone},
      {"an interrupt unanswered", {5, 20, 1, 0, 10}, 40, HangProof::kInterrupt},
      {"an interrupt just asked", {5, 20, 1, 0, 20}, 40, HangProof::kNone},
      {"an interrupt in a slow step", {5, 20, 4, 0, 10}, 60, HangProof::kNone},
      {"an interrupt of a load", {0, 0, 0, 0, 10}, 60, HangProof::kNone},
  };
  for (const auto& test : kCases) {
    const auto silence = ProvedSilence(
        WorkOf(test.stand), static_cast<std::int64_t>(test.now_s * 1e9), 300);
    EXPECT_EQ(silence ? silence->proof : HangProof::kNone, test.proof)
        << test.name;
  }
}

TEST(Silence, AStepThatNeverEnds) {
  const struct {
    std::int64_t done;
    double longest_s;
    bool proved;
  } kCases[] = {{1, 600, true}, {1, 599, false}, {4, 600, false}};
  for (const auto& test : kCases) {
    RunningWork work;
    work.bar.emplace();
    work.bar->done = test.done;
    work.bar->total = 4;
    work.bar->longest_step_s = test.longest_s;
    EXPECT_EQ(ProvedSilence(work, std::nullopt, 10).has_value(), test.proved);
  }
}

TEST(Silence, NeedsTwoTimes) {
  RunningWork work;
  EXPECT_FALSE(SilenceOf(work, 5).has_value());
  work.last_progress.time_ns = 0;
  EXPECT_FALSE(SilenceOf(work, std::nullopt).has_value());
  EXPECT_DOUBLE_EQ(SilenceOf(work, 2'500'000'000).value_or(0), 2.5);
}

}  // namespace
}  // namespace logdiag
