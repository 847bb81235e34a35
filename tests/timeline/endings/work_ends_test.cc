// SPDX-License-Identifier: Apache-2.0
// How work ends, and what its result is worth.
#include "analyzer/timeline/endings/work_ends.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(WorkEnds, TheStateAPromptEndsIn) {
  const struct {
    const char* name;
    std::function<void(Script*)> then;
    WorkState state;
  } kCases[] = {
      {"it runs", [](Script*) {}, WorkState::kRunning},
      {"executed",
       [](Script* s) {
         s->Hit("prompt-executed", {{"duration", "1 s"}});
       },
       WorkState::kExecuted},
      {"failed",
       [](Script* s) {
         s->Hit("prompt-failed").Hit("prompt-executed", {{"duration", "1 s"}});
       },
       WorkState::kFailed},
      {"interrupted",
       [](Script* s) {
         s->Hit("prompt-interrupted")
             .Hit("prompt-executed", {{"duration", "1 s"}});
       },
       WorkState::kInterrupted},
      {"the thread died", [](Script* s) { s->Hit("worker-died"); },
       WorkState::kFailed},
      {"the process died", [](Script* s) { s->Hit("banner"); },
       WorkState::kLost},
      {"stopped", [](Script* s) { s->Hit("stopped"); },
       WorkState::kInterrupted},
  };
  for (const auto& test : kCases) {
    Script script = AtWork();
    test.then(&script);
    const Story story = script.End();
    ASSERT_EQ(story.timeline.works.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.works[0].state, test.state) << test.name;
    EXPECT_EQ(story.timeline.counts.executed,
              test.state == WorkState::kExecuted ? 1u : 0u)
        << test.name;
  }
}

TEST(WorkEnds, WhatAnOperatorAskedForIsNoException) {
  const struct {
    const char* name;
    bool asked;
    const char* error;
    FailureKind kind;
  } kCases[] = {
      {"an exception", false, "ValueError: x", FailureKind::kException},
      {"after a request", true, "ValueError: x", FailureKind::kInterrupt},
      {"the interrupt's own", false, "InterruptProcessingException",
       FailureKind::kInterrupt},
  };
  for (const auto& test : kCases) {
    Script script = AtWork();
    if (test.asked) script.Hit("interrupt-request");
    const Story story =
        script.Hit("prompt-failed", {{"error", test.error}}).End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
    EXPECT_EQ(story.timeline.counts.interrupted,
              test.kind == FailureKind::kInterrupt ? 1u : 0u)
        << test.name;
  }
}

TEST(WorkEnds, AFailureNamesItsNode) {
  Script script = AtWork();
  script.Hit("prompt-failed", {{"node", "KSampler"}}).Hit("prompt-failed");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);  // told twice
  EXPECT_EQ(story.timeline.failures[0].node, "KSampler");
  EXPECT_EQ(story.timeline.counts.failed, 1u);
}

TEST(WorkEnds, SlowIsByTheStepAndInAll) {
  const struct {
    double step_s;
    double elapsed_s;
    bool slow;
  } kCases[] = {{60, 1500, true}, {59, 1500, false}, {60, 1499, false}};
  for (const auto& test : kCases) {
    Script script = AtWork();
    ProgressBar bar;
    bar.done = bar.total = 20;
    bar.seconds_per_step = test.step_s;
    bar.elapsed_s = test.elapsed_s;
    script.Bar(bar);
    const std::uint64_t shown = script.line();
    script.Hit("prompt-executed", {{"duration", "1 h"}});
    const Story story = script.End();
    const Failure* slow = OfKind(story, FailureKind::kSlow);
    ASSERT_EQ(slow != nullptr, test.slow)
        << test.step_s << " " << test.elapsed_s;
    if (slow == nullptr) continue;
    EXPECT_EQ(slow->quote.line, shown);
    EXPECT_EQ(slow->phase, "sampling");
    EXPECT_TRUE(slow->finished);
  }
}

TEST(WorkEnds, ABadResultOfWorkThatFailedIsNone) {
  Script script = AtWork();
  script.Hit("prompt-failed").Hit("prompt-executed", {{"duration", "1 s"}});
  EXPECT_EQ(OfKind(script.Hit("degraded").End(), FailureKind::kDegraded),
            nullptr);
}

