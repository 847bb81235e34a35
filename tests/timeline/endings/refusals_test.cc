// SPDX-License-Identifier: Apache-2.0
// Prompts and outputs that are refused before they run.
#include "analyzer/timeline/endings/refusals.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(Refusals, ReasonsAreKeptWithTheNodeThatTheyAreAbout) {
  Script script = Started();
  script.Hit("prompt-queued")
      .Line("- before the refusal")
      .Hit("output-rejected")
      .Line("* (prompt):")
      .Line("  - Required input is missing: images")
      .Line("* PreviewImage 61:")
      .Line("  - Required input is missing: images")
      .Line("  - Value 9 smaller than min of 64: width")
      .Line("Output will be ignored")
      .Line("- a list of something else")
      .Hit("output-rejected")
      .Line("* PreviewImage 61:")
      .Line("  - Required input is missing: images")
      .Hit("prompt-rejected");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  std::vector<std::string> told;
  for (const Refusal& refusal : story.timeline.failures[0].refusals) {
    told.push_back(refusal.node + " | " + refusal.quote.text);
  }
  EXPECT_EQ(told, (std::vector<std::string>{
                      "(prompt) | Required input is missing: images",
                      "PreviewImage 61 | Required input is missing: images",
                      "PreviewImage 61 | Value 9 smaller than min of 64: "
                      "width"}));
}

TEST(Refusals, ReasonsAreOfOnePromptAndCapped) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("output-rejected").Line("* A 1:");
  for (int i = 0; i < 30; ++i) script.Line("- reason " + std::to_string(i));
  script.Hit("prompt-rejected").Hit("prompt-queued").Hit("output-rejected");
  script.Line("* B 2:").Line("- other").Hit("prompt-rejected");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.failures.size(), 2u);
  EXPECT_EQ(story.timeline.failures[0].refusals.size(), 12u);
  ASSERT_EQ(story.timeline.failures[1].refusals.size(), 1u);
  EXPECT_EQ(story.timeline.failures[1].refusals[0].node, "B 2");
}

TEST(Refusals, WhatWasRefused) {
  const struct {
    const char* name;
    std::vector<std::string> lines;  // after "got prompt"
    FailureKind kind;
    bool finished;
    WorkState state;
  } kCases[] = {
      {"the prompt",
       {"prompt-rejected"},
       FailureKind::kRejected,
       false,
       WorkState::kRejected},
      {"an output, and so the prompt",
       {"output-rejected", "prompt-rejected"},
       FailureKind::kRejected,
       false,
       WorkState::kRejected},
      {"all outputs, and so the prompt",
       {"output-rejected", "output-rejected", "prompt-rejected"},
       FailureKind::kRejected,
       false,
       WorkState::kRejected},
      {"an output; the rest runs",
       {"output-rejected", "load"},
       FailureKind::kOutput,
       false,
       WorkState::kRunning},
      {"an output; the rest ran",
       {"output-rejected", "prompt-executed"},
       FailureKind::kOutput,
       true,
       WorkState::kExecuted},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("prompt-queued");
    for (const std::string& line : test.lines) {
      script.Hit(line, {{"duration", "1 s"}});
    }
    const Story story = script.End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    const Failure& failure = story.timeline.failures[0];
    EXPECT_EQ(failure.kind, test.kind) << test.name;
    EXPECT_EQ(failure.finished, test.finished) << test.name;
    EXPECT_EQ(failure.phase, "prompt-validation") << test.name;
    EXPECT_EQ(failure.prompt, 1u) << test.name;
    ASSERT_EQ(story.timeline.works.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.works[0].state, test.state) << test.name;
  }
}

TEST(Refusals, RefusalIsOfTheNewestPrompt) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load");
  script.Hit("prompt-queued").Hit("output-rejected").Hit("prompt-rejected");
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.failed, 1u);
  EXPECT_EQ(story.timeline.counts.executed, 1u);
  const Failure* refused = OfKind(story, FailureKind::kRejected);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->prompt, 2u);
  EXPECT_EQ(OfKind(story, FailureKind::kOutput), nullptr);
}

TEST(Refusals, ARefusalOfNoKnownPrompt) {
  for (const int lines : {2, 80}) {
    Script script = Started();
    script.Hit("prompt-rejected").Lines(lines).Hit("prompt-rejected");
    const Story story = script.End();
    // Several lines tell of one refusal.
    EXPECT_EQ(CountOf(story, FailureKind::kRejected), lines < 60 ? 1u : 2u)
        << lines;
    EXPECT_EQ(story.timeline.counts.failed, 0u);
    EXPECT_EQ(story.timeline.processes[0].phase, "idle");
  }
}

TEST(Refusals, ItsTracebackIsItsReason) {
  Script script = Started();
  script.Hit("prompt-queued");
  script.Raise(MakeTraceback("KeyError", "seed", "/c/execution.py", "validate",
                             "/c/custom_nodes/pack-a/a.py"));
  const Story story = script.Hit("prompt-rejected").End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].pack, "pack-a");
}

TEST(Refusals, WhatRunsIsNotRefused) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-rejected");
  const Story story = script.End();
  const Failure* refused = OfKind(story, FailureKind::kRejected);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->prompt, 0u);
  ASSERT_EQ(story.timeline.works.size(), 1u);
  EXPECT_EQ(story.timeline.works[0].state, WorkState::kRunning);
}

}  // namespace
}  // namespace logdiag
