// SPDX-License-Identifier: Apache-2.0
// The end of the log, and what the user knows about it.
#include "analyzer/timeline/endings/log_end.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analyzer/timeline/endings/silence.h"
#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(LogEnd, GivenExitCodeEndsTheProcess) {
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

TEST(LogEnd, GivenExitCodeDoesNotHideWhatIsProved) {
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

TEST(LogEnd, GivenExitCodeIsThatOfTheSilentEnd) {
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

TEST(LogEnd, AnExitCodeOfAnIdleServer) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    std::size_t failures;
    FailureKind last;
  } kCases[] = {
      {"nothing was wrong", {}, 1, FailureKind::kDeath},
      {"an earlier failure is what it is about",
       {"prompt-queued", "load", "prompt-failed", "prompt-executed"},
       1,
       FailureKind::kException},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    for (const std::string& line : test.lines) {
      script.Hit(line, {{"duration", "1 s"}});
    }
    Given given;
    given.exit_code = 137;
    const Story story = script.Knowing(given).End();
    ASSERT_EQ(story.timeline.failures.size(), test.failures) << test.name;
    EXPECT_EQ(story.timeline.failures.back().kind, test.last) << test.name;
  }
}

TEST(LogEnd, ThePlatformsFlagIsAKill) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("sampling");
  Given given;
  given.oom_killed = true;
  const Story story = script.Knowing(given).End();
  const Failure* death = OfKind(story, FailureKind::kDeath);
  ASSERT_NE(death, nullptr);
  // It is a given fact, not one of the log.
  EXPECT_FALSE(death->exit_code.has_value());
  EXPECT_TRUE(death->end_given);
}

TEST(LogEnd, AnExitCodeOfAStart) {
  Script script;
  script.Hit("banner").Hit("startup-time").Hit("import");
  Given given;
  given.exit_code = 1;
  const Story story = script.Knowing(given).End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].kind, FailureKind::kStartup);
  EXPECT_FALSE(story.timeline.failures[0].exit_code.has_value());
}

TEST(LogEnd, AnExitCodeOfAStartThatHung) {
  Script script;
  script.Hit("banner").Hit("startup-time").Hit("import");
  script.At(400).Hit("note");
  Given given;
  given.exit_code = 137;
  const Story story = script.Knowing(given).End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].kind, FailureKind::kHang);
}

TEST(LogEnd, CollectionProvesNothingOfAnEndedProcess) {
  for (const char* marker : {"restart-announced", "stopped", "process-died"}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").At(80).Hit(marker);
    Given given;
    given.collected_at_ns = 20'000'000'000'000;
    const Story story = script.Knowing(given).End();
    EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr) << marker;
  }
}

TEST(LogEnd, TimeOfCollectionProvesAHang) {
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

TEST(LogEnd, AWatcherProvesAHangAndKnowsWhenItWill) {
  for (const bool clock : {true, false}) {
    for (const double quiet_s : {40.0, 4000.0}) {
      Script script;
      if (!clock) script.WithoutClock();
      script.Hit("startup-time").Hit("total-vram").Hit("ready");
      script.Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
      Given given;
      given.quiet_ns = static_cast<std::int64_t>(quiet_s * 1e9);
      const Story story = script.Knowing(given).End();
      const Failure* hang = OfKind(story, FailureKind::kHang);
      ASSERT_EQ(hang != nullptr, quiet_s > 1000) << clock << quiet_s;
      ASSERT_EQ(story.hang_in_s.has_value(), hang == nullptr) << clock;
      if (hang == nullptr) {
        EXPECT_DOUBLE_EQ(*story.hang_in_s, kOthersWentOnFor_s - quiet_s);
        continue;
      }
      EXPECT_EQ(hang->proof, HangProof::kCollected);
      EXPECT_DOUBLE_EQ(*hang->silence_s, quiet_s);
    }
  }
}

TEST(LogEnd, NothingThatIsOpenCanHang) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Hit("prompt-executed");
  Given given;
  given.quiet_ns = 1;
  EXPECT_FALSE(script.Knowing(given).End().hang_in_s.has_value());
}

TEST(LogEnd, SilenceAtTheEndNeedsOthersThatWentOn) {
  Script quiet = Started();
  quiet.At(10).Hit("prompt-queued").Hit("load");
  EXPECT_TRUE(quiet.End().timeline.failures.empty());
  Script queued = Started();
  queued.At(10).Hit("prompt-queued").Hit("load");
  queued.At(900).Hit("prompt-queued");
  EXPECT_NE(OfKind(queued.End(), FailureKind::kHang), nullptr);
}

