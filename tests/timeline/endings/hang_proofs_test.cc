// SPDX-License-Identifier: Apache-2.0
// Silences of work or of a start that are proved.
#include "analyzer/timeline/endings/hang_proofs.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(HangProofs, StopAfterProgressIsAnInterrupt) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("sampling").At(40).Bar(3, 20, false);
  const Story story = script.At(60).Hit("stopped").End();
  EXPECT_NE(OfKind(story, FailureKind::kInterrupt), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr);
  EXPECT_EQ(story.timeline.counts.interrupted, 1u);
}

TEST(HangProofs, StopAfterLongSilenceIsAHang) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load");
  script.At(300).Hit("note");  // chatter is no sign of life
  const Story story = script.At(400).Hit("stopped").End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(hang->phase, "model-load");
  EXPECT_DOUBLE_EQ(hang->silence_s.value_or(0), 390);
}

TEST(HangProofs, WhoeverEndsItAfterALongSilence) {
  const struct {
    const char* marker;
    double after_s;
    std::optional<HangProof> proof;  // nullopt: no hang
  } kCases[] = {
      {"stopped", 170, std::nullopt},
      {"stopped", 200, HangProof::kClock},
      {"container-stop", 200, HangProof::kClock},
      {"restart-announced", 200, HangProof::kClock},
      {"job-failed", 200, std::nullopt},
      {"job-failed", 310, HangProof::kClock},
      {"banner", 310, std::nullopt},  // the silence lies after the last line
      {"stopped", 8 * 86400.0, std::nullopt},
  };
  for (const auto& test : kCases) {
    Script script = AtWork();
    const Story story = script.At(10 + test.after_s).Hit(test.marker).End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    ASSERT_EQ(hang != nullptr, test.proof.has_value())
        << test.marker << " after " << test.after_s;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, *test.proof) << test.marker;
    EXPECT_DOUBLE_EQ(*hang->silence_s, test.after_s) << test.marker;
  }
}

TEST(HangProofs, AWaiterThatGaveUp) {
  for (const bool goes_on : {false, true}) {
    Script script = AtWork();
    script.At(100).Hit("timed-out");
    if (goes_on) script.Bar(1, 20, true);
    const Story story = script.End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    ASSERT_EQ(hang != nullptr, !goes_on);
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, HangProof::kWaiter);
    EXPECT_EQ(hang->headline.text, "timed-out");
    EXPECT_FALSE(hang->silence_s.has_value());
  }
}

TEST(HangProofs, AnInterruptThatNothingFollows) {
  const struct {
    const char* name;
    double after_s;
    bool hang;
  } kCases[] = {{"at once", 5, false}, {"half a minute later", 40, true}};
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(10).Hit("prompt-queued").Hit("sampling");
    ProgressBar bar;
    bar.done = 5;
    bar.total = 20;
    bar.seconds_per_step = 1;
    bar.elapsed_s = 5;
    bar.open = true;
    script.At(15).Bar(bar).At(16).Hit("interrupt-request");
    const Story story = script.At(16 + test.after_s).Hit("stopped").End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, test.hang) << test.name;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, HangProof::kInterrupt) << test.name;
    EXPECT_DOUBLE_EQ(*hang->silence_s, test.after_s) << test.name;
  }
}

TEST(HangProofs, ValidationTakesMoments) {
  Script script = Started();
  script.At(10).Hit("prompt-queued");
  const Story story = script.At(400).Hit("stopped").End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(hang->phase, "model-load");
  EXPECT_TRUE(hang->phase_inferred);
}

TEST(HangProofs, AStartThatHangs) {
  const struct {
    const char* name;
    const char* marker;
    double at_s;
    bool clock;
    bool hang;
  } kCases[] = {
      {"a handler gives up", "job-failed", 400, true, true},
      {"too early", "job-failed", 200, true, false},
      {"too early to say", "stopped", 100, true, false},
      {"a waiter gives up", "timed-out", 400, true, true},
      {"a waiter was impatient", "timed-out", 100, true, false},
      {"a waiter in a log without a clock", "timed-out", 0, false, true},
      {"a step of the clock", "job-failed", 8 * 86400, true, false},
      {"a step of the clock at a stop", "stopped", 300 * 86400, true, false},
  };
  for (const auto& test : kCases) {
    Script script;
    if (!test.clock) script.WithoutClock();
    script.Hit("banner").Hit("startup-time").Hit("import");
    if (test.clock) script.At(test.at_s);
    const Story story = script.Hit(test.marker).End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, test.hang) << test.name;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->phase, "custom-node-import") << test.name;
    EXPECT_EQ(hang->proof, test.clock ? HangProof::kClock : HangProof::kWaiter)
        << test.name;
  }
}

TEST(HangProofs, TheOperatorGivesAStartUp) {
  Script script;
  script.Hit("banner").Hit("startup-time").Hit("import");
  const Story story = script.At(200).Hit("stopped").End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_DOUBLE_EQ(hang->silence_s.value_or(0), 200);
  EXPECT_EQ(OfKind(story, FailureKind::kInterrupt), nullptr);
}

TEST(HangProofs, AHangIsToldOnce) {
  Script script = AtWork();
  script.At(400).Hit("job-failed").At(800).Hit("stopped");
  EXPECT_EQ(CountOf(script.End(), FailureKind::kHang), 1u);
}

TEST(HangProofs, WhatWasCutShortAfterTheMainModel) {
  const struct {
    const char* name;
    const char* group;
    const char* phase;
  } kCases[] = {{"its sampling", "work", "sampling"},
                {"still the load", "aux", "model-load"}};
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("prompt-queued").Hit("load", {{test.group, "a model"}});
    const Story story = script.Hit("prompt-interrupted").End();
    const Failure* cut = OfKind(story, FailureKind::kInterrupt);
    ASSERT_NE(cut, nullptr) << test.name;
    EXPECT_EQ(cut->phase, test.phase) << test.name;
  }
}

TEST(HangProofs, OtherWorkHangsToo) {
  const struct {
    const char* begins;
    bool hang;
  } kCases[] = {{"training-begins", true},
                {"download-begins", true},
                {"job-queued", false}};  // it waits for the server beside it
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(10).Hit(test.begins).At(800).Hit("note");
    EXPECT_EQ(OfKind(script.End(), FailureKind::kHang) != nullptr, test.hang)
        << test.begins;
  }
}

TEST(HangProofs, AWaiterForOtherWorkThatGaveUp) {
  Script script = Started();
  script.At(10).Hit("request-begins").At(60).Hit("timed-out");
  const Story story = script.End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(hang->proof, HangProof::kWaiter);
}

}  // namespace
}  // namespace logdiag
