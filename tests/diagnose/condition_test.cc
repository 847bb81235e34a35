// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/condition.h"

#include <gtest/gtest.h>

#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

class ConditionTest : public testing::Test {
 protected:
  ConditionTest() {
    Failure failure = MakeFailureOf(FailureKind::kSilence, 50);
    See(0, 48, "size", "2 GiB", &failure.seen);
    failure.bar.emplace();
    failure.bar->label = "Sampling windows";
    failure.bar->done = 0;
    failure.bar->total = 3;
    failure.bar->open = true;
    failure.restart_gap_s = 10.4;
    failure.same_point_deaths = 2;
    failure.traceback.emplace();
    Raised raised;
    raised.type = "RuntimeError";
    raised.message = "it broke";
    raised.line = 47;
    raised.last_frames = {{"/c/comfy/samplers.py", 1, "sample"}};
    failure.traceback->chain = {raised};
    failure.facts["frames"] = {"121", 44};
    failure.facts["exit_code"] = {"1", 49};
    failure.host_changed.emplace();
    failure.host_changed->line = 71;
    failure.exit_code = -9;
    timeline_.failures = {failure};
    Process process = ReadyProcess(1);
    process.end = ProcessEnd::kSilent;
    See(1, 12, "path", "/tmp", &process.seen);
    timeline_.processes = {process};
    See(1, 12, "path", "/tmp", &timeline_.seen);
    See(2, 70, "x", "y", &timeline_.seen);
    facts_["frames"] = {"33", 90};
    facts_["gpu"] = {"NVIDIA L4", 5};
    facts_["limit"] = {"242", 6};
    facts_["exit_code"].value = "139";
    facts_["exit_code"].given = true;
  }

  std::optional<Match> Try(const Condition& condition) {
    const CaseFile file(
        &catalogue_, &timeline_, &facts_,
        {"silent-restart", "sampling", &timeline_.failures.front()});
    return Holds(condition, file, &regexes_);
  }

  bool HoldsWith(void (*change)(Condition*)) {
    Condition condition;
    change(&condition);
    return Try(condition).has_value();
  }

  Catalogue catalogue_ = SampleCatalogue();
  Timeline timeline_;
  Facts facts_;
  RegexCache regexes_{&catalogue_.regex_needs};
};

TEST_F(ConditionTest, Table) {
  const struct {
    const char* what;
    void (*change)(Condition*);
    bool holds;
  } kCases[] = {
      {"nothing asked", [](Condition*) {}, true},
      {"marker in incident", [](Condition* c) { c->markers = {"oom"}; }, true},
      {"marker elsewhere", [](Condition* c) { c->markers = {"full-disk"}; },
       false},
      {"exit code",
       [](Condition* c) {
         c->exit_codes = {137, -9};
       },
       true},
      {"other exit code", [](Condition* c) { c->exit_codes = {9}; }, false},
      {"program",
       [](Condition* c) {
         c->programs = {"a", "tea"};
       },
       true},
      {"other program", [](Condition* c) { c->programs = {"a"}; }, false},
      {"marker in session",
       [](Condition* c) {
         c->markers = {"full-disk"};
         c->scope = "session";
       },
       true},
      {"marker before",
       [](Condition* c) {
         c->markers = {"full-disk"};
         c->scope = "before";
       },
       true},
      {"marker only after",
       [](Condition* c) {
         c->markers = {"noise"};
         c->scope = "before";
       },
       false},
      {"marker in log",
       [](Condition* c) {
         c->markers = {"noise"};
         c->scope = "log";
       },
       true},
      {"unknown marker", [](Condition* c) { c->markers = {"nope"}; }, false},
      {"absent", [](Condition* c) { c->absent = {"full-disk"}; }, true},
      {"not absent", [](Condition* c) { c->absent = {"oom"}; }, false},
      {"outcome", [](Condition* c) { c->outcomes = {"silent-restart"}; }, true},
      {"other outcome", [](Condition* c) { c->outcomes = {"hang"}; }, false},
      {"phase",
       [](Condition* c) {
         c->phases = {"idle", "sampling"};
       },
       true},
      {"other phase", [](Condition* c) { c->phases = {"idle"}; }, false},
      {"kind", [](Condition* c) { c->kinds = {"silence"}; }, true},
      {"other kind", [](Condition* c) { c->kinds = {"death"}; }, false},
      {"end", [](Condition* c) { c->ends = {"silent"}; }, true},
      {"other end", [](Condition* c) { c->ends = {"died"}; }, false},
      {"bar", [](Condition* c) { c->bar = "open"; }, true},
      {"other bar", [](Condition* c) { c->bar = "none"; }, false},
      {"bar done",
       [](Condition* c) {
         c->bar_done = Range{0.0, 0.0};
       },
       true},
      {"bar done more", [](Condition* c) { c->bar_done = Range{.min = 1.0}; },
       false},
      {"label", [](Condition* c) { c->label = "^Sampling"; }, true},
      {"other label", [](Condition* c) { c->label = "VAE"; }, false},
      {"gap",
       [](Condition* c) {
         c->restart_gap_s = Range{2.0, 19.0};
       },
       true},
      {"longer gap",
       [](Condition* c) { c->restart_gap_s = Range{.min = 60.0}; }, false},
      {"silence unknown",
       [](Condition* c) { c->silence_s = Range{.min = 0.0}; }, false},
      {"deaths", [](Condition* c) { c->same_point_deaths = Range{.min = 2.0}; },
       true},
      {"exception", [](Condition* c) { c->exception = "^RuntimeError: it"; },
       true},
      {"other exception", [](Condition* c) { c->exception = "KeyError"; },
       false},
      {"frame", [](Condition* c) { c->frame = "samplers\\.py:sample"; }, true},
      {"other frame", [](Condition* c) { c->frame = "vae"; }, false},
      {"fact", [](Condition* c) { c->fact = "gpu"; }, true},
      {"fact unknown", [](Condition* c) { c->fact = "torch"; }, false},
      {"fact matches",
       [](Condition* c) {
         c->fact = "gpu";
         c->fact_matches = "L4";
       },
       true},
      {"fact as it stood",
       [](Condition* c) {
         c->fact = "frames";
         c->fact_range = Range{121.0, 121.0};
       },
       true},
      {"marker often enough",
       [](Condition* c) {
         c->markers = {"oom"};
         c->count = Range{1.0, 1.0};
       },
       true},
      {"marker too seldom",
       [](Condition* c) {
         c->markers = {"oom"};
         c->count = Range{.min = 2.0};
       },
       false},
      {"host changed", [](Condition* c) { c->host_changed = true; }, true},
      {"a share of a fact",
       [](Condition* c) {
         c->fact = "frames";
         c->fact_per = "limit";
         c->fact_range = Range{0.4, 0.6};
       },
       true},
      {"a share of an unknown fact",
       [](Condition* c) {
         c->fact = "frames";
         c->fact_per = "nope";
         c->fact_range = Range{0.4, 0.6};
       },
       false},
      {"fact out of range",
       [](Condition* c) {
         c->fact = "frames";
         c->fact_range = Range{.max = 100.0};
       },
       false},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(HoldsWith(test.change), test.holds) << test.what;
  }
}

