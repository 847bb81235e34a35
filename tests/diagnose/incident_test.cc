// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/incident.h"

#include <gtest/gtest.h>

#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Timeline Ready() {
  Timeline timeline;
  timeline.processes = {ReadyProcess(1)};
  return timeline;
}

TEST(Incident, OutcomeOfOneUnrepairedFailure) {
  const struct {
    FailureKind kind;
    const char* outcome;
  } kCases[] = {
      {FailureKind::kSilence, "silent-restart"},
      {FailureKind::kDeath, "crash"},
      {FailureKind::kHang, "hang"},
      {FailureKind::kWorker, "hang"},
      {FailureKind::kException, "error"},
      {FailureKind::kRejected, "error"},
      {FailureKind::kJob, "error"},
      {FailureKind::kStep, "error"},
      {FailureKind::kOutput, "error"},
      {FailureKind::kWork, "error"},
      {FailureKind::kStartup, "startup-failure"},
      {FailureKind::kDegraded, "degraded"},
      {FailureKind::kInterrupt, "interrupted"},
      {FailureKind::kSlow, "slow"},
      {FailureKind::kImport, "ready"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.failures = {MakeFailureOf(test.kind, 20)};
    timeline.failures[0].serving = true;
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome)
        << KindName(test.kind);
  }
}

TEST(Incident, AChosenFailureGoesBeforeTheRules) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kSilence, 20),
                       MakeFailureOf(FailureKind::kException, 30)};
  EXPECT_EQ(PickIncident(timeline).failure, &timeline.failures[0]);
  const Incident chosen = PickIncident(timeline, 1);
  EXPECT_EQ(chosen.failure, &timeline.failures[1]);
  EXPECT_EQ(chosen.outcome, "error");
  EXPECT_EQ(PickIncident(timeline, 0).outcome, "silent-restart");
}

TEST(Incident, IsWhatSomebodyWouldWantToKnow) {
  Failure failure = MakeFailureOf(FailureKind::kException, 20);
  EXPECT_TRUE(IsIncident(failure));
  failure.repaired_by = 30;
  EXPECT_FALSE(IsIncident(failure));
  EXPECT_FALSE(IsIncident(MakeFailureOf(FailureKind::kInterrupt, 20)));
  EXPECT_FALSE(IsIncident(MakeFailureOf(FailureKind::kImport, 20)));
  Failure trouble = MakeFailureOf(FailureKind::kTrouble, 20);
  trouble.serving = true;
  trouble.working = false;
  EXPECT_FALSE(IsIncident(trouble));
  trouble.stated = true;
  EXPECT_TRUE(IsIncident(trouble));
  trouble.bystander = true;
  EXPECT_FALSE(IsIncident(trouble));
}

TEST(Incident, RepairedFailuresAreNotTheIncident) {
  Timeline timeline = Ready();
  timeline.counts.executed = 3;
  timeline.failures = {MakeFailureOf(FailureKind::kException, 20)};
  timeline.failures[0].repaired_by = 30;
  const Incident incident = PickIncident(timeline);
  EXPECT_EQ(incident.outcome, "completed");
  EXPECT_EQ(incident.failure, nullptr);
}

TEST(Incident, LastUnrepairedFailureCounts) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kException, 20),
                       MakeFailureOf(FailureKind::kException, 40)};
  EXPECT_EQ(PickIncident(timeline).failure->first_line, 40u);
}

TEST(Incident, RulesGoInOrder) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kSilence, 10),
                       MakeFailureOf(FailureKind::kException, 50)};
  EXPECT_EQ(PickIncident(timeline).outcome, "silent-restart");
}

TEST(Incident, ThreeStartsThatNeverGetReadyAreALoop) {
  Timeline timeline;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    timeline.processes.push_back(UnreadyProcess(i, ProcessEnd::kSilent));
    Failure failure = MakeFailureOf(FailureKind::kStartup, i * 10);
    failure.process = i;
    timeline.failures.push_back(failure);
  }
  EXPECT_EQ(PickIncident(timeline).outcome, "crash-loop");
  timeline.processes.pop_back();
  timeline.failures.pop_back();
  EXPECT_EQ(PickIncident(timeline).outcome, "startup-failure");
  // Two that failed and one that came up: no loop.
  timeline.processes.push_back(ReadyProcess(3));
  for (Failure& failure : timeline.failures) failure.repaired_by = 99;
  EXPECT_EQ(PickIncident(timeline).outcome, "ready");
}

