// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/diagnose/diagnoser.h"
#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Condition FactIs(const std::string& fact, const std::string& regex) {
  Condition when;
  when.fact = fact;
  when.fact_matches = regex;
  return when;
}

// A log with one failure, whose cause has three remedies: "any", "windows"
// (only there), and "nvidia" (not on amd).
class RemediesTest : public testing::Test {
 protected:
  RemediesTest() {
    Failure failure = MakeFailureOf(FailureKind::kException, 50);
    See(0, 48, "size", "2 GiB", &failure.seen);
    timeline_.failures = {failure};
    timeline_.processes = {ReadyProcess(1)};
    timeline_.counts.prompts = 1;
    Cause cause;
    cause.id = "a/one";
    cause.outcomes = {"error"};
    EvidenceItem item;
    item.when.markers = {"oom"};
    item.establishes = true;
    cause.evidence = {item};
    cause.remedies = {"any", "windows", "nvidia"};
    catalogue_.causes = {cause};
    for (const char* id : {"any", "windows", "nvidia"}) {
      Remedy remedy;
      remedy.id = id;
      remedy.action = id;
      catalogue_.remedies.push_back(remedy);
    }
    catalogue_.remedies[1].only_on = {"windows"};
    catalogue_.remedies[2].not_on = {"amd"};
    catalogue_.machines = {
        {"windows", {FactIs("os", "^nt$"), FactIs("os", "^win")}, ""},
        {"amd", {FactIs("gpu", "Radeon")}, ""}};
  }

  std::vector<std::string> Offered(const std::string& os,
                                   const std::string& gpu) {
    Facts facts;
    if (!os.empty()) facts["os"].value = os;
    if (!gpu.empty()) facts["gpu"].value = gpu;
    return Diagnose(catalogue_, timeline_, facts).remedies;
  }

  Catalogue catalogue_ = SampleCatalogue();
  Timeline timeline_;
};

TEST_F(RemediesTest, FitTheMachineThatTheLogShows) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(Offered("", ""), (Ids{"any", "nvidia"}));
  EXPECT_EQ(Offered("posix", "RTX 4090"), (Ids{"any", "nvidia"}));
  EXPECT_EQ(Offered("nt", "RTX 4090"), (Ids{"any", "windows", "nvidia"}));
  EXPECT_EQ(Offered("windows", "Radeon RX"), (Ids{"any", "windows"}));
  EXPECT_EQ(Offered("", "Radeon RX"), (Ids{"any"}));
}

// Two steps of one kind with one command are one step.
TEST_F(RemediesTest, TheSameCommandIsOfferedOnce) {
  using Ids = std::vector<std::string>;
  catalogue_.causes[0].later = {"nvidia"};
  catalogue_.causes[0].remedies = {"any", "windows"};
  catalogue_.remedies[1].only_on.clear();
  const auto offered = [&] {
    Diagnosis d = Diagnose(catalogue_, timeline_, {});
    d.remedies.insert(d.remedies.end(), d.later.begin(), d.later.end());
    return d.remedies;
  };
  for (Remedy& remedy : catalogue_.remedies) remedy.command = "git pull";
  EXPECT_EQ(offered(), (Ids{"any", "windows", "nvidia"}));
  for (Remedy& remedy : catalogue_.remedies) remedy.action = "update";
  EXPECT_EQ(offered(), (Ids{"any"}));
  for (Remedy& remedy : catalogue_.remedies) remedy.command = "";
  EXPECT_EQ(offered(), (Ids{"any", "windows", "nvidia"}));
}

TEST_F(RemediesTest, WhatToAvoidFitsTheMachineToo) {
  catalogue_.causes[0].remedies = {"any"};
  catalogue_.causes[0].avoid = {{"nvidia", "it is no cure"}};
  const auto avoided = [&](const std::string& gpu) {
    Facts facts;
    facts["gpu"].value = gpu;
    return Diagnose(catalogue_, timeline_, facts).suppressed.size();
  };
  EXPECT_EQ(avoided("RTX 4090"), 1u);
  EXPECT_EQ(avoided("Radeon RX"), 0u);
}

TEST_F(RemediesTest, ProgramsMustBeShown) {
  const auto offered = [&] {
    return Diagnose(catalogue_, timeline_, {}).remedies.size();
  };
  catalogue_.causes[0].remedies = {"any"};
  catalogue_.remedies[0].programs = {"tea"};
  EXPECT_EQ(offered(), 0u);
  See(1, 5, "path", "/", &timeline_.seen);
  EXPECT_EQ(offered(), 1u);
}

TEST_F(RemediesTest, ProgramsThatItIsNotMeantForMustNotBeShown) {
  const auto offered = [&] {
    return Diagnose(catalogue_, timeline_, {}).remedies.size();
  };
  catalogue_.causes[0].remedies = {"any"};
  catalogue_.remedies[0].not_programs = {"tea"};
  EXPECT_EQ(offered(), 1u);
  See(1, 5, "path", "/", &timeline_.seen);
  EXPECT_EQ(offered(), 0u);
}

TEST_F(RemediesTest, WhatToAvoidIsNoStepOfTheSameKind) {
  catalogue_.causes[0].remedies = {"any"};
  catalogue_.causes[0].avoid = {{"nvidia", "it is no cure"}};
  EXPECT_EQ(Diagnose(catalogue_, timeline_, {}).suppressed.size(), 1u);
  catalogue_.remedies[2].action = catalogue_.remedies[0].action;
  EXPECT_TRUE(Diagnose(catalogue_, timeline_, {}).suppressed.empty());
}

TEST_F(RemediesTest, TheDiagnosisNamesTheMachines) {
  using Ids = std::vector<std::string>;
  const auto shown = [&](const std::string& os, const std::string& gpu) {
    Facts facts;
    facts["os"].value = os;
    facts["gpu"].value = gpu;
    return Diagnose(catalogue_, timeline_, facts).machines;
  };
  EXPECT_EQ(shown("nt", "Radeon RX"), (Ids{"windows", "amd"}));
  EXPECT_EQ(shown("posix", "RTX 4090"), Ids());
  // Also where nothing failed.
  timeline_.failures.clear();
  EXPECT_EQ(shown("windows", "RTX 4090"), (Ids{"windows"}));
}

}  // namespace
}  // namespace logdiag
