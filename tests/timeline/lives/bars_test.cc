// SPDX-License-Identifier: Apache-2.0
// Progress bars: which are the work itself, and what they say of it.
#include "analyzer/timeline/lives/bars.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

ProgressBar StepsOf(std::int64_t done, std::int64_t total,
                    double seconds_per_step, double elapsed_s) {
  ProgressBar bar;
  bar.done = done;
  bar.total = total;
  bar.open = done < total;
  bar.elapsed_s = elapsed_s;
  if (done > 0) bar.seconds_per_step = seconds_per_step;
  return bar;
}

// The stamp of a bar's line is that of its end.
TEST(Bars, WhenItsPhaseBegan) {
  const struct {
    const char* name;
    std::int64_t done;  // of 20
    double elapsed_s;
    double written;
    double begun;
  } kCases[] = {
      {"it is full", 20, 40, 100, 60},
      {"it was cut short", 7, 14, 100, 12},
      {"its clock is wrong", 20, 400, 100, 12},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(10).Hit("prompt-queued").At(12).Hit("load").At(test.written);
    script.Bar(StepsOf(test.done, 20, 2, test.elapsed_s));
    const Story story = script.Hit("note").End();
    ASSERT_EQ(story.timeline.works.size(), 1u) << test.name;
    const PhaseSpan& span = story.timeline.works[0].phases.back();
    EXPECT_EQ(span.phase, "sampling") << test.name;
    EXPECT_EQ(span.time_ns, static_cast<std::int64_t>(test.begun * 1e9))
        << test.name;
    EXPECT_EQ(span.line, script.line() - 1) << test.name;
  }
}

TEST(Bars, WhichAreTheWork) {
  const struct {
    const char* label;
    bool bytes;
    bool work;
  } kCases[] = {
      {"", false, true},
      {"", true, false},
      {"Steps", false, true},
      {"Steps of a cache", false, false},  // other bars are asked first
      {"Loading checkpoint shards", false, false},
      {"Epoch 1", false, false},  // of a program that nobody knows
      {"model.safetensors", true, false},
      {"nothing that is known", false, false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    ProgressBar bar = StepsOf(1, 20, 1, 1);
    bar.label = test.label;
    bar.bytes = test.bytes;
    script.Hit("prompt-queued").Hit("error").Bar(bar);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    ASSERT_NE(trouble, nullptr) << test.label;
    // Only progress of the work shows that an error was overcome.
    EXPECT_EQ(trouble->repaired_by.has_value(), test.work) << test.label;
  }
}

TEST(Bars, WorkKeepsItsLastSteps) {
  Script script = Started();
  script.Hit("prompt-queued").Bar(StepsOf(4, 4, 2, 8));
  script.Bar(StepsOf(2, 6, 29.5, 59)).Hit("prompt-executed");
  script.Hit("prompt-queued").Hit("prompt-executed");
  const std::vector<Work> works = script.End().timeline.works;
  ASSERT_EQ(works.size(), 2u);
  EXPECT_EQ(works[0].steps_done, 2);
  EXPECT_EQ(works[0].steps_total, 6);
  EXPECT_EQ(works[0].seconds_per_step, 29.5);
  EXPECT_EQ(works[1].steps_total, 0);
  EXPECT_FALSE(works[1].seconds_per_step.has_value());
}

TEST(Bars, LabelsAreThoseOfTheProgramThatIsSeen) {
  for (const bool known : {true, false}) {
    Script script;
    script.Hit(known ? "startup-time" : "note");
    script.Bar(3, 3, false, "Epoch").Bar(20, 20, false, "Steps");
    const Story story = script.End();
    // A script that nobody knows: its full bar is its end.
    EXPECT_EQ(story.timeline.counts.others_done, known ? 0u : 1u) << known;
  }
}

TEST(Bars, WorkWithoutAServersWords) {
  const struct {
    const char* name;
    std::int64_t done;
    std::uint64_t executed;
    bool open;
  } kCases[] = {
      {"a full bar is its end", 20, 1, false},
      {"a bar that stands", 7, 0, true},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Bar(0, 20, true).Bar(test.done, 20, test.done < 20);
    const Story story = script.End();
    EXPECT_EQ(story.timeline.counts.executed, test.executed) << test.name;
    EXPECT_EQ(story.timeline.work_open, test.open) << test.name;
  }
}

TEST(Bars, BarsOfAStartAreNoWork) {
  for (const char* marker : {"startup-time", "import", "installing"}) {
    Script script;
    script.Hit(marker).Bar(20, 20, false);
    const Story story = script.End();
    EXPECT_EQ(story.timeline.counts.executed, 0u) << marker;
    EXPECT_FALSE(story.timeline.processes[0].worked) << marker;
  }
}

// The line of a bar is written when the bar ends: what passed since its last
// redraw, by its own clock, is silence.
TEST(Bars, ItsOwnClockAgainstItsFlush) {
  const struct {
    const char* name;
    double flushed;  // seconds after the bar's start
    double elapsed;  // as its last redraw says
    std::int64_t done;
    bool hang;
  } kCases[] = {
      {"written at once", 12, 10, 5, false},
      {"a minute and a half later", 100, 10, 5, true},
      {"under a minute", 65, 10, 5, false},
      {"slow steps", 500, 250, 5, false},
      {"full", 200, 10, 20, false},
      {"no step was done", 200, 10, 0, false},
      {"over seven days", 8 * 86400.0, 10, 5, false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling");
    script.At(60 + test.flushed);
    const double pace =
        test.done > 0 ? test.elapsed / static_cast<double>(test.done) : 0;
    script.Bar(StepsOf(test.done, 20, pace, test.elapsed));
    const Story story = script.Hit("stopped").End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, test.hang) << test.name;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, HangProof::kClock) << test.name;
    EXPECT_DOUBLE_EQ(*hang->silence_s, test.flushed - test.elapsed)
        << test.name;
    EXPECT_EQ(hang->phase, "sampling") << test.name;
  }
}

TEST(Bars, ABarIsWrittenAfterTheWordsOfWhatClosedIt) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
  script.Bar(7, 20, true);
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kException);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->phase, "sampling");
  ASSERT_TRUE(failure->bar.has_value());
  EXPECT_EQ(failure->bar->done, 7);
  EXPECT_EQ(failure->bar_line, script.line());
}

TEST(Bars, BarsInsideOtherWorkAreItsOwn) {
  Script script;
  script.Hit("training-begins").Bar(1, 500, true).Hit("training-failed");
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kWork);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->phase, "sampling");
  EXPECT_EQ(story.timeline.counts.prompts, 0u);
  EXPECT_EQ(story.timeline.counts.executed, 0u);
}

}  // namespace
}  // namespace logdiag