// The last failure of a start is the one that the next start followed.
TEST(Incident, OfSeveralFailuresOfAStartTheLastLeads) {
  Timeline timeline;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    timeline.processes.push_back(UnreadyProcess(i, ProcessEnd::kDied));
    for (const std::uint64_t line : {i * 100, i * 100 + 50}) {
      if (i == 4 && line > 400) continue;  // the log ends before it
      Failure failure = MakeFailureOf(FailureKind::kStartup, line);
      failure.process = i;
      failure.traceback.emplace();
      failure.quote.text = line == i * 100 ? "of its child" : "its own";
      if (line == i * 100) See(0, line, "", "", &failure.seen);
      timeline.failures.push_back(failure);
    }
  }
  const Incident incident = PickIncident(timeline);
  EXPECT_EQ(incident.outcome, "crash-loop");
  EXPECT_EQ(incident.failure->first_line, 350u);
  // Words after an exception are mostly about it.
  for (Failure& failure : timeline.failures) {
    if (failure.first_line % 100 == 50) failure.traceback.reset();
  }
  EXPECT_EQ(PickIncident(timeline).failure->first_line, 400u);
}

TEST(Incident, DeathsAtTheSamePointAreALoop) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kSilence, 10)};
  timeline.failures[0].same_point_deaths = 3;
  EXPECT_EQ(PickIncident(timeline).outcome, "crash-loop");
}

TEST(Incident, FinishedPromptWithRefusedOutputsIsDegraded) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kOutput, 10)};
  timeline.failures[0].finished = true;
  EXPECT_EQ(PickIncident(timeline).outcome, "degraded");
}

// What was refused is the verdict only as long as it may have stopped the rest.
TEST(Incident, RefusedOutputsOfAPromptThatIsStillAtWork) {
  const struct {
    const char* name;
    const char* phase;
    std::uint64_t begun;  // line of that phase
    std::int64_t done;    // of 20 steps
    const char* outcome;
  } kCases[] = {
      {"came through its sampling", "model-load", 15, 20, "cut"},
      {"samples", "model-load", 15, 7, "error"},
      {"loads", "model-load", 15, 0, "error"},
      {"did nothing", "prompt-validation", 15, 20, "error"},
      {"is another one, which ran before", "model-load", 5, 20, "error"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.work_open = true;
    timeline.failures = {MakeFailureOf(FailureKind::kOutput, 10)};
    Work work;
    work.state = WorkState::kRunning;
    work.phases = {{test.phase, test.begun, std::nullopt}};
    work.steps_done = test.done;
    work.steps_total = test.done == 0 ? 0 : 20;
    timeline.works = {work};
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome) << test.name;
    // What ended is another matter.
    timeline.works[0].state = WorkState::kLost;
    EXPECT_EQ(PickIncident(timeline).outcome, "error") << test.name;
  }
}

TEST(Incident, HealthyOutcomes) {
  Timeline nothing;
  EXPECT_EQ(PickIncident(nothing).outcome, "cut");
  Timeline ready = Ready();
  EXPECT_EQ(PickIncident(ready).outcome, "ready");
  Timeline running = Ready();
  running.counts.executed = 1;
  running.work_open = true;
  EXPECT_EQ(PickIncident(running).outcome, "cut");
  running.work_open = false;
  EXPECT_EQ(PickIncident(running).outcome, "completed");
  Timeline build;
  build.build_log = true;
  EXPECT_EQ(PickIncident(build).outcome, "cut");
  build.image_built = true;
  EXPECT_EQ(PickIncident(build).outcome, "completed");
  build.failures = {MakeFailureOf(FailureKind::kStep, 5)};
  build.failures[0].source = Source::kBuild;
  EXPECT_EQ(PickIncident(build).outcome, "startup-failure");
}

// The outcome of a trouble that nothing claims.
TEST(Incident, TroubleThatIsLeftOver) {
  const struct {
    const char* name;
    bool traceback;
    bool stated;
    bool serving;
    bool working;
    bool bystander;
    const char* outcome;
  } kCases[] = {
      {"a line of level ERROR during work", false, false, true, true, false,
       "error"},
      {"an exception of an idle server", true, false, true, false, false,
       "error"},
      {"an error that an idle server states", false, true, true, false, false,
       "error"},
      {"a line of level ERROR of an idle server", false, false, true, false,
       false, "ready"},
      {"before anything serves", false, false, false, false, false, "error"},
      {"a bystander", true, true, true, true, true, "ready"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.failures = {MakeFailureOf(FailureKind::kTrouble, 20)};
    Failure& trouble = timeline.failures[0];
    if (test.traceback) trouble.traceback.emplace();
    trouble.stated = test.stated;
    trouble.serving = test.serving;
    trouble.working = test.working;
    trouble.bystander = test.bystander;
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome) << test.name;
    trouble.repaired_by = 30;
    EXPECT_EQ(PickIncident(timeline).outcome, "ready") << test.name;
  }
}