// Where it must have stopped is no evidence that it did.
TEST_F(ConditionTest, AnInferredPhaseSpeaksForNothing) {
  for (const bool inferred : {false, true}) {
    timeline_.failures.front().phase_inferred = inferred;
    Condition condition;
    condition.phases = {"sampling"};
    EXPECT_EQ(Try(condition).has_value(), !inferred);
    condition.phases = {"prompt-validation"};
    EXPECT_EQ(Try(condition).has_value(), inferred);
  }
}

TEST_F(ConditionTest, MatchShowsItsLine) {
  Condition condition;
  condition.markers = {"oom"};
  const std::optional<Match> match = Try(condition);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->quote.line, 48u);
  EXPECT_EQ(match->captures.at("size"), "2 GiB");
  Condition exception;
  exception.exception = "RuntimeError";
  EXPECT_EQ(Try(exception)->quote.line, 47u);
}

TEST_F(ConditionTest, GroupsOfTheExceptionAreCaptures) {
  Condition condition;
  condition.exception = "RuntimeError: it (?P<what>\\w+)(?P<why> because)?";
  const auto match = Try(condition);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->captures, (Values{{"what", "broke"}}));
  EXPECT_EQ(match->quote.line, 47u);
  // What a marker captures is told before.
  condition.markers = {"oom"};
  condition.exception = "it (?P<size>\\w+)";
  const auto both = Try(condition);
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ(both->captures.at("size"), "2 GiB");
}

TEST_F(ConditionTest, WhatIsGivenDecidesOverTheLog) {
  Condition condition;
  condition.fact = "exit_code";
  condition.fact_range = Range{139.0, 139.0};
  const std::optional<Match> match = Try(condition);
  ASSERT_TRUE(match.has_value());
  EXPECT_TRUE(match->given);
  EXPECT_EQ(match->quote.line, 0u);
}

TEST_F(ConditionTest, UnmetPartsNameWhatIsThereInstead) {
  Condition condition;
  condition.markers = {"oom"};
  condition.count = Range{.min = 5.0};
  condition.outcomes = {"silent-restart"};
  condition.phases = {"idle"};
  condition.fact = "gpu";
  condition.fact_matches = "A100";
  const CaseFile file(
      &catalogue_, &timeline_, &facts_,
      {"silent-restart", "sampling", &timeline_.failures.front()});
  const std::vector<Unmet> unmet = UnmetParts(condition, file, &regexes_);
  ASSERT_EQ(unmet.size(), 3u);
  EXPECT_EQ(unmet[0].part.markers, condition.markers);
  EXPECT_EQ(unmet[0].found, "oom, L48, seen 1 times");
  EXPECT_TRUE(unmet[0].part.phases.empty());
  EXPECT_EQ(unmet[1].part.phases, condition.phases);
  EXPECT_EQ(unmet[1].found, "sampling");
  EXPECT_EQ(unmet[2].part.fact_matches, "A100");
  EXPECT_EQ(unmet[2].found, "NVIDIA L4");
  EXPECT_TRUE(UnmetParts(Condition(), file, &regexes_).empty());
}

TEST_F(ConditionTest, ValuesOfTheCase) {
  const CaseFile file(
      &catalogue_, &timeline_, &facts_,
      {"silent-restart", "sampling", &timeline_.failures.front()});
  const Values values = file.MakeValues();
  EXPECT_EQ(values.at("bar"), "0/3");
  EXPECT_EQ(values.at("frames"), "121");
  EXPECT_EQ(values.at("exception"), "RuntimeError");
  EXPECT_EQ(values.at("deaths"), "2");
  EXPECT_EQ(values.count("silence"), 0u);
}

}  // namespace
}  // namespace logdiag
