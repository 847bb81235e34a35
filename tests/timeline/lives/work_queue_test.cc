// SPDX-License-Identifier: Apache-2.0
// The queue of prompts, and the work around them.
#include "analyzer/timeline/lives/work_queue.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Event At(std::uint64_t line) { return HitAt("prompt-queued", line); }

TEST(WorkQueue, OneRunsAndTheOthersWait) {
  WorkQueue queue;
  EXPECT_EQ(queue.running(), nullptr);
  EXPECT_EQ(queue.newest(), nullptr);
  queue.Queue(At(1));
  queue.Queue(At(2));
  ASSERT_NE(queue.running(), nullptr);
  EXPECT_EQ(queue.running()->work.number, 1u);
  EXPECT_EQ(queue.running()->work.state, WorkState::kRunning);
  EXPECT_FALSE(queue.running()->began_after_another);
  EXPECT_EQ(queue.newest()->number, 2u);
  EXPECT_EQ(queue.newest()->state, WorkState::kQueued);
  const std::optional<RunningWork> finished = queue.Finish(At(9));
  ASSERT_TRUE(finished.has_value());
  EXPECT_EQ(finished->work.end_line, 9u);
  EXPECT_EQ(queue.running()->work.number, 2u);
  EXPECT_TRUE(queue.running()->began_after_another);
  EXPECT_FALSE(queue.any_waiting());
}

// A prompt that is taken out of the queue leaves no line. One that begins at
// once when it arrives shows that nothing else was there.
TEST(WorkQueue, WhatWasTakenOutOfTheQueue) {
  const struct {
    const char* name;
    double arrives;  // seconds; the one before it ended at 10
    bool seen;       // the one that should run since then was
    double begins;
    std::uint64_t line;  // the arrival is in line 4
    std::size_t dropped;
  } kCases[] = {
      {"it begins at once", 100, false, 101, 5, 2},
      {"the one before may have just begun", 30, false, 31, 5, 0},
      {"the one before runs", 100, true, 101, 5, 0},
      {"it begins later", 100, false, 130, 5, 0},
      {"other lines came first", 100, false, 101, 40, 0},
  };
  for (const auto& test : kCases) {
    const auto at = [](std::uint64_t line, double seconds) {
      Event event = At(line);
      event.time_ns = static_cast<std::int64_t>(seconds * 1e9);
      return event;
    };
    WorkQueue queue;
    queue.Queue(at(1, 1));
    queue.Queue(at(2, 2));
    queue.Queue(at(3, 2));
    queue.Finish(at(3, 10));
    if (test.seen) EnterPhase("model-load", at(3, 11), &queue.running()->work);
    queue.Queue(at(4, test.arrives));
    const std::vector<Work> dropped =
        queue.DropUnseen(at(test.line, test.begins));
    ASSERT_EQ(dropped.size(), test.dropped) << test.name;
    ASSERT_NE(queue.running(), nullptr) << test.name;
    EXPECT_EQ(queue.running()->work.number, test.dropped == 0 ? 2u : 4u)
        << test.name;
    EXPECT_EQ(queue.any_waiting(), test.dropped == 0) << test.name;
    if (dropped.empty()) continue;
    EXPECT_EQ(dropped[0].number, 2u);
    EXPECT_EQ(dropped[1].number, 3u);
    EXPECT_EQ(dropped[0].state, WorkState::kQueued);
    EXPECT_FALSE(queue.running()->began_after_another);
    // It is told once.
    EXPECT_TRUE(queue.DropUnseen(at(test.line + 1, test.begins)).empty());
  }
}

