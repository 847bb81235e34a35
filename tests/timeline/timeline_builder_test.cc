// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/timeline_builder.h"

#include <gtest/gtest.h>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(TimelineBuilder, HealthyDay) {
  Script script;
  script.Hit("banner").Hit("startup-time").Hit("total-vram").Hit("ready");
  script.Hit("prompt-queued").Hit("load", {{"work", "Flux"}});
  script.Bar(20, 20, false);
  script.Hit("prompt-executed", {{"duration", "12.00 seconds"}});
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.containers, 1u);
  EXPECT_EQ(story.timeline.counts.sessions, 1u);
  EXPECT_EQ(story.timeline.counts.prompts, 1u);
  EXPECT_EQ(story.timeline.counts.executed, 1u);
  EXPECT_TRUE(story.timeline.failures.empty());
  ASSERT_EQ(story.timeline.works.size(), 1u);
  const Work& prompt = story.timeline.works[0];
  EXPECT_EQ(prompt.state, WorkState::kExecuted);
  EXPECT_EQ(prompt.duration, "12.00 seconds");
  ASSERT_EQ(prompt.phases.size(), 3u);
  EXPECT_EQ(prompt.phases[0].phase, "prompt-validation");
  EXPECT_EQ(prompt.phases[1].phase, "model-load");
  EXPECT_EQ(prompt.phases[2].phase, "sampling");
}

TEST(TimelineBuilder, WaitingPromptsAreCounted) {
  Script script = Started();
  for (int i = 0; i < 5000; ++i) script.Hit("prompt-queued");
  for (int i = 0; i < 4999; ++i) {
    script.Hit("prompt-executed", {{"duration", "1 s"}});
  }
  const Story story = script.Hit("load").End();
  EXPECT_EQ(story.timeline.counts.prompts, 5000u);
  EXPECT_EQ(story.timeline.counts.executed, 4999u);
  EXPECT_EQ(story.timeline.works.back().number, 5000u);
  EXPECT_EQ(story.timeline.works.back().state, WorkState::kRunning);
}

TEST(TimelineBuilder, EverythingIsCapped) {
  Script script = Started();
  for (int i = 0; i < 5000; ++i) {
    script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
    script.Hit("prompt-executed", {{"duration", "1 s"}});
    if (i % 10 == 0) script.Hit("startup-time").Hit("ready");
  }
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.failed, 5000u);
  EXPECT_LE(story.timeline.works.size(), 500u);
  EXPECT_LE(story.timeline.failures.size(), 48u);
  EXPECT_LE(story.timeline.processes.size(), 65u);
  EXPECT_LE(story.timeline.milestones.size(), 120u);
  EXPECT_GT(story.timeline.milestones_dropped, 0u);
  EXPECT_EQ(story.timeline.works.back().number, 5000u);
}

}  // namespace
}  // namespace logdiag
