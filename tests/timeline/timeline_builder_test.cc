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

TEST(TimelineBuilder, SilentDeathInSampling) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
  const std::uint64_t bar_line = script.line();
  script.At(70.5).Line("").Line("==========").Hit("banner");
  const Story story = script.At(80).Hit("startup-time").End();
  const Failure* silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_EQ(silence->phase, "sampling");
  EXPECT_EQ(silence->quote.line, bar_line);
  ASSERT_TRUE(silence->restart_gap_s.has_value());
  EXPECT_DOUBLE_EQ(*silence->restart_gap_s, 10.5);
  ASSERT_TRUE(silence->bar.has_value());
  EXPECT_TRUE(silence->bar->open);
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kSilent);
  EXPECT_EQ(story.timeline.processes[0].last_line, bar_line);
  EXPECT_EQ(story.timeline.counts.sessions, 2u);
}

TEST(TimelineBuilder, BadResultToldAfterThePrompt) {
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

TEST(TimelineBuilder, AnotherMachineAfterASilentEnd) {
  for (const char* ram : {"128000", "257000"}) {
    Script script = Started();
    script.Hit("machine", {{"ram", "257010"}});
    script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
    script.At(300).Line("==========").Hit("banner").Hit("startup-time");
    const Story story = script.Hit("machine", {{"ram", ram}}).End();
    const Failure* silence = OfKind(story, FailureKind::kSilence);
    ASSERT_NE(silence, nullptr);
    EXPECT_EQ(silence->host_changed.has_value(), ram[0] == '1') << ram;
  }
}

TEST(TimelineBuilder, EndsThatAreNotSilent) {
  const struct {
    const char* marker;
    ProcessEnd end;
  } kCases[] = {
      {"restart-announced", ProcessEnd::kAnnounced},
      {"stopped", ProcessEnd::kStopped},
      {"container-stop", ProcessEnd::kStopped},
      {"process-died", ProcessEnd::kDied},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit(test.marker).Hit("banner").Hit("startup-time");
    const Story story = script.End();
    EXPECT_EQ(story.timeline.processes[0].end, test.end) << test.marker;
    EXPECT_EQ(OfKind(story, FailureKind::kSilence), nullptr) << test.marker;
  }
}

TEST(TimelineBuilder, ExitCodeOfAnOrderlyEndIsAStop) {
  for (const char* code : {"0", "130", "143"}) {
    Script script = Started();
    const Story story = script.Hit("process-died", {{"exit_code", code}}).End();
    EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kStopped) << code;
  }
}

TEST(TimelineBuilder, PromptsQueueUp) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-queued");
  script.Hit("prompt-executed", {{"duration", "1 s"}}).Hit("load");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.works.size(), 2u);
  EXPECT_EQ(story.timeline.works[0].state, WorkState::kExecuted);
  EXPECT_EQ(story.timeline.works[1].state, WorkState::kRunning);
}

TEST(TimelineBuilder, RefusalIsOfTheNewestPrompt) {
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

TEST(TimelineBuilder, StopAfterProgressIsAnInterrupt) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("sampling").At(40).Bar(3, 20, false);
  const Story story = script.At(60).Hit("stopped").End();
  EXPECT_NE(OfKind(story, FailureKind::kInterrupt), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr);
  EXPECT_EQ(story.timeline.counts.interrupted, 1u);
}

TEST(TimelineBuilder, StopAfterLongSilenceIsAHang) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load");
  script.At(300).Hit("note");  // chatter is no sign of life
  const Story story = script.At(400).Hit("stopped").End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(hang->phase, "model-load");
  EXPECT_DOUBLE_EQ(hang->silence_s.value_or(0), 390);
}

TEST(TimelineBuilder, SilenceAtTheEndNeedsOthersThatWentOn) {
  Script quiet = Started();
  quiet.At(10).Hit("prompt-queued").Hit("load");
  EXPECT_TRUE(quiet.End().timeline.failures.empty());
  Script queued = Started();
  queued.At(10).Hit("prompt-queued").Hit("load");
  queued.At(900).Hit("prompt-queued");
  EXPECT_NE(OfKind(queued.End(), FailureKind::kHang), nullptr);
}