TEST(WorkQueue, WhatCanBeRefused) {
  const struct {
    const char* name;
    int queued;
    std::vector<std::string> phases;  // of the one that runs
    std::uint64_t refused;            // its number; 0 = none
  } kCases[] = {
      {"nothing arrived", 0, {}, 0},
      {"the one that runs, before its validation", 1, {}, 1},
      {"in its validation", 1, {"prompt-validation"}, 1},
      {"past it", 1, {"prompt-validation", "model-load"}, 0},
      {"the newest that waits", 3, {"prompt-validation", "model-load"}, 3},
  };
  for (const auto& test : kCases) {
    WorkQueue queue;
    for (int i = 0; i < test.queued; ++i) queue.Queue(At(1));
    for (const std::string& phase : test.phases) {
      EnterPhase(phase, At(2), &queue.running()->work);
    }
    const std::optional<Work> refused = queue.RejectNewest(5);
    ASSERT_EQ(refused.has_value(), test.refused != 0) << test.name;
    if (!refused) continue;
    EXPECT_EQ(refused->number, test.refused) << test.name;
    EXPECT_EQ(refused->state, WorkState::kRejected) << test.name;
    EXPECT_EQ(refused->end_line, 5u) << test.name;
  }
}

TEST(WorkQueue, UnannouncedWorkIsNoPrompt) {
  WorkQueue queue;
  queue.RunImplicit(At(3));
  EXPECT_TRUE(queue.running()->implicit);
  EXPECT_EQ(queue.running()->work.number, 0u);
  EXPECT_FALSE(queue.RejectNewest(4).has_value());
  queue.Queue(At(4));
  EXPECT_TRUE(queue.any_waiting());
  const std::vector<Work> left = queue.Abandon();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].number, 1u);
}

TEST(WorkQueue, AnEndLeavesNothingOpen) {
  WorkQueue queue;
  queue.Queue(At(1));
  queue.Queue(At(2));
  queue.BeginOuter(WorkKind::kJob, At(1));
  queue.set_worker_dead();
  EXPECT_EQ(queue.Abandon().size(), 2u);
  EXPECT_EQ(queue.running(), nullptr);
  EXPECT_EQ(queue.outer(), nullptr);
  EXPECT_FALSE(queue.worker_dead());
  EXPECT_FALSE(queue.any_waiting());
  queue.Queue(At(9));  // numbers count on
  EXPECT_EQ(queue.running()->work.number, 3u);
}

TEST(WorkQueue, OuterWorkHoldsPrompts) {
  WorkQueue queue;
  queue.BeginOuter(WorkKind::kJob, At(1));
  queue.Queue(At(2));
  queue.Finish(At(3));
  ASSERT_NE(queue.outer(), nullptr);
  EXPECT_EQ(queue.outer()->work.kind, WorkKind::kJob);
  EXPECT_EQ(queue.outer()->work.queued_line, 1u);
  queue.EndOuter();
  EXPECT_EQ(queue.outer(), nullptr);
}

TEST(WorkQueue, OfManyThatWaitOnlyTheNumberIsKept) {
  WorkQueue queue;
  const std::uint64_t arrived = WorkQueue::kMaxWaiting + 10;
  for (std::uint64_t i = 1; i <= arrived; ++i) queue.Queue(At(i));
  for (std::uint64_t i = 1; i < arrived; ++i) {
    ASSERT_EQ(queue.running()->work.number, i);
    queue.Finish(At(arrived + i));
  }
  EXPECT_EQ(queue.running()->work.number, arrived);
  EXPECT_FALSE(queue.any_waiting());
}

TEST(WorkQueue, PhasesAndWorkAreListedOnce) {
  Work work;
  for (const char* phase : {"model-load", "model-load", "sampling"}) {
    EnterPhase(phase, At(1), &work);
  }
  EXPECT_EQ(work.phases.size(), 2u);
  for (int i = 0; i < 100; ++i) {
    EnterPhase(i % 2 == 0 ? "model-load" : "sampling", At(1), &work);
    AddWork("model " + std::to_string(i / 2), &work.work);
  }
  EXPECT_EQ(work.phases.size(), WorkQueue::kMaxPhases);
  EXPECT_EQ(work.work.size(), WorkQueue::kMaxWork);
  EXPECT_EQ(work.work[1], "model 1");
}

}  // namespace
}  // namespace logdiag
