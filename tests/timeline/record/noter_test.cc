// SPDX-License-Identifier: Apache-2.0
// What a marker says, entered into the books.
#include "analyzer/timeline/record/noter.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(Noter, TheLastStatedFactCounts) {
  const struct {
    const char* name;
    const char* fact;
    std::vector<std::pair<std::string, std::string>> stated;
    const char* value;
  } kCases[] = {
      {"stated once", "ram_mb", {{"ram", "1000"}}, "1000"},
      {"stated again", "ram_mb", {{"ram", "1000"}, {"ram", "1001"}}, "1001"},
      {"weak ones never replace", "gpu", {{"gpu", "L4"}, {"gpu", "T4"}}, "L4"},
      {"an empty one states nothing",
       "ram_mb",
       {{"ram", "1000"}, {"ram", ""}},
       "1000"},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    for (const auto& fact : test.stated) script.Hit("machine", {fact});
    const Story story = script.End();
    ASSERT_EQ(story.facts.count(test.fact), 1u) << test.name;
    EXPECT_EQ(story.facts.at(test.fact).value, test.value) << test.name;
  }
}

TEST(Noter, AFactWithoutACapture) {
  Script script = Started();
  const Story story = script.Hit("version-fact").End();
  ASSERT_EQ(story.facts.count("torch"), 1u);
  EXPECT_EQ(story.facts.at("torch").value, "nightly");
  EXPECT_EQ(story.facts.at("torch").line, script.line());
}

TEST(Noter, AFailureKeepsTheFactsOfItsTime) {
  Script script = Started();
  script.Hit("machine", {{"ram", "1000"}}).Hit("prompt-queued").Hit("load");
  script.Hit("prompt-failed").Hit("machine", {{"ram", "2000"}});
  const Story story = script.End();
  EXPECT_EQ(OfKind(story, FailureKind::kException)->facts.at("ram_mb").value,
            "1000");
}

// A marker that needs another one counts only if that was seen in the same
// work.
TEST(Noter, WhatAMarkerNeeds) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    bool counts;
  } kCases[] = {
      {"nothing before", {"prompt-queued", "load"}, false},
      {"in the same work", {"prompt-queued", "load", "symptom"}, true},
      {"in an earlier one",
       {"prompt-queued", "load", "symptom", "prompt-executed", "prompt-queued",
        "load"},
       false},
      {"without any work", {"symptom"}, true},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    for (const std::string& line : test.lines) {
      script.Hit(line, {{"duration", "1 s"}});
    }
    const Story story = script.Hit("needy").End();
    EXPECT_EQ(OfKind(story, FailureKind::kException) != nullptr, test.counts)
        << test.name;
  }
}

TEST(Noter, EachBookHasItsScope) {
  Script script = Started();
  script.Hit("symptom").Hit("prompt-queued").Hit("load").Hit("degraded");
  const Story story = script.Hit("prompt-failed").Hit("saved").End();
  const auto has = [](const Sightings& seen, const char* id) {
    return seen.count(MarkerIndex(id)) == 1;
  };
  const Failure& failure = *OfKind(story, FailureKind::kException);
  EXPECT_TRUE(has(story.timeline.seen, "symptom"));
  EXPECT_TRUE(has(story.timeline.processes[0].seen, "symptom"));
  EXPECT_FALSE(has(failure.seen, "symptom"));  // before its work
  EXPECT_TRUE(has(failure.seen, "degraded"));
  EXPECT_TRUE(has(failure.seen, "saved"));  // about it
}

TEST(Noter, WhatWorkWorkedOn) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load", {{"work", "Flux"}});
  script.Hit("load", {{"work", "T5"}, {"aux", "T5"}});
  const Story story = script.Hit("load", {{"work", "Flux"}}).End();
  ASSERT_EQ(story.timeline.works.size(), 1u);
  EXPECT_EQ(story.timeline.works[0].work,
            (std::vector<std::string>{"Flux", "T5"}));
  EXPECT_EQ(story.timeline.works[0].auxiliary,
            (std::vector<std::string>{"T5"}));
}

TEST(Noter, LinesAboutRefusedOutputsAreNotAboutTheRest) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("output-rejected").Hit("symptom");
  script.Hit("load").Hit("prompt-failed");
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kException);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->seen.count(MarkerIndex("symptom")), 0u);
}

TEST(Noter, AnotherMachineAfterASilentEnd) {
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

}  // namespace
}  // namespace logdiag
