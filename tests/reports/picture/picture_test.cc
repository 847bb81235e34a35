// SPDX-License-Identifier: Apache-2.0
#include "reports/picture/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/words/phrasebook.h"
#include "reports/words/report_values.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

constexpr std::int64_t kOneSecond = 1'000'000'000;
constexpr std::int64_t kDayBegin = 1'761'235'200 * kOneSecond;

// A calm day of `prompts` prompts, ten seconds each, one a minute.
Diagnosis Day(std::uint64_t prompts) {
  Diagnosis d;
  d.outcome = "completed";
  d.source.clock = "utc";
  d.source.clock_resolution_ns = kOneSecond;
  d.source.lines = prompts * 2;
  d.timeline.first_ns = kDayBegin;
  const auto at = [](std::uint64_t seconds) {
    return kDayBegin + static_cast<std::int64_t>(seconds) * kOneSecond;
  };
  for (std::uint64_t i = 0; i < prompts; ++i) {
    Work work;
    work.number = i + 1;
    work.state = WorkState::kExecuted;
    work.queued_line = i * 2 + 1;
    work.end_line = i * 2 + 2;
    work.start_ns = at(i * 60);
    work.end_ns = at(i * 60 + 10);
    work.seconds_per_step = 1.0 + static_cast<double>(i);
    d.timeline.works.push_back(work);
  }
  d.timeline.last_ns = at(prompts * 60);
  return d;
}

std::vector<Picture> DrawAll(const Diagnosis& diagnosis) {
  const Phrasebook words(SampleCatalogue(), nullptr, ReportValues(diagnosis));
  return Pictures(
      {diagnosis, SampleCatalogue(), words, {}, OutlineOf(diagnosis)});
}

const Lane* FindLane(const Picture& picture, const std::string& begin) {
  for (const Lane& lane : picture.lanes) {
    if (lane.title.rfind(begin, 0) == 0) return &lane;
  }
  return nullptr;
}

TEST(Pictures, OfFewWorksEachIsAMark) {
  const std::vector<Picture> pictures = DrawAll(Day(4));
  ASSERT_EQ(pictures.size(), 1u);
  EXPECT_EQ(pictures[0].title,
            "The whole log, 2025-10-23 16:00:00 to 2025-10-23 16:04:00");
  const Lane* work = FindLane(pictures[0], "Work");
  ASSERT_NE(work, nullptr);
  ASSERT_EQ(work->marks.size(), 4u);
  EXPECT_EQ(work->rows, 1u);
  EXPECT_DOUBLE_EQ(work->marks[1].from, 0.25);
  EXPECT_EQ(work->marks[1].tone, Tone::kGood);
  EXPECT_EQ(work->marks[1].line, 3u);
  EXPECT_EQ(work->marks[1].hint,
            "Prompt 2: finished, 2025-10-23 16:01:00 to 2025-10-23 16:01:10, "
            "2 s a step.");
}

TEST(Pictures, OfManyWorksThinOnesBecomeOne) {
  const std::vector<Picture> pictures = DrawAll(Day(450));
  ASSERT_EQ(pictures.size(), 1u);
  const Lane* work = FindLane(pictures[0], "Work");
  ASSERT_NE(work, nullptr);
  EXPECT_EQ(work->marks.size(), 1u);
  EXPECT_EQ(work->marks[0].hint, "450 that ended in the same way, L1 to L899.");
}

TEST(Pictures, WhatIsNotDrawnIsCounted) {
  Diagnosis day = Day(4);
  day.timeline.counts.prompts = 12'000;
  EXPECT_EQ(DrawAll(day).at(0).note,
            "Of 12,000 prompts 4 are drawn, the first and the last ones.");
}

TEST(Pictures, WorksOfOneTimeLieInRows) {
  Diagnosis day = Day(2);
  day.timeline.works[1].start_ns = kDayBegin + 5 * kOneSecond;
  const std::vector<Picture> pictures = DrawAll(day);
  const Lane* work = FindLane(pictures.at(0), "Work");
  ASSERT_NE(work, nullptr);
  EXPECT_EQ(work->rows, 2u);
  EXPECT_EQ(work->marks.at(1).row, 1u);
}

TEST(Pictures, SpeedsHaveAScaleOfPowers) {
  const std::vector<Picture> pictures = DrawAll(Day(4));
  const Lane* speed = FindLane(pictures.at(0), "Seconds a step: 1 to 4");
  ASSERT_NE(speed, nullptr);
  ASSERT_EQ(speed->marks.size(), 4u);
  EXPECT_DOUBLE_EQ(speed->marks[0].level.value(), 0);
  EXPECT_DOUBLE_EQ(speed->marks[1].level.value(), 0.5);
  EXPECT_DOUBLE_EQ(speed->marks[3].level.value(), 1);
}

TEST(Pictures, MemoryIsDrawnIfItChanged) {
  Diagnosis day = Day(4);
  for (const double value : {1000.0, 3000.0, 2000.0}) {
    day.timeline.memory.push_back(
        {"loaded_mb", 3, kDayBegin + 60 * kOneSecond, value});
    day.timeline.memory.push_back(
        {"ram_mb", 3, kDayBegin + 60 * kOneSecond, 64'000});
  }
  const std::vector<Picture> pictures = DrawAll(day);
  const Lane* loaded =
      FindLane(pictures.at(0), "Weights loaded to VRAM, MB: 1000 to 3000");
  ASSERT_NE(loaded, nullptr);
  EXPECT_DOUBLE_EQ(loaded->marks.at(2).level.value(), 0.5);
  EXPECT_EQ(FindLane(pictures.at(0), "RAM"), nullptr);
}

TEST(Pictures, TheIncidentHasItsOwnAndARule) {
  Diagnosis d = Day(100);
  d.outcome = "error";
  d.timeline.works[50].state = WorkState::kFailed;
  Failure failure;
  failure.begun_line = 101;
  failure.first_line = failure.last_line = 102;
  failure.headline.line = failure.quote.line = 102;
  failure.headline.time_ns = kDayBegin + 3010 * kOneSecond;
  d.incident = failure;
  const std::vector<Picture> pictures = DrawAll(d);
  ASSERT_EQ(pictures.size(), 2u);
  ASSERT_EQ(pictures[1].rules.size(), 1u);
  EXPECT_EQ(pictures[1].rules[0].text, "L102");
  const Lane* work = FindLane(pictures[1], "Work");
  ASSERT_NE(work, nullptr);
  EXPECT_TRUE(
      std::any_of(work->marks.begin(), work->marks.end(), [](const Mark& mark) {
        return mark.tone == Tone::kBad && mark.line == 101;
      }));
}

TEST(Pictures, OfAForeignLogThereIsNone) {
  EXPECT_TRUE(DrawAll(Foreign()).empty());
}

}  // namespace
}  // namespace logdiag
