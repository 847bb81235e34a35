// SPDX-License-Identifier: Apache-2.0
// Trouble that nothing else claims.
#include "analyzer/timeline/troubles/unclaimed.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Traceback ErrorIn(const std::string& file = "/c/custom_nodes/pack-a/a.py") {
  return MakeTraceback("ValueError", "boom", "/c/execution.py", "run", file);
}

TEST(Unclaimed, WhatIsATrouble) {
  const struct {
    const char* name;
    std::function<void(Script*)> print;
    bool trouble;
    bool stated;
  } kCases[] = {
      {"a traceback", [](Script* s) { s->Raise(ErrorIn()); }, true, false},
      {"a line of level ERROR", [](Script* s) { s->Error("no x"); }, true,
       false},
      {"an error that is stated", [](Script* s) { s->Hit("error"); }, true,
       true},
      {"a line that nobody knows", [](Script* s) { s->Line("no x"); }, false,
       false},
      {"one that is known to be harmless",
       [](Script* s) { s->RaiseWith(ErrorIn(), "note"); }, false, false},
      {"one with a symptom in it",
       [](Script* s) { s->RaiseWith(ErrorIn(), "symptom"); }, true, true},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    test.print(&script);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    EXPECT_EQ(trouble != nullptr, test.trouble) << test.name;
    if (trouble == nullptr) continue;
    EXPECT_EQ(trouble->stated, test.stated) << test.name;
    EXPECT_FALSE(trouble->repaired_by.has_value()) << test.name;
    EXPECT_TRUE(trouble->serving) << test.name;
    EXPECT_FALSE(trouble->working) << test.name;
  }
}

// A job of which nothing but its own end tells afterwards.
TEST(Unclaimed, WordsFromBeforeTheWorkAreNotOfItsException) {
  Script script = Started();
  script.Hit("error", {{"message", "no x, looking for y"}});
  script.Hit("job-queued").Raise(ErrorIn()).Hit("job-finished");
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.others_done, 0u);
  ASSERT_EQ(CountOf(story, FailureKind::kTrouble), 2u);
  EXPECT_FALSE(story.timeline.failures[1].repaired_by.has_value());
}

TEST(Unclaimed, AnErrorSaysWhatItIs) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load");
  script.Hit("error", {{"type", "ValueError"}, {"node", "KSampler"}});
  script.Hit("error", {{"message", "bad shape"}});
  const Story story = script.End();
  ASSERT_EQ(CountOf(story, FailureKind::kTrouble), 1u);
  const Failure& trouble = *OfKind(story, FailureKind::kTrouble);
  EXPECT_TRUE(trouble.working);
  EXPECT_EQ(trouble.node, "KSampler");
  EXPECT_EQ(trouble.phase, "sampling");  // by the node
  ASSERT_TRUE(trouble.traceback.has_value());
  EXPECT_EQ(trouble.traceback->chain[0].type, "ValueError");
  EXPECT_EQ(trouble.traceback->chain[0].message, "bad shape");
  EXPECT_EQ(trouble.quote.line, script.line());
}

TEST(Unclaimed, WordsOfFailureBelowAWarningAreAChoice) {
  for (const Level level : {Level::kDebug, Level::kInfo, Level::kNone,
                            Level::kWarning, Level::kError}) {
    Script script;
    script.Say(level, "Unable to use the fast path", "error");
    const Story story = script.End();
    const bool calm = level == Level::kDebug || level == Level::kInfo;
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble) == nullptr, calm)
        << static_cast<int>(level);
  }
}

TEST(Unclaimed, AComplaintLeadsUnlessTheProgramGoesOn) {
  for (const int lines : {0, 7, 8}) {
    Script script = Started();
    script.Hit("complaint").Lines(lines);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    ASSERT_NE(trouble, nullptr) << lines;
    EXPECT_EQ(trouble->repaired_by.has_value(), lines >= 8) << lines;
  }
}

TEST(Unclaimed, WhatTheProgramCallsAWarningLeadsUnlessItGoesOn) {
  for (const Level level : {Level::kNone, Level::kWarning}) {
    Script script = Started();
    script.Say(level, "Unable to use the fast path", "error").Lines(8);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    ASSERT_NE(trouble, nullptr);
    EXPECT_EQ(trouble->repaired_by.has_value(), level == Level::kWarning);
  }
}

TEST(Unclaimed, AnErrorAfterAComplaintStays) {
  Script script = Started();
  script.Hit("complaint").Error("it broke").Lines(20);
  const Story story = script.End();
  EXPECT_FALSE(OfKind(story, FailureKind::kTrouble)->repaired_by.has_value());
}