TEST(Incident, WhereATroubleCameFrom) {
  const struct {
    Source source;
    const char* phase;
    bool serving;
    const char* outcome;
  } kCases[] = {
      {Source::kKernel, "sampling", true, "crash"},
      {Source::kKernel, "unknown", false, "crash"},
      {Source::kContainer, "sampling", true, "error"},
      {Source::kContainer, "install", false, "startup-failure"},
      {Source::kContainer, "install", true, "error"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.failures = {MakeFailureOf(FailureKind::kTrouble, 20)};
    timeline.failures[0].stated = true;
    timeline.failures[0].source = test.source;
    timeline.failures[0].phase = test.phase;
    timeline.failures[0].serving = test.serving;
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome) << test.phase;
  }
}

TEST(Incident, SameWordsEachTimeAreALoop) {
  const struct {
    const char* name;
    std::uint64_t repeats;
    bool serving;
    bool traceback;
    const char* outcome;
  } kCases[] = {
      {"three times", 2, false, false, "crash-loop"},
      {"twice", 1, false, false, "error"},
      {"of a server that is up", 2, true, true, "error"},
      {"told as an exception", 2, false, true, "crash-loop"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.failures = {MakeFailureOf(FailureKind::kTrouble, 20)};
    timeline.failures[0].repeats = test.repeats;
    timeline.failures[0].serving = test.serving;
    if (test.traceback) timeline.failures[0].traceback.emplace();
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome) << test.name;
  }
}

TEST(Incident, RestartsThatThePlatformCounts) {
  const struct {
    std::uint64_t restarts;
    FailureKind kind;
    const char* outcome;
  } kCases[] = {
      {3, FailureKind::kDeath, "crash-loop"},
      {3, FailureKind::kStartup, "crash-loop"},
      {3, FailureKind::kStep, "crash-loop"},
      {2, FailureKind::kDeath, "crash"},
      {3, FailureKind::kException, "error"},
  };
  for (const auto& test : kCases) {
    Timeline timeline = Ready();
    timeline.restarts = test.restarts;
    timeline.failures = {MakeFailureOf(test.kind, 20)};
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome)
        << KindName(test.kind) << " " << test.restarts;
  }
}

TEST(Incident, WhatBreaksARowOfStarts) {
  const struct {
    const char* name;
    ProcessEnd end;
    bool ready;
    bool worked;
    bool loop;
  } kCases[] = {
      {"silent", ProcessEnd::kSilent, false, false, true},
      {"stopped on request", ProcessEnd::kStopped, false, false, true},
      {"restarted on purpose", ProcessEnd::kAnnounced, false, false, false},
      {"it became ready", ProcessEnd::kSilent, true, false, false},
      {"it worked", ProcessEnd::kSilent, false, true, false},
  };
  for (const auto& test : kCases) {
    Timeline timeline;
    for (std::uint64_t i = 1; i <= 5; ++i) {
      timeline.processes.push_back(UnreadyProcess(i, ProcessEnd::kSilent));
      Failure failure = MakeFailureOf(FailureKind::kStartup, i * 10);
      failure.process = i;
      timeline.failures.push_back(failure);
    }
    timeline.processes[2] = UnreadyProcess(3, test.end);
    timeline.processes[2].worked = test.worked;
    if (test.ready) timeline.processes[2].ready_line = 30;
    EXPECT_EQ(PickIncident(timeline).outcome == "crash-loop", test.loop)
        << test.name;
  }
}

TEST(Incident, AFailedStartThatAnotherFollowed) {
  for (const bool went_well : {true, false}) {
    Timeline timeline;
    timeline.processes = {
        UnreadyProcess(1, ProcessEnd::kDied),
        went_well ? ReadyProcess(2) : UnreadyProcess(2, ProcessEnd::kRunning)};
    timeline.failures = {MakeFailureOf(FailureKind::kStartup, 20)};
    const Incident incident = PickIncident(timeline);
    EXPECT_EQ(incident.outcome, went_well ? "ready" : "startup-failure");
    EXPECT_EQ(incident.failure == nullptr, went_well);
  }
}

