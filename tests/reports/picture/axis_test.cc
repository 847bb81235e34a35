// SPDX-License-Identifier: Apache-2.0
#include "reports/picture/axis.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logdiag {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
// 2025-10-23 16:00:00.
constexpr std::int64_t kBegin = 1'761'235'200 * kSecond;

Diagnosis Timed(std::int64_t seconds) {
  Diagnosis diagnosis;
  diagnosis.source.clock = "utc";
  diagnosis.source.clock_resolution_ns = kSecond;
  diagnosis.source.lines = 100;
  diagnosis.timeline.first_ns = kBegin;
  diagnosis.timeline.last_ns = kBegin + seconds * kSecond;
  return diagnosis;
}

std::vector<std::string> TickTexts(const Axis& axis) {
  std::vector<std::string> texts;
  for (const Tick& tick : axis.Ticks(5)) texts.push_back(tick.text);
  return texts;
}

using Words = std::vector<std::string>;

TEST(Axis, TicksAreRoundTimes) {
  EXPECT_EQ(TickTexts(Axis(Timed(100))),
            Words({"16:00:00", "16:00:30", "16:01:00", "16:01:30"}));
  EXPECT_EQ(TickTexts(Axis(Timed(4 * 3600))),
            Words({"16:00", "17:00", "18:00", "19:00", "20:00"}));
}

TEST(Axis, MidnightNamesTheDay) {
  EXPECT_EQ(TickTexts(Axis(Timed(20 * 3600))),
            Words({"18:00", "2025-10-24", "06:00", "12:00"}));
}

TEST(Axis, WithoutAClockItIsOfLines) {
  Diagnosis diagnosis;
  diagnosis.source.clock = "none";
  diagnosis.source.lines = 401;
  const Axis axis(diagnosis);
  EXPECT_FALSE(axis.IsOfTime());
  EXPECT_EQ(axis.At(axis.ValueOf(201, std::nullopt)), 0.5);
  EXPECT_EQ(TickTexts(axis), Words({"L100", "L200", "L300", "L400"}));
}

TEST(Axis, ALineWithoutATimeLiesBetweenItsNeighbours) {
  Diagnosis diagnosis = Timed(100);
  Milestone before;
  before.line = 10;
  before.time_ns = kBegin + 20 * kSecond;
  Milestone after;
  after.line = 20;
  after.time_ns = kBegin + 40 * kSecond;
  diagnosis.timeline.milestones = {before, after};
  const Axis axis(diagnosis);
  EXPECT_DOUBLE_EQ(axis.At(axis.ValueOf(15, std::nullopt)), 0.3);
  EXPECT_DOUBLE_EQ(axis.At(axis.ValueUpTo(19)), 0.2);
  EXPECT_DOUBLE_EQ(axis.At(axis.ValueUpTo(20)), 0.4);
  EXPECT_DOUBLE_EQ(axis.At(axis.ValueOf(5, std::nullopt)), 0.2);
  EXPECT_DOUBLE_EQ(axis.At(axis.ValueOf(90, std::nullopt)), 0.4);
}

TEST(Axis, NothingLiesOutside) {
  const Diagnosis diagnosis = Timed(100);
  const Axis axis(diagnosis);
  EXPECT_EQ(axis.At(axis.ValueOf(1, kBegin - kSecond)), 0);
  EXPECT_EQ(axis.At(axis.ValueOf(1, kBegin + 900 * kSecond)), 1);
}

}  // namespace
}  // namespace logdiag
