// SPDX-License-Identifier: Apache-2.0
// How containers and processes begin and become ready.
#include "analyzer/timeline/lives/process_starts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

// A process at work, whose log goes on with a few lines.
Script AtSampling() {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 20, true);
  return script;
}

TEST(ProcessStarts, WhatReplacesAProcessAtWork) {
  const struct {
    const char* name;
    std::vector<std::string> lines;  // markers; "" = the work goes on
    std::uint64_t sessions;
    bool died;
  } kCases[] = {
      {"one mark, and the work goes on", {"startup-time", ""}, 1, false},
      {"one mark twice", {"startup-time", "startup-time", ""}, 1, false},
      {"two marks with work between",
       {"startup-time", "", "total-vram", ""},
       1,
       false},
      {"two marks", {"startup-time", "total-vram"}, 2, true},
      {"two marks, the later one first",
       {"total-vram", "startup-time"},
       2,
       true},
      {"one mark and a second ready", {"startup-time", "ready"}, 2, true},
      {"one mark, then the log ends", {"startup-time"}, 2, true},
      {"a container's banner", {"banner", "startup-time"}, 2, true},
  };
  for (const auto& test : kCases) {
    Script script = AtSampling();
    // A ready line says the same once for each address.
    script.At(100).Lines(12);
    std::int64_t step = 1;
    for (const std::string& line : test.lines) {
      if (line.empty()) {
        script.Bar(step++, 20, true);
      } else {
        script.Hit(line);
      }
    }
    const Story story = script.End();
    EXPECT_EQ(story.timeline.counts.sessions, test.sessions) << test.name;
    EXPECT_EQ(OfKind(story, FailureKind::kSilence) != nullptr, test.died)
        << test.name;
  }
}

TEST(ProcessStarts, ADeathLiesBeforeTheFirstMark) {
  Script script = AtSampling();
  const std::uint64_t last = script.line();
  script.At(75).Hit("startup-time").At(80).Hit("note").Hit("total-vram");
  const Story story = script.Hit("ready").End();
  const Failure* silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_EQ(silence->first_line, last);
  EXPECT_DOUBLE_EQ(silence->restart_gap_s.value_or(0), 15);
  ASSERT_EQ(story.timeline.processes.size(), 2u);
  EXPECT_EQ(story.timeline.processes[0].last_line, last);
  // What was printed before the start was certain is of it, too.
  const Process& second = story.timeline.processes[1];
  EXPECT_EQ(second.seen.count(MarkerIndex("startup-time")), 1u);
  EXPECT_NE(second.ready_line, 0u);
}

TEST(ProcessStarts, ASecondReadyAfterWork) {
  const struct {
    const char* name;
    const char* marker;
    int lines;  // between the two
    bool worked;
    std::uint64_t sessions;
  } kCases[] = {
      {"the same words after work", "ready", 20, true, 2},
      {"another program's words", "ready-too", 20, true, 1},
      {"one more address", "ready", 3, true, 1},
      {"nothing was done", "ready", 20, false, 1},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    if (test.worked) script.Hit("prompt-queued").Hit("load");
    const Story story = script.Lines(test.lines).Hit(test.marker).End();
    EXPECT_EQ(story.timeline.counts.sessions, test.sessions) << test.name;
  }
}

TEST(ProcessStarts, ATracebackThatEndsAPossibleStart) {
  Script script = Started();
  script.Hit("startup-time");
  script.Raise(MakeTraceback("OSError", "address in use", "/c/main.py",
                             "<module>", "/c/main.py"));
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.sessions, 2u);
  const Failure* failure = OfKind(story, FailureKind::kStartup);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->session, 2u);
}

TEST(ProcessStarts, ReadyRepairsWhatFailedOnTheWay) {
  Script script;
  script.Hit("startup-time").Hit("step-failed").Error("cannot find x");
  const Story story = script.Hit("ready").End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_TRUE(story.timeline.failures[0].repaired_by.has_value());
}

TEST(ProcessStarts, SeveralLinesOfOneContainerStart) {
  Script script;
  script.Hit("system-start").Hit("banner").Hit("startup-time");
  script.Hit("system-start").Hit("banner").Hit("startup-time");
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.containers, 2u);
  EXPECT_EQ(story.timeline.counts.sessions, 2u);
}

TEST(ProcessStarts, LaterStageIsTheSameProcess) {
  Script script;
  script.Hit("startup-time").Hit("total-vram");
  script.Hit("startup-time").Hit("total-vram");
  EXPECT_EQ(script.End().timeline.counts.sessions, 2u);
}

TEST(ProcessStarts, FailedStepOnTheWayToReadyIsRepaired) {
  Script script;
  script.Hit("startup-time").Hit("step-failed").Hit("ready");
  const Story story = script.End();
  const Failure* step = OfKind(story, FailureKind::kStep);
  ASSERT_NE(step, nullptr);
  EXPECT_TRUE(step->repaired_by.has_value());
}

TEST(ProcessStarts, WhatWasStoppedDoesNotBecomeReady) {
  Script script = Started();
  script.Hit("stopped").Lines(2).Hit("ready");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.processes.size(), 2u);
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kStopped);
  EXPECT_EQ(story.timeline.processes[1].end, ProcessEnd::kRunning);
}

}  // namespace
}  // namespace logdiag