TEST(TimelineBuilder, NothingRunsAfterTheWorkerDied) {
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

TEST(TimelineBuilder, BadResultOfAFinishedPrompt) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("sampling").Hit("degraded");
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.End();
  const Failure* bad = OfKind(story, FailureKind::kDegraded);
  ASSERT_NE(bad, nullptr);
  EXPECT_TRUE(bad->finished);
}

TEST(TimelineBuilder, NextPromptWaitsForTheEndOfAFailedOne) {
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

TEST(TimelineBuilder, ProcessThatWorksOnDidNotDie) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load");
  script.Hit("process-died");  // a child of it, as it turns out
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.End();
  const Failure* death = OfKind(story, FailureKind::kDeath);
  ASSERT_NE(death, nullptr);
  EXPECT_TRUE(death->repaired_by.has_value());
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kRunning);
}

TEST(TimelineBuilder, OtherClocksAreNotCompared) {
  Script script = Started();
  script.At(1000).Hit("prompt-queued").Hit("sampling");
  script.Monotonic(77).Hit("symptom");
  script.At(1010).Hit("banner");
  const Failure* silence = nullptr;
  const Story story = script.End();
  silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_FALSE(silence->restart_gap_s.has_value());
  EXPECT_EQ(story.timeline.first_ns, 0);
  EXPECT_EQ(story.timeline.last_ns, 1'010'000'000'000);
}

TEST(TimelineBuilder, ClockThatWasSetBackGivesNoGap) {
  Script script = Started();
  script.At(5000).Hit("prompt-queued").Hit("sampling");
  const Story story = script.At(900).Hit("banner").End();
  const Failure* silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_FALSE(silence->restart_gap_s.has_value());
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

TEST(EndOfLog, GivenExitCodeEndsTheProcess) {
  const struct {
    int code;
    FailureKind kind;
    bool dies;
  } kCases[] = {
      {137, FailureKind::kDeath, true},
      {139, FailureKind::kDeath, true},
      {143, FailureKind::kInterrupt, true},
      {0, FailureKind::kDeath, false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
    Given given;
    given.exit_code = test.code;
    const Story story = script.Knowing(given).End();
    const Failure* end = OfKind(story, test.kind);
    EXPECT_EQ(end != nullptr, test.dies) << test.code;
    if (end == nullptr) continue;
    EXPECT_EQ(end->phase, "sampling") << test.code;
  }
}

TEST(EndOfLog, GivenExitCodeDoesNotHideWhatIsProved) {
  // A dead worker, a proved hang and an exception stay the incident.
  const struct {
    const char* marker;
    FailureKind kind;
  } kCases[] = {{"worker-died", FailureKind::kWorker},
                {"prompt-failed", FailureKind::kException}};
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Hit(test.marker);
    Given given;
    given.exit_code = 137;
    const Story story = script.Knowing(given).End();
    EXPECT_NE(OfKind(story, test.kind), nullptr) << test.marker;
    EXPECT_EQ(OfKind(story, FailureKind::kDeath), nullptr) << test.marker;
  }
}

TEST(EndOfLog, CollectionProvesNothingOfAnEndedProcess) {
  for (const char* marker : {"restart-announced", "stopped", "process-died"}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").At(80).Hit(marker);
    Given given;
    given.collected_at_ns = 20'000'000'000'000;
    const Story story = script.Knowing(given).End();
    EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr) << marker;
  }
}

TEST(EndOfLog, GivenExitCodeIsThatOfTheSilentEnd) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
  script.At(70).Line("==========").Hit("banner");
  script.Hit("startup-time").Hit("ready");
  Given given;
  given.exit_code = 137;
  const Story story = script.Knowing(given).End();
  EXPECT_NE(OfKind(story, FailureKind::kSilence), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kDeath), nullptr);
}

TEST(EndOfLog, TimeOfCollectionProvesAHang) {
  for (const double hours : {0.05, 2.0}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
    Given given;
    given.collected_at_ns =
        static_cast<std::int64_t>(hours * 3600e9) + 60'000'000'000;
    const Story story = script.Knowing(given).End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, hours > 1) << hours;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, HangProof::kCollected);
    EXPECT_DOUBLE_EQ(*hang->silence_s, hours * 3600);
  }
}

}  // namespace
}  // namespace logdiag
