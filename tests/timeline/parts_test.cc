#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "analyzer/timeline/troubles/blame.h"
#include "analyzer/timeline/record/gap_tracker.h"
#include "analyzer/timeline/record/line_tail.h"
#include "analyzer/timeline/endings/silence.h"
#include "analyzer/timeline/record/unknown_shapes.h"
#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Record RecordAt(std::uint64_t line, std::string_view body,
                std::int64_t seconds = 0) {
  Record record;
  record.line = line;
  record.body = body;
  record.time_ns = seconds * 1'000'000'000;
  return record;
}

TEST(Blame, PackOfPath) {
  const struct {
    const char* path;
    const char* pack;
  } kCases[] = {
      {"/app/ComfyUI/custom_nodes/pack-a/nodes.py", "pack-a"},
      {"C:\\ui\\custom_nodes\\pack b\\x.py", "pack b"},
      {"/app/custom_nodes/single.py", "single.py"},
      {"/app/comfy/sd.py", ""},
      {"/app/custom_nodes", ""},
      {"", ""},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(PackOfPath(test.path), test.pack) << test.path;
  }
}

TEST(Blame, WhatEndsAnInterpreter) {
  Traceback main = MakeTraceback("OSError", "", "/c/main.py", "<module>", "x");
  EXPECT_TRUE(EndsMain(main));
  Traceback script = MakeTraceback("OSError", "", "run.py", "<module>", "x");
  EXPECT_TRUE(EndsInterpreter(script));
  EXPECT_FALSE(EndsMain(script));
  Traceback logged = main;
  logged.bare = false;
  EXPECT_FALSE(EndsInterpreter(logged));
  Traceback thread = main;
  thread.thread = "Thread-4";
  EXPECT_FALSE(EndsInterpreter(thread));
  Traceback cut = main;
  cut.chain[0].type = "";
  EXPECT_FALSE(EndsInterpreter(cut));
  EXPECT_FALSE(EndsInterpreter(
      MakeTraceback("E", "", "/c/execution.py", "execute", "x")));
  EXPECT_FALSE(EndsInterpreter(Traceback()));
}

TEST(LineTail, KeepsTheLastRecords) {
  LineTail tail;
  for (std::uint64_t line = 1; line <= 40; ++line) {
    const std::string body = "line " + std::to_string(line);
    tail.Add(RecordAt(line, body));
  }
  const std::vector<Quote> last = tail.Before(0, 3);
  ASSERT_EQ(last.size(), 3u);
  EXPECT_EQ(last[0].text, "line 38");
  EXPECT_EQ(last[2].text, "line 40");
  const std::vector<Quote> before = tail.Before(39, 2);
  ASSERT_EQ(before.size(), 2u);
  EXPECT_EQ(before[1].line, 38u);
}

TEST(LineTail, StepsOverTheBanner) {
  LineTail tail;
  tail.Add(RecordAt(1, "the last words"));
  tail.Add(RecordAt(2, "", 12));
  tail.Add(RecordAt(3, "==========", 13));
  tail.Add(RecordAt(4, "== CUDA ==", 14));
  EXPECT_EQ(tail.BeforeBanner(4).last.line, 1u);
  EXPECT_EQ(tail.BeforeBanner(4).next_ns, 12'000'000'000);
  EXPECT_EQ(LineTail().BeforeBanner(4).last.line, 0u);
}

TEST(GapTracker, LongestFirst) {
  GapTracker gaps;
  gaps.Add(RecordAt(1, "a", 0), "idle");
  gaps.Add(RecordAt(2, "b", 5), "idle");  // too short
  gaps.Add(RecordAt(3, "c", 30), "model-load");
  gaps.Add(RecordAt(4, "\r 0%", 100), "sampling");
  ASSERT_EQ(gaps.Longest().size(), 2u);
  EXPECT_DOUBLE_EQ(gaps.Longest()[0].seconds, 70);
  EXPECT_TRUE(gaps.Longest()[0].inside_bar);
  EXPECT_EQ(gaps.Longest()[1].line, 2u);
  EXPECT_EQ(gaps.Longest()[1].phase, "model-load");
  for (int i = 1; i <= 20; ++i) {
    gaps.Add(RecordAt(10, "x", 100 + i * 50), "idle");
  }
  EXPECT_EQ(gaps.Longest().size(), GapTracker::kKept);
}

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

TEST(UnknownShapes, FiguresDoNotMakeAShape) {
  UnknownShapes shapes;
  shapes.Add(RecordAt(1, "GET /view?n=17"), false);
  shapes.Add(RecordAt(2, "GET /view?n=42"), false);
  shapes.Add(RecordAt(3, "something else"), false);
  shapes.Add(RecordAt(4, "got prompt"), true);
  shapes.Add(RecordAt(5, ""), false);
  EXPECT_EQ(shapes.clusters(), 2u);
  EXPECT_EQ(shapes.understood(), 1u);
  ASSERT_EQ(shapes.MostFrequent(1).size(), 1u);
  EXPECT_EQ(shapes.MostFrequent(1)[0].line, 1u);
}

}  // namespace
}  // namespace logdiag
