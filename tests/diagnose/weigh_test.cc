// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/weigh.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analyzer/diagnose/diagnoser.h"
#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

EvidenceItem Item(const std::string& marker, double weight_db) {
  EvidenceItem item;
  item.when.markers = {marker};
  item.weight_db = weight_db;
  item.says = "saw {size}";
  return item;
}

Cause MakeCause(const std::string& id, std::vector<EvidenceItem> evidence) {
  Cause cause;
  cause.id = id;
  cause.title = id;
  cause.summary = "it was {phase}";
  cause.outcomes = {"error"};
  cause.evidence = std::move(evidence);
  return cause;
}

class WeighTest : public testing::Test {
 protected:
  WeighTest() {
    Failure failure = MakeFailureOf(FailureKind::kException, 50);
    See(0, 48, "size", "2 GiB", &failure.seen);
    See(1, 49, "size", "0", &failure.seen);
    timeline_.failures = {failure};
    timeline_.processes = {ReadyProcess(1)};
    timeline_.counts.prompts = 1;  // so the log is one of ours
  }

  std::vector<Suspect> Suspects() {
    const CaseFile file(&catalogue_, &timeline_, &facts_,
                        {"error", "sampling", &timeline_.failures.front()});
    return Weigh(catalogue_, file, &regexes_);
  }

  Catalogue catalogue_ = SampleCatalogue();
  Timeline timeline_;
  Facts facts_;
  RegexCache regexes_{&catalogue_.regex_needs};
};

TEST_F(WeighTest, WhatNothingSpokeForCountsATenth) {
  catalogue_.causes = {MakeCause("a/one", {Item("oom", 20)}),
                       MakeCause("a/two", {Item("noise", 20)})};
  const std::vector<Suspect> suspects = Suspects();
  ASSERT_EQ(suspects.size(), 3u);
  // 0 dB for each of a/one and "unknown", -20 dB and a tenth for a/two, whose
  // marker was not seen.
  EXPECT_EQ(suspects[2].cause->id, "a/two");
  EXPECT_NEAR(suspects[2].posterior, 0.001 / 2.001, 1e-12);
  EXPECT_EQ(suspects[2].total_db, -20);
}

TEST_F(WeighTest, PosteriorIsSoftmaxOverDecibans) {
  catalogue_.causes = {MakeCause("a/one", {Item("oom", 30)})};
  const std::vector<Suspect> suspects = Suspects();
  ASSERT_EQ(suspects.size(), 2u);
  EXPECT_EQ(suspects[0].cause->id, "a/one");
  // -20 + 30 dB against 0 dB of "unknown": odds of ten to one.
  EXPECT_NEAR(suspects[0].posterior, 10.0 / 11.0, 1e-12);
  EXPECT_EQ(suspects[1].cause, nullptr);
  EXPECT_EQ(suspects[0].supporting[0].says,
            (Sentence{"saw {size}", {{"size", "2 GiB"}}}));
  EXPECT_EQ(suspects[0].supporting[0].quote.line, 48u);
}

TEST_F(WeighTest, LikelyNeedsEvidence) {
  // Alone among its rivals, a cause with a high prior leads on little.
  for (const double weight_db : {19.0, 20.0}) {
    Cause cause = MakeCause("a/one", {Item("oom", weight_db)});
    cause.prior_db = 0;
    catalogue_.causes = {cause};
    EXPECT_EQ(WordFor(Suspects()[0]),
              weight_db < 20 ? Confidence::kPossible : Confidence::kLikely)
        << weight_db;
  }
}

TEST_F(WeighTest, WithoutProofNothingIsCertain) {
  catalogue_.causes = {MakeCause("a/one", {Item("oom", 59)})};
  EXPECT_DOUBLE_EQ(Suspects()[0].posterior, 0.97);
  catalogue_.causes[0].evidence[0].establishes = true;
  EXPECT_GT(Suspects()[0].posterior, 0.99);
}

TEST_F(WeighTest, WordsFollowThePosterior) {
  const struct {
    double weight_db;
    Confidence word;
  } kCases[] = {
      {20 + 10 * std::log10(0.71 / 0.29), Confidence::kLikely},
      {20 + 10 * std::log10(0.69 / 0.31), Confidence::kPossible},
      {20 + 10 * std::log10(0.36 / 0.64), Confidence::kPossible},
      {20 + 10 * std::log10(0.34 / 0.66), Confidence::kUnknown},
  };
  for (const auto& test : kCases) {
    catalogue_.causes = {MakeCause("a/one", {Item("oom", test.weight_db)})};
    for (const Suspect& suspect : Suspects()) {
      if (suspect.cause != nullptr) {
        EXPECT_EQ(WordFor(suspect), test.word) << test.weight_db;
      }
    }
  }
}

