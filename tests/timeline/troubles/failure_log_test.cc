// SPDX-License-Identifier: Apache-2.0
// What failed, and whether a later attempt repaired it.
#include "analyzer/timeline/troubles/failure_log.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/timeline/troubles/repairs.h"
#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Failure Of(FailureKind kind, std::uint64_t line = 10,
           std::vector<std::string> work = {}) {
  Failure failure;
  failure.kind = kind;
  failure.process = 1;
  failure.first_line = line;
  failure.last_line = line;
  failure.work = std::move(work);
  return failure;
}

Work Did(std::vector<std::string> work) {
  Work done;
  done.work = std::move(work);
  return done;
}

bool Repaired(FailureLog* log) { return !log->HasUnrepaired(); }

// One later success.
TEST(FailureLog, WhatASuccessRepairs) {
  const struct {
    const char* name;
    FailureKind kind;
    std::vector<std::string> failed;  // what was worked on
    std::vector<std::string> later;
    bool repaired;
  } kCases[] = {
      {"the same work", FailureKind::kException, {"Flux"}, {"Flux"}, true},
      {"other work", FailureKind::kException, {"Flux"}, {"SDXL"}, false},
      {"models that stayed loaded",
       FailureKind::kException,
       {"Flux"},
       {},
       true},
      {"one that names nothing", FailureKind::kException, {}, {"SDXL"}, true},
      {"all that died",
       FailureKind::kSilence,
       {"WAN", "121 frames"},
       {"WAN", "121 frames"},
       true},
      {"a part of what died",
       FailureKind::kSilence,
       {"WAN", "121 frames"},
       {"WAN", "33 frames"},
       false},
      {"a death of nothing that is known",
       FailureKind::kDeath,
       {},
       {"WAN"},
       false},
      {"a bad result", FailureKind::kDegraded, {"Flux"}, {"Flux"}, false},
      {"an interrupt", FailureKind::kInterrupt, {"Flux"}, {"SDXL"}, true},
      {"a start", FailureKind::kStartup, {}, {"Flux"}, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    log.Add(Of(test.kind, 10, test.failed));
    Repairs(&log).OnSuccess(Did(test.later), 50);
    EXPECT_EQ(Repaired(&log), test.repaired) << test.name;
  }
}

// What overcame a failure is seldom the same work done again.
TEST(FailureLog, WhichWorkWasDoneAgain) {
  const struct {
    const char* name;
    FailureKind kind;
    std::uint64_t prompt;
    std::vector<std::string> failed;
    std::vector<std::string> later;
    bool redone;
  } kCases[] = {
      {"the same", FailureKind::kException, 1, {"WAN"}, {"WAN", "VAE"}, true},
      {"a part of it",
       FailureKind::kException,
       1,
       {"WAN", "121 frames"},
       {"WAN", "33 frames"},
       false},
      {"other work", FailureKind::kException, 1, {"WAN"}, {"SDXL"}, false},
      {"nothing named", FailureKind::kException, 1, {}, {"SDXL"}, false},
      {"what was caught", FailureKind::kTrouble, 1, {"WAN"}, {"WAN"}, false},
      {"a bad result", FailureKind::kDegraded, 1, {"WAN"}, {"WAN"}, false},
      {"of no prompt", FailureKind::kException, 0, {"WAN"}, {"WAN"}, false},
      {"the prompt itself", FailureKind::kOutput, 2, {"WAN"}, {"WAN"}, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    Failure failure = Of(test.kind, 10, test.failed);
    failure.prompt = test.prompt;
    log.Add(failure);
    Work later = Did(test.later);
    later.number = 2;
    Repairs(&log).OnSuccess(later, 50);
    const std::vector<Failure> failures = log.Take();
    ASSERT_EQ(failures.size(), 1u);
    EXPECT_EQ(failures[0].redone_by.value_or(0), test.redone ? 50u : 0u)
        << test.name;
  }
}

TEST(FailureLog, AuxiliaryModelsAreNotTheWork) {
  FailureLog log;
  Failure failure = Of(FailureKind::kException, 10, {"Flux", "T5"});
  failure.auxiliary = {"T5"};
  log.Add(failure);
  Work later = Did({"SDXL", "T5"});
  later.auxiliary = {"T5"};
  Repairs(&log).OnSuccess(later, 50);
  EXPECT_FALSE(Repaired(&log));
}

TEST(FailureLog, ThreeSuccessesOfAnyKindRepair) {
  FailureLog log;
  log.Add(Of(FailureKind::kDegraded, 10, {"Flux"}));
  for (std::uint64_t i = 1; i <= Repairs::kSuccessesThatRepair; ++i) {
    EXPECT_FALSE(Repaired(&log));
    Repairs(&log).OnSuccess(Did({"SDXL"}), 50 + i);
  }
  const std::vector<Failure> failures = log.Take();
  EXPECT_EQ(failures[0].repaired_by, 53u);
  EXPECT_EQ(failures[0].later_successes, 3u);
}

// Install, download or task that ended well; it began at line 20.
TEST(FailureLog, InstallsRepairOnlyTheirOwnSteps) {
  const struct {
    const char* name;
    FailureKind kind;
    std::uint64_t line;
    bool repaired;
  } kCases[] = {
      {"a step of it", FailureKind::kStep, 25, true},
      {"work of it", FailureKind::kWork, 25, true},
      {"a trouble in it", FailureKind::kTrouble, 25, true},
      {"a step before it", FailureKind::kStep, 15, false},
      {"a prompt meanwhile", FailureKind::kException, 25, false},
      {"a death meanwhile", FailureKind::kDeath, 25, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    log.Add(Of(test.kind, test.line));
    Work install;
    install.queued_line = 20;
    Repairs(&log).OnSetUp(install, 30);
    EXPECT_EQ(log.Take()[0].repaired_by.has_value(), test.repaired)
        << test.name;
  }
}

TEST(FailureLog, ReadyRepairsWhatFailedOnTheWay) {
  const struct {
    FailureKind kind;
    std::uint64_t process;
    bool repaired;
  } kCases[] = {
      {FailureKind::kStep, 1, true},     {FailureKind::kStartup, 1, true},
      {FailureKind::kTrouble, 2, true},  {FailureKind::kStep, 3, false},
      {FailureKind::kSilence, 1, false}, {FailureKind::kException, 2, false},
      {FailureKind::kImport, 2, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    Failure failure = Of(test.kind);
    failure.process = test.process;
    log.Add(failure);
    Repairs(&log).OnReady(2, 50);
    EXPECT_EQ(log.Take()[0].repaired_by.has_value(), test.repaired)
        << static_cast<int>(test.kind) << " of " << test.process;
  }
}

TEST(FailureLog, ProgressRepairsATroubleOfItsWork) {
  const struct {
    const char* name;
    std::uint64_t process;
    std::uint64_t work;
    std::uint64_t line;
    bool working;
    bool repaired;
  } kCases[] = {
      {"its work goes on", 1, 7, 20, true, true},
      {"another process", 2, 7, 20, true, false},
      {"other work", 1, 8, 20, true, false},
      {"its own line", 1, 7, 10, true, false},
      {"nothing worked then", 1, 7, 20, false, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    Failure trouble = Of(FailureKind::kTrouble);
    trouble.prompt = 7;
    trouble.working = test.working;
    log.OpenTrouble(trouble);
    Repairs(&log).OnProgress(test.process, test.work, test.line);
    EXPECT_EQ(log.Take()[0].repaired_by.has_value(), test.repaired)
        << test.name;
  }
}

TEST(FailureLog, AChildsDeathIsNone) {
  FailureLog log;
  Failure death = Of(FailureKind::kDeath);
  death.ended_process = true;
  log.Open(death);
  Repairs(&log).OnSurvived(1, 50);
  EXPECT_EQ(log.EndOf(1), nullptr);
  EXPECT_EQ(log.Take()[0].repaired_by, 50u);
}

TEST(FailureLog, AContainerThatStartsRepairsThePlatformsSteps) {
  for (const Source source : {Source::kSystem, Source::kContainer}) {
    FailureLog log;
    Failure step = Of(FailureKind::kStep);
    step.source = source;
    log.Add(step);
    Repairs(&log).OnContainerStart(50);
    EXPECT_EQ(Repaired(&log), source == Source::kSystem);
  }
}

TEST(FailureLog, AnImageThatIsBuiltRepairsItsSteps) {
  const struct {
    FailureKind kind;
    bool repaired;
  } kCases[] = {{FailureKind::kStep, true},
                {FailureKind::kTrouble, true},
                {FailureKind::kException, false}};
  for (const auto& test : kCases) {
    FailureLog log;
    log.Open(Of(test.kind));
    Repairs(&log).OnImageBuilt(50);
    EXPECT_EQ(log.Take()[0].repaired_by.has_value(), test.repaired);
  }
}

TEST(FailureLog, DeathsInOnePhaseAreCounted) {
  FailureLog log;
  const auto add = [&](FailureKind kind, const char* phase, bool repaired) {
    Failure failure = Of(kind);
    failure.phase = phase;
    if (repaired) failure.repaired_by = 90;
    log.Add(failure);
  };
  add(FailureKind::kSilence, "sampling", false);
  add(FailureKind::kDeath, "sampling", false);
  add(FailureKind::kDeath, "sampling", true);
  add(FailureKind::kDeath, "model-load", false);
  add(FailureKind::kException, "sampling", false);
  EXPECT_EQ(log.DeathsIn("sampling"), 2u);
}

TEST(FailureLog, ATroubleStandsBesideTheOpenFailure) {
  FailureLog log;
  log.Open(Of(FailureKind::kException, 10));
  log.OpenTrouble(Of(FailureKind::kTrouble, 12));
  EXPECT_EQ(log.open()->kind, FailureKind::kException);
  log.Gather(HitAt("symptom", 13));
  EXPECT_EQ(log.open()->seen.size(), 1u);
  EXPECT_EQ(log.trouble()->seen.size(), 1u);
  log.DropTrouble();  // another failure tells it
  EXPECT_EQ(log.trouble(), nullptr);
  EXPECT_EQ(log.Take().size(), 1u);
}

TEST(FailureLog, HowFarAFailureGathers) {
  const struct {
    FailureKind kind;
    std::uint64_t after;  // lines
    bool gathers;
  } kCases[] = {
      {FailureKind::kException, 200, true}, {FailureKind::kStep, 60, true},
      {FailureKind::kStep, 61, false},      {FailureKind::kJob, 61, false},
      {FailureKind::kRejected, 61, false},  {FailureKind::kSilence, 1, false},
  };
  for (const auto& test : kCases) {
    FailureLog log;
    log.Open(Of(test.kind, 10));
    log.Gather(HitAt("symptom", 10 + test.after));
    EXPECT_EQ(!log.open()->seen.empty(), test.gathers)
        << static_cast<int>(test.kind) << " after " << test.after;
  }
}

TEST(FailureLog, UnrepairedOnesAreKeptLongest) {
  FailureLog log;
  const std::size_t kept = FailureLog::kKeptFirst + FailureLog::kKeptLast;
  for (std::uint64_t line = 1; line <= 2 * kept; ++line) {
    Failure failure = Of(FailureKind::kException, line);
    if (line != 30) failure.repaired_by = line;
    log.Add(failure);
  }
  EXPECT_FALSE(Repaired(&log));
  EXPECT_TRUE(log.UnrepairedSince(30));
  EXPECT_FALSE(log.UnrepairedSince(31));
  const std::vector<Failure> failures = log.Take();
  EXPECT_EQ(failures.size(), kept);
  EXPECT_EQ(failures.front().first_line, 1u);
  EXPECT_EQ(failures.back().first_line, 2 * kept);
}

// What says the same as one that is kept is counted there.
TEST(FailureLog, ThoseThatAreNotKeptAreCounted) {
  FailureLog log;
  constexpr std::uint64_t kAll = 2 * kFailuresKept;
  for (std::uint64_t line = 1; line <= kAll; ++line) {
    Failure failure = Of(FailureKind::kException, line);
    failure.quote.text = line == 2 ? "another" : "the same";
    log.Add(failure);
  }
  std::uint64_t counted = 0;
  for (const Failure& failure : log.Take()) counted += failure.repeats + 1;
  EXPECT_EQ(counted, kAll);
}

TEST(FailureLog, TheyComeInTheOrderOfTheLog) {
  FailureLog log;
  log.Open(Of(FailureKind::kException, 50));
  log.Add(Of(FailureKind::kImport, 60));
  log.OpenTrouble(Of(FailureKind::kTrouble, 20));
  EXPECT_EQ(log.newest_line(), 50u);  // an import is of no work
  const std::vector<Failure> failures = log.Take();
  ASSERT_EQ(failures.size(), 3u);
  EXPECT_EQ(failures[0].first_line, 20u);
  EXPECT_EQ(failures[2].first_line, 60u);
}

TEST(FailureLog, ExceptionIsRepairedByTheSameWork) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load", {{"work", "Flux"}});
  script.Hit("prompt-failed").Hit("prompt-executed", {{"duration", "1 s"}});
  script.Hit("prompt-queued").Hit("load", {{"work", "SDXL"}});
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  script.Hit("prompt-queued").Hit("load", {{"work", "Flux"}});
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const std::uint64_t repaired_at = script.line();
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kException);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->repaired_by, repaired_at);
  EXPECT_EQ(failure->later_successes, 2u);
}

TEST(FailureLog, DeathIsNotRepairedBySmallerWork) {
  Script script = Started();
  script.Hit("prompt-queued");
  script.Hit("load", {{"work", "WAN21"}});
  script.Hit("sampling", {{"work", "121 frames"}});
  script.Hit("banner").Hit("startup-time").Hit("ready");
  script.Hit("prompt-queued").Hit("load", {{"work", "WAN21"}});
  script.Hit("sampling", {{"work", "33 frames"}});
  script.Hit("prompt-executed", {{"duration", "9 s"}});
  const Failure* silence = nullptr;
  const Story story = script.End();
  silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_FALSE(silence->repaired_by.has_value());
}

TEST(FailureLog, UnrepairedDeathOutlivesManyFailures) {
  Script script = Started();
  for (int i = 0; i < 20; ++i) {
    script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
    script.Hit("prompt-executed", {{"duration", "1 s"}});
  }
  script.Hit("prompt-queued").Hit("load", {{"work", "WAN21"}});
  script.Hit("banner").Hit("startup-time").Hit("ready");
  for (int i = 0; i < 200; ++i) {
    script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
    script.Hit("prompt-executed", {{"duration", "1 s"}});
  }
  EXPECT_NE(OfKind(script.End(), FailureKind::kSilence), nullptr);
}

}  // namespace
}  // namespace logdiag
