// SPDX-License-Identifier: Apache-2.0
// What is kept of the log for the report.
#include "analyzer/timeline/record/chronicle.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

void Print(const Record& record, Chronicle* chronicle) {
  chronicle->Take(record, "idle");
  chronicle->Pass(record);
}

Record OfSystem(std::uint64_t line, std::string_view body, double seconds) {
  Record record = RecordAt(line, body, seconds);
  record.source = Source::kSystem;
  return record;
}

TEST(Chronicle, CapturesByName) {
  const MarkerHit hit{0, {{"code", "1"}, {"node", "VAE"}, {"code", "2"}}};
  EXPECT_EQ(CaptureOf(hit, "code"), "1");
  EXPECT_EQ(CaptureOf(hit, "node"), "VAE");
  EXPECT_EQ(CaptureOf(hit, "type"), "");
}

TEST(Chronicle, ABannersLastLineIsTheContainers) {
  Chronicle chronicle;
  Print(RecordAt(1, "the last words", 10), &chronicle);
  Print(OfSystem(2, "start container", 20), &chronicle);
  Print(RecordAt(3, "==========", 30), &chronicle);
  Print(RecordAt(4, "== CUDA ==", 31), &chronicle);
  const LineTail::Boundary boundary = chronicle.BeforeBanner(4);
  EXPECT_EQ(boundary.last.line, 1u);
  EXPECT_EQ(boundary.next_ns, 30'000'000'000);
}

TEST(Chronicle, ALogOfThePlatformHasNoOtherLines) {
  Chronicle chronicle;
  Print(OfSystem(1, "pulling", 10), &chronicle);
  Print(OfSystem(2, "start container", 20), &chronicle);
  EXPECT_EQ(chronicle.BeforeBanner(2).last.line, 1u);
}

TEST(Chronicle, TheEndIsTheLastLine) {
  Chronicle chronicle;
  EXPECT_EQ(chronicle.EndOfLog().line, 0u);
  Print(RecordAt(7, "almost", 10), &chronicle);
  Print(RecordAt(8, "", 11), &chronicle);  // blank ones show nothing
  const Event end = chronicle.EndOfLog();
  EXPECT_EQ(end.line, 8u);
  EXPECT_EQ(end.time_ns, 11'000'000'000);
  EXPECT_EQ(end.text, "almost");
}

TEST(Chronicle, MilestonesAreCappedInTheMiddle) {
  Chronicle chronicle;
  const std::uint64_t count = Chronicle::kMaxMilestones + 30;
  for (std::uint64_t line = 1; line <= count; ++line) {
    chronicle.AddMilestone(HitAt("note", line), nullptr, "ready");
  }
  Timeline timeline;
  chronicle.Store(&timeline);
  ASSERT_EQ(timeline.milestones.size(), Chronicle::kMaxMilestones);
  EXPECT_EQ(timeline.milestones_dropped, 30u);
  EXPECT_EQ(timeline.milestones.front().line, 1u);
  EXPECT_EQ(timeline.milestones.back().line, count);
  EXPECT_EQ(timeline.milestones.front().phase, "unknown");
}

TEST(Chronicle, WorksAreCapped) {
  Chronicle chronicle;
  const std::uint64_t count = Chronicle::kMaxWorks + 30;
  for (std::uint64_t number = 1; number <= count; ++number) {
    Work work;
    work.number = number;
    chronicle.KeepWorks({work});
  }
  Timeline timeline;
  chronicle.Store(&timeline);
  ASSERT_EQ(timeline.works.size(), Chronicle::kMaxWorks);
  EXPECT_EQ(timeline.works.front().number, 1u);
  EXPECT_EQ(timeline.works.back().number, count);
}

TEST(Chronicle, TheTimesOfTheLog) {
  Chronicle chronicle;
  Record uptime = OfSystem(1, "kernel", 5);
  uptime.clock = Clock::kMonotonic;
  Record own = RecordAt(2, "a line", 1000);
  own.clock = Clock::kUtc;
  Print(uptime, &chronicle);
  Print(own, &chronicle);
  EXPECT_TRUE(chronicle.clock.IsStranger(uptime));
  EXPECT_FALSE(chronicle.clock.IsStranger(own));
  Timeline timeline;
  chronicle.Store(&timeline);
  EXPECT_EQ(timeline.clock, Clock::kUtc);
  EXPECT_EQ(timeline.first_ns, 5'000'000'000);
  EXPECT_EQ(timeline.last_ns, 1'000'000'000'000);
}

TEST(Chronicle, RecentEventsAreBounded) {
  RecentEvents recent;
  for (std::uint64_t line = 1; line <= 2 * RecentEvents::kCapacity; ++line) {
    recent.Add(HitAt("symptom", line));
  }
  const Seen seen = recent.Since(0).at(MarkerIndex("symptom"));
  EXPECT_EQ(seen.count, RecentEvents::kCapacity);
  EXPECT_EQ(seen.first.line, RecentEvents::kCapacity + 1);
  EXPECT_EQ(recent.Since(2 * RecentEvents::kCapacity)
                .at(MarkerIndex("symptom"))
                .count,
            1u);
}

}  // namespace
}  // namespace logdiag