TEST(LogEnd, SevenDaysOfSilenceProveNothing) {
  for (const double days : {6.0, 8.0}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("load");
    script.At(60 + days * 86400).Hit("prompt-queued");
    EXPECT_EQ(OfKind(script.End(), FailureKind::kHang) != nullptr, days < 7)
        << days;
  }
}

TEST(LogEnd, AnUnnoticedTurnOfTheQueue) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load").Hit("prompt-queued");
  script.At(20).Hit("prompt-executed", {{"duration", "10 s"}});
  const Story story = script.At(900).Hit("note").End();
  // Whether the second one has begun is not known.
  EXPECT_EQ(story.timeline.works.back().state, WorkState::kQueued);
  EXPECT_TRUE(story.timeline.failures.empty());
}

TEST(LogEnd, AStartThatIsLeftInTrouble) {
  const struct {
    const char* name;
    std::function<void(Script*)> print;
    bool failed;
  } kCases[] = {
      {"nothing is wrong", [](Script*) {}, false},
      {"a symptom in the last lines", [](Script* s) { s->Hit("symptom"); },
       true},
      {"work that was done after it",
       [](Script* s) { s->Hit("symptom").Hit("download-done"); }, false},
      {"a symptom long ago", [](Script* s) { s->Hit("symptom").Lines(40); },
       false},
      {"a trouble in the last lines", [](Script* s) { s->Error("no x"); },
       true},
      {"it became ready", [](Script* s) { s->Hit("symptom").Hit("ready"); },
       false},
      {"it works", [](Script* s) { s->Hit("symptom").Hit("load"); }, false},
      {"it was stopped", [](Script* s) { s->Hit("symptom").Hit("stopped"); },
       false},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("banner").Hit("startup-time");
    test.print(&script);
    const Story story = script.End();
    EXPECT_EQ(OfKind(story, FailureKind::kStartup) != nullptr, test.failed)
        << test.name;
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble), nullptr) << test.name;
  }
}

TEST(LogEnd, APasteOfNothingButASymptom) {
  const struct {
    const char* name;
    std::function<void(Script*)> print;
    bool trouble;
  } kCases[] = {
      {"alone", [](Script* s) { s->Hit("symptom"); }, true},
      {"with lines around it",
       [](Script* s) { s->Lines(3).Hit("symptom").Lines(3); }, true},
      {"far from the end", [](Script* s) { s->Hit("symptom").Lines(40); },
       false},
      {"in a log of work",
       [](Script* s) { s->Hit("training-begins").Hit("symptom"); }, false},
      {"after work that was done",
       [](Script* s) { s->Hit("training-done").Hit("symptom"); }, false},
      {"a failure tells it",
       [](Script* s) { s->Hit("symptom").Hit("step-failed"); }, false},
  };
  for (const auto& test : kCases) {
    Script script;
    test.print(&script);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    ASSERT_EQ(trouble != nullptr, test.trouble) << test.name;
    if (trouble == nullptr) continue;
    EXPECT_TRUE(trouble->stated) << test.name;
    EXPECT_EQ(trouble->headline.text, "symptom") << test.name;
  }
}

TEST(LogEnd, OtherWorkIsDoneWhenItsBarIsFull) {
  const struct {
    const char* name;
    const char* begins;
    std::int64_t done;
    bool open;
  } kCases[] = {{"full", "training-begins", 20, false},
                {"not full", "training-begins", 19, true},
                {"of a job", "job-queued", 20, true}};
  for (const auto& test : kCases) {
    Script script;
    script.Hit("startup-time").Hit(test.begins);
    script.Bar(test.done, 20, false);
    EXPECT_EQ(script.End().timeline.work_open, test.open) << test.name;
  }
}

TEST(LogEnd, RestartsThatThePlatformCounts) {
  Script script;
  for (const char* count : {"2", "5", "4", "", "-1"}) {
    script.Hit("restart-count", {{"restarts", count}});
  }
  EXPECT_EQ(script.End().timeline.restarts, 5u);
}

TEST(LogEnd, ABystanderKeepsNoWorkOpen) {
  Script script;
  script.Hit("startup-time").Hit("training-begins");
  script.Raise(MakeTraceback("OSError", "x", "/c/a.py", "run", "/c/web.py"));
  const Story story = script.Bar(20, 20, false).End();
  EXPECT_FALSE(story.timeline.work_open);
}

}  // namespace
}  // namespace logdiag