TEST(Unclaimed, AWarningIsOneFinding) {
  Script script = Started();
  script.Hit("warning").Hit("warning").Hit("warning");
  const Story story = script.End();
  EXPECT_EQ(CountOf(story, FailureKind::kTrouble), 1u);
  EXPECT_TRUE(OfKind(story, FailureKind::kTrouble)->repaired_by.has_value());
}

TEST(Unclaimed, LinesThatStandTogetherAreOneTrouble) {
  const struct {
    const char* name;
    int between;
    std::size_t troubles;
    std::uint64_t repeats;
  } kCases[] = {
      {"close", 3, 1, 2},
      {"far apart", 40, 3, 0},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    for (int i = 0; i < 3; ++i) script.Error("no x").Lines(test.between);
    const Story story = script.End();
    EXPECT_EQ(CountOf(story, FailureKind::kTrouble), test.troubles)
        << test.name;
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble)->repeats, test.repeats)
        << test.name;
  }
}

TEST(Unclaimed, AnExceptionExplainsTheErrorsBeforeIt) {
  Script script = Started();
  script.Error("could not do it");
  const std::uint64_t first = script.line();
  const Story story = script.Line("").Raise(ErrorIn()).End();
  ASSERT_EQ(CountOf(story, FailureKind::kTrouble), 1u);
  const Failure& trouble = *OfKind(story, FailureKind::kTrouble);
  EXPECT_EQ(trouble.first_line, first);
  EXPECT_EQ(trouble.headline.text, "could not do it");
  EXPECT_EQ(trouble.quote.text, "ValueError: boom");
  EXPECT_EQ(trouble.pack, "pack-a");
}

TEST(Unclaimed, BystandersNeverLead) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Error("no x");
  script.Raise(ErrorIn("/c/web.py"));
  const Story story = script.End();
  ASSERT_EQ(CountOf(story, FailureKind::kTrouble), 2u);
  for (const Failure& failure : story.timeline.failures) {
    EXPECT_EQ(failure.bystander, failure.traceback.has_value());
    // The trouble of the work has lost nothing to it.
    if (!failure.bystander) {
      EXPECT_EQ(failure.headline.text, "no x");
    }
  }
}

TEST(Unclaimed, ABystanderExplainsNoDeath) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("sampling").Raise(ErrorIn("/c/web.py"));
  const Story story = script.Hit("process-died").End();
  const Failure* death = OfKind(story, FailureKind::kDeath);
  ASSERT_NE(death, nullptr);
  EXPECT_FALSE(death->traceback.has_value());
}

TEST(Unclaimed, WhatFollowsAFailureIsAboutIt) {
  for (const int lines : {3, 100}) {
    Script script = Started();
    script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
    script.Lines(lines).Error("cleaning up");
    const Story story = script.End();
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble) != nullptr, lines > 25)
        << lines;
  }
}

TEST(Unclaimed, WhatRepairsIt) {
  const struct {
    const char* name;
    std::function<void(Script*)> then;
    bool repaired;
  } kCases[] = {
      {"nothing", [](Script*) {}, false},
      {"progress of its work", [](Script* s) { s->Bar(1, 20, true); }, true},
      {"the next phase", [](Script* s) { s->Hit("decode"); }, true},
      {"a bar without a step", [](Script* s) { s->Bar(0, 20, true); }, false},
      {"its success",
       [](Script* s) {
         s->Hit("prompt-executed", {{"duration", "1 s"}});
       },
       true},
      {"uneventful lines", [](Script* s) { s->Lines(20).Hit("note"); }, false},
      {"its failure", [](Script* s) { s->Lines(70).Hit("prompt-failed"); },
       false},
      {"progress of the next prompt",
       [](Script* s) {
         s->Lines(70).Hit("prompt-queued").Hit("prompt-failed");
         s->Hit("prompt-executed", {{"duration", "1 s"}}).Bar(1, 20, true);
       },
       false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("prompt-queued").Hit("sampling").Error("retrying");
    test.then(&script);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    ASSERT_NE(trouble, nullptr) << test.name;
    EXPECT_EQ(trouble->repaired_by.has_value(), test.repaired) << test.name;
  }
}

TEST(Unclaimed, AnUnknownProgramThatGoesOnHasOvercomeIt) {
  const struct {
    const char* name;
    const char* before;  // a marker
    int calm;            // records after it
    bool repaired;
  } kCases[] = {
      {"it goes on", "note", 8, true},
      {"a launcher's few words", "note", 7, false},
      {"a program that is known", "startup-time", 20, false},
      {"a container's start", "banner", 20, false},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit(test.before).Raise(ErrorIn()).Lines(test.calm);
    const Story story = script.End();
    const Failure* trouble = OfKind(story, FailureKind::kTrouble);
    const bool repaired =
        trouble != nullptr && trouble->repaired_by.has_value();
    EXPECT_EQ(repaired, test.repaired) << test.name;
  }
}

}  // namespace
}  // namespace logdiag