TEST_F(WeighTest, EstablishesSettlesAndExcludesEnds) {
  EvidenceItem settles = Item("oom", 0);
  settles.establishes = true;
  EvidenceItem ends = Item("full-disk", 0);
  ends.excludes = true;
  catalogue_.causes = {MakeCause("a/one", {settles}),
                       MakeCause("a/two", {settles, ends})};
  const std::vector<Suspect> suspects = Suspects();
  ASSERT_EQ(suspects.size(), 2u);
  EXPECT_EQ(suspects[0].cause->id, "a/one");
  EXPECT_EQ(WordFor(suspects[0]), Confidence::kEstablished);
}

TEST_F(WeighTest, OnlyCausesOfTheOutcomeCompete) {
  catalogue_.causes = {MakeCause("a/one", {Item("oom", 50)})};
  catalogue_.causes[0].outcomes = {"hang"};
  EXPECT_EQ(Suspects().size(), 1u);
}

TEST_F(WeighTest, RootTakesThePlaceOfItsSymptom) {
  catalogue_.causes = {MakeCause("a/symptom", {Item("oom", 50)}),
                       MakeCause("a/root", {Item("full-disk", 25)})};
  EXPECT_EQ(Suspects()[0].cause->id, "a/symptom");
  catalogue_.causes[1].explains = {"a/symptom"};
  const std::vector<Suspect> suspects = Suspects();
  EXPECT_EQ(suspects[0].cause->id, "a/root");
  EXPECT_TRUE(suspects[1].explained);
}

TEST_F(WeighTest, StrongerOfTwoRootsWins) {
  catalogue_.causes = {MakeCause("a/symptom", {Item("oom", 50)}),
                       MakeCause("a/weak", {Item("full-disk", 25)}),
                       MakeCause("a/strong", {Item("full-disk", 40)})};
  catalogue_.causes[1].explains = {"a/symptom"};
  catalogue_.causes[2].explains = {"a/symptom"};
  const std::vector<Suspect> suspects = Suspects();
  EXPECT_EQ(suspects[0].cause->id, "a/strong");
  EXPECT_EQ(WordFor(suspects[0]), Confidence::kLikely);
}

TEST_F(WeighTest, RootWithoutEvidenceExplainsNothing) {
  catalogue_.causes = {MakeCause("a/symptom", {Item("oom", 50)}),
                       MakeCause("a/root", {Item("noise", 50)})};
  catalogue_.causes[1].explains = {"a/symptom"};
  EXPECT_EQ(Suspects()[0].cause->id, "a/symptom");
}

TEST_F(WeighTest, DiagnosisKeepsTheLedger) {
  catalogue_.causes = {
      MakeCause("a/one", {Item("oom", 45)}),
      MakeCause("a/two", {Item("full-disk", 20), Item("oom", -5)})};
  catalogue_.causes[0].rivals = {"a/two"};
  catalogue_.causes[0].remedies = {"gone", "fits", "has-flag"};
  Remedy fits;
  fits.id = "fits";
  Remedy has_flag;
  has_flag.id = "has-flag";
  Condition lowvram;
  lowvram.fact = "flags";
  lowvram.fact_matches = "--lowvram";
  has_flag.unless = {{lowvram, "{flags} is set"}};
  Remedy while_decoding;
  while_decoding.id = "while-decoding";
  while_decoding.when.emplace();
  while_decoding.when->phases = {"vae-decode"};
  catalogue_.remedies = {fits, has_flag, while_decoding};
  catalogue_.causes[0].remedies.push_back("while-decoding");
  catalogue_.causes[0].avoid = {{"more", "more of it does not help"}};
  facts_["flags"] = {"--lowvram", 1};
  const Diagnosis diagnosis = Diagnose(catalogue_, timeline_, facts_);
  EXPECT_EQ(diagnosis.outcome, "error");
  EXPECT_EQ(diagnosis.cause, "a/one");
  EXPECT_EQ(diagnosis.summary.values.at("phase"), "sampling");
  ASSERT_EQ(diagnosis.rivals.size(), 1u);
  EXPECT_EQ(diagnosis.rivals[0].cause, "a/two");
  EXPECT_EQ(diagnosis.rivals[0].against.size(), 1u);
  EXPECT_EQ(diagnosis.remedies, std::vector<std::string>{"fits"});
  ASSERT_EQ(diagnosis.suppressed.size(), 2u);
  // What the cause itself warns of comes first.
  EXPECT_EQ(diagnosis.suppressed[0].remedy, "more");
  EXPECT_EQ(diagnosis.suppressed[1].remedy, "has-flag");
  EXPECT_EQ(diagnosis.suppressed[1].why.values.at("flags"), "--lowvram");
  // What the item showed, and the failure's own line.
  ASSERT_EQ(diagnosis.evidence.size(), 2u);
  EXPECT_EQ(diagnosis.evidence[0].quote.line, 48u);
  EXPECT_EQ(diagnosis.evidence[1].quote.line, 50u);
}

