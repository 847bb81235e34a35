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

TEST(Incident, HealthyOutcomes) {
  Timeline nothing;
  EXPECT_EQ(PickIncident(nothing).outcome, "cut");
  Timeline ready = Ready();
  EXPECT_EQ(PickIncident(ready).outcome, "ready");
  Timeline running = Ready();
  running.counts.executed = 1;
  running.prompts.resize(1);
  running.prompts[0].state = WorkState::kRunning;
  EXPECT_EQ(PickIncident(running).outcome, "cut");
  running.prompts[0].state = WorkState::kExecuted;
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

}  // namespace
}  // namespace logdiag