TEST(Incident, AStartThatEndedSilentlyBeforeAnotherWasATest) {
  Timeline timeline;
  timeline.processes = {UnreadyProcess(1, ProcessEnd::kSilent),
                        UnreadyProcess(2, ProcessEnd::kRunning)};
  timeline.failures = {MakeFailureOf(FailureKind::kStartup, 20)};
  EXPECT_EQ(PickIncident(timeline).failure, nullptr);
}

TEST(Incident, AnInterruptThatOtherWorkFollows) {
  for (const bool work_open : {true, false}) {
    Timeline timeline = Ready();
    timeline.counts.executed = 1;
    timeline.work_open = work_open;
    timeline.failures = {MakeFailureOf(FailureKind::kInterrupt, 20)};
    EXPECT_EQ(PickIncident(timeline).outcome,
              work_open ? "cut" : "interrupted");
  }
}

TEST(Incident, WorkThatFailsBeforeReady) {
  const struct {
    const char* name;
    bool start_seen;
    bool ready;
    const char* phase;
    bool serving;
    const char* outcome;
  } kCases[] = {
      {"a download of a start", true, false, "download", false,
       "startup-failure"},
      {"an install of a start", true, false, "install", false,
       "startup-failure"},
      {"an install of a log of nothing else", false, false, "install", false,
       "startup-failure"},
      {"a training of a log of nothing else", false, false, "sampling", false,
       "error"},
      {"an install of a server", true, true, "install", true, "error"},
  };
  for (const auto& test : kCases) {
    Timeline timeline;
    timeline.processes = {test.ready ? ReadyProcess(1)
                                     : UnreadyProcess(1, ProcessEnd::kRunning)};
    timeline.processes[0].start_seen = test.start_seen;
    timeline.failures = {MakeFailureOf(FailureKind::kWork, 20)};
    timeline.failures[0].phase = test.phase;
    timeline.failures[0].serving = test.serving;
    EXPECT_EQ(PickIncident(timeline).outcome, test.outcome) << test.name;
  }
}

TEST(Incident, TheFailureThatEndedAStartTellsMost) {
  Timeline timeline;
  timeline.processes = {UnreadyProcess(1, ProcessEnd::kDied)};
  timeline.failures = {MakeFailureOf(FailureKind::kStartup, 20),
                       MakeFailureOf(FailureKind::kStep, 30)};
  timeline.failures[0].ended_process = true;
  EXPECT_EQ(PickIncident(timeline).failure->first_line, 20u);
}

// Of two failures the outcome that comes first in the rules, whichever was
// first in the log.
TEST(Incident, WhichRuleComesFirst) {
  const struct {
    FailureKind first;
    FailureKind second;
    const char* outcome;
  } kCases[] = {
      {FailureKind::kSilence, FailureKind::kDeath, "silent-restart"},
      {FailureKind::kDeath, FailureKind::kHang, "crash"},
      {FailureKind::kHang, FailureKind::kException, "hang"},
      {FailureKind::kException, FailureKind::kTrouble, "error"},
      {FailureKind::kTrouble, FailureKind::kDegraded, "error"},
      {FailureKind::kDegraded, FailureKind::kInterrupt, "degraded"},
      {FailureKind::kInterrupt, FailureKind::kSlow, "interrupted"},
      {FailureKind::kSlow, FailureKind::kImport, "slow"},
  };
  for (const auto& test : kCases) {
    for (const bool swapped : {false, true}) {
      Timeline timeline = Ready();
      timeline.failures = {
          MakeFailureOf(swapped ? test.second : test.first, 10),
          MakeFailureOf(swapped ? test.first : test.second, 50)};
      for (Failure& failure : timeline.failures) failure.stated = true;
      const Incident incident = PickIncident(timeline);
      EXPECT_EQ(incident.outcome, test.outcome) << KindName(test.first);
      EXPECT_EQ(incident.failure->kind, test.first) << KindName(test.first);
    }
  }
}

TEST(Incident, AnEchoHasThePhaseOfTheFirst) {
  Timeline timeline = Ready();
  timeline.failures = {MakeFailureOf(FailureKind::kException, 10),
                       MakeFailureOf(FailureKind::kException, 50)};
  for (Failure& failure : timeline.failures) {
    failure.quote.text = "CUDA error";
  }
  timeline.failures[1].phase = "model-load";
  EXPECT_EQ(PickIncident(timeline).phase, "sampling");
  EXPECT_EQ(PickIncident(timeline).failure->first_line, 50u);
}

}  // namespace
}  // namespace logdiag