TEST(WorkEnds, UnannouncedWorkThatSavedIsDone) {
  for (const bool saved : {true, false}) {
    Script script;
    script.Hit("load").Bar(3, 20, true);
    if (saved) script.Hit("saved");
    const Story story = script.Hit("stopped").End();
    EXPECT_EQ(story.timeline.counts.executed, saved ? 1u : 0u);
    EXPECT_EQ(OfKind(story, FailureKind::kInterrupt) == nullptr, saved);
  }
}

TEST(WorkEnds, AnImageThatIsSavedIsBuilt) {
  for (const bool build : {true, false}) {
    Script script;
    if (build) script.From(Source::kBuild);
    const Story story =
        script.Line("step 1").Hit("step-failed").Hit("saved").End();
    EXPECT_EQ(story.timeline.build_log, build);
    EXPECT_EQ(story.timeline.image_built, build);
    EXPECT_EQ(OfKind(story, FailureKind::kStep)->repaired_by.has_value(),
              build);
  }
}

TEST(WorkEnds, PromptsQueueUp) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-queued");
  script.Hit("prompt-executed", {{"duration", "1 s"}}).Hit("load");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.works.size(), 2u);
  EXPECT_EQ(story.timeline.works[0].state, WorkState::kExecuted);
  EXPECT_EQ(story.timeline.works[1].state, WorkState::kRunning);
}

// Prompt 2 was taken out of the queue: what comes later is not its work.
TEST(WorkEnds, APromptThatWasTakenOutKeepsItsNumber) {
  for (const char* first : {"load", "prompt-executed"}) {
    Script script = Started();
    script.At(10).Hit("prompt-queued").Hit("load").Hit("prompt-queued");
    script.At(20).Hit("prompt-executed", {{"duration", "10 s"}});
    script.At(500).Hit("prompt-queued").Hit(first, {{"duration", "0.1 s"}});
    const Story story = script.At(900).Hit("note").End();
    ASSERT_EQ(story.timeline.works.size(), 3u) << first;
    EXPECT_EQ(story.timeline.works[1].number, 2u) << first;
    EXPECT_EQ(story.timeline.works[1].state, WorkState::kQueued) << first;
    EXPECT_EQ(story.timeline.works[2].number, 3u) << first;
    EXPECT_EQ(story.timeline.works[2].state, first == std::string("load")
                                                 ? WorkState::kRunning
                                                 : WorkState::kExecuted)
        << first;
  }
}

TEST(WorkEnds, BadResultToldAfterThePrompt) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling");
  script.Hit("prompt-queued");  // waits
  script.At(90).Hit("prompt-executed", {{"duration", "30.00 seconds"}});
  script.Hit("degraded");
  const Story story = script.End();
  const Failure* bad = OfKind(story, FailureKind::kDegraded);
  ASSERT_NE(bad, nullptr);
  EXPECT_EQ(bad->prompt, 1u);
  EXPECT_EQ(bad->phase, "save");
}

TEST(WorkEnds, BadResultOfAFinishedPrompt) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("sampling").Hit("degraded");
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.End();
  const Failure* bad = OfKind(story, FailureKind::kDegraded);
  ASSERT_NE(bad, nullptr);
  EXPECT_TRUE(bad->finished);
}

TEST(WorkEnds, NextPromptWaitsForTheEndOfAFailedOne) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
  script.Hit("prompt-queued");  // before the failed one says "executed"
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.Hit("load").End();
  EXPECT_EQ(story.timeline.counts.executed, 0u);
  EXPECT_EQ(story.timeline.counts.failed, 1u);
  ASSERT_EQ(story.timeline.works.size(), 2u);
  EXPECT_EQ(story.timeline.works[1].state, WorkState::kRunning);
  EXPECT_FALSE(story.timeline.failures[0].repaired_by.has_value());
}

TEST(WorkEnds, NothingRunsAfterTheWorkerDied) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("worker-died");
  script.At(5000).Hit("prompt-queued").At(9000).Hit("prompt-queued");
  const Story story = script.End();
  const Failure* worker = OfKind(story, FailureKind::kWorker);
  ASSERT_NE(worker, nullptr);
  EXPECT_FALSE(worker->repaired_by.has_value());
  EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr);
  EXPECT_EQ(story.timeline.counts.prompts, 3u);
}

}  // namespace
}  // namespace logdiag