TEST_F(WeighTest, LogWithoutALineOfOursIsForeign) {
  catalogue_.causes = {MakeCause("a/one", {Item("oom", 45)})};
  timeline_.counts.prompts = 0;
  for (Marker& marker : catalogue_.markers) marker.own = false;
  timeline_.seen = timeline_.failures[0].seen;
  timeline_.records = 100;
  const Diagnosis foreign = Diagnose(catalogue_, timeline_, facts_);
  EXPECT_TRUE(foreign.foreign);
  EXPECT_EQ(foreign.outcome, "cut");
  EXPECT_EQ(foreign.cause, "none");
  EXPECT_TRUE(foreign.findings.empty());
  catalogue_.markers[0].own = true;
  const Diagnosis ours = Diagnose(catalogue_, timeline_, facts_);
  EXPECT_FALSE(ours.foreign);
  EXPECT_EQ(ours.cause, "a/one");
}

TEST_F(WeighTest, APasteOrAWordOfOursIsNotForeign) {
  const struct {
    const char* name;
    std::uint64_t records;
    bool own;
    bool foreign;
  } kCases[] = {{"a long log", 9, false, true},
                {"a few lines that were chosen", 8, false, false},
                {"words that only a pod has", 9, true, false}};
  for (const auto& test : kCases) {
    catalogue_.causes = {MakeCause("a/one", {Item("oom", 45)})};
    catalogue_.causes[0].evidence[0].own = test.own;
    timeline_.counts.prompts = 0;
    for (Marker& marker : catalogue_.markers) marker.own = false;
    timeline_.seen = timeline_.failures[0].seen;
    timeline_.records = test.records;
    EXPECT_EQ(Diagnose(catalogue_, timeline_, facts_).foreign, test.foreign)
        << test.name;
  }
}

// One line of ours among those of another system proves no verdict on these.
TEST_F(WeighTest, WhatOneLineMakesOursIsAtMostPossible) {
  const struct {
    const char* name;
    std::uint64_t lines;  // of ours
    std::uint64_t at;     // the first of them
    std::uint64_t records;
    bool others;  // of the same program
    Confidence word;
  } kCases[] = {
      {"one line", 1, 3, 100, false, Confidence::kPossible},
      {"two lines", 2, 3, 100, false, Confidence::kLikely},
      {"another line of its program", 1, 3, 100, true, Confidence::kLikely},
      {"the failure's own line", 1, 50, 100, false, Confidence::kLikely},
      {"a few lines that were chosen", 1, 3, 8, false, Confidence::kLikely},
  };
  for (const auto& test : kCases) {
    catalogue_.causes = {MakeCause("a/one", {Item("oom", 45)})};
    timeline_.counts.prompts = 0;
    for (Marker& marker : catalogue_.markers) {
      marker.own = false;
      marker.program = test.others ? "kettle" : "";
    }
    catalogue_.markers.back().own = true;
    catalogue_.markers.back().program = "kettle";
    timeline_.seen = timeline_.failures[0].seen;
    auto& ours = timeline_.seen[catalogue_.markers.size() - 1];
    ours.count = test.lines;
    ours.first.line = test.at;
    timeline_.failures[0].quote.line = 50;
    timeline_.records = test.records;
    const Diagnosis diagnosis = Diagnose(catalogue_, timeline_, facts_);
    EXPECT_EQ(diagnosis.cause, "a/one") << test.name;
    EXPECT_EQ(diagnosis.confidence, test.word) << test.name;
  }
}

TEST_F(WeighTest, NothingKnownIsUnknown) {
  const Diagnosis diagnosis = Diagnose(catalogue_, timeline_, facts_);
  EXPECT_EQ(diagnosis.outcome, "error");
  EXPECT_EQ(diagnosis.cause, "unknown");
  EXPECT_EQ(diagnosis.confidence, Confidence::kUnknown);
  ASSERT_EQ(diagnosis.evidence.size(), 1u);
  EXPECT_EQ(diagnosis.evidence[0].quote.line, 50u);
}

}  // namespace
}  // namespace logdiag
