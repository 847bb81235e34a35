// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/same_job.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Work WorkOf(const std::string& job, WorkState state, std::uint64_t end_line) {
  Work work;
  work.state = state;
  work.work = {"WanVideoModel", job};
  work.end_line = end_line;
  return work;
}

Failure FailureOf(const std::string& job, std::uint64_t prompt,
                  std::uint64_t line) {
  Failure failure = MakeFailureOf(FailureKind::kException, line);
  failure.prompt = prompt;
  failure.work = {"WanVideoModel", job};
  failure.quote.line = line;
  return failure;
}

std::string ValueOf(const Facts& facts, const char* name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "" : found->second.value;
}

TEST(SameJob, TheLargestSmallerJobThatFinished) {
  const struct {
    const char* job;
    WorkState state;
    const char* passed;
  } kCases[] = {
      {"81 frames at 832x480", WorkState::kExecuted, "81 frames at 832x480"},
      {"161 frames at 480x480", WorkState::kExecuted, "49 frames at 832x480"},
      {"81 frames in 2 windows, at 832x480", WorkState::kExecuted,
       "81 frames in 2 windows, at 832x480"},
      {"33 frames at 832x480", WorkState::kExecuted, "49 frames at 832x480"},
      {"81 frames at 832x480", WorkState::kFailed, "49 frames at 832x480"},
      // The same, larger, or with more of one and less of the other.
      {"161 frames at 832x480", WorkState::kExecuted, "49 frames at 832x480"},
      {"201 frames at 832x480", WorkState::kExecuted, "49 frames at 832x480"},
      {"33 frames at 1280x720", WorkState::kExecuted, "49 frames at 832x480"},
      {"81 frames", WorkState::kExecuted, "49 frames at 832x480"},
  };
  for (const auto& test : kCases) {
    Timeline timeline;
    timeline.works = {WorkOf("49 frames at 832x480", WorkState::kExecuted, 40),
                      WorkOf(test.job, test.state, 60)};
    Facts facts;
    AddSameJob(timeline, FailureOf("161 frames at 832x480", 9, 90), &facts);
    EXPECT_EQ(ValueOf(facts, "passed_job"), test.passed) << test.job;
    EXPECT_EQ(facts.at("passed_job").line,
              std::string(test.passed) == test.job ? 60u : 40u)
        << test.job;
  }
}

TEST(SameJob, AnEarlierFailureOfTheSameSize) {
  Timeline timeline;
  timeline.failures = {FailureOf("161 frames at 832x480", 3, 20),
                       FailureOf("81 frames at 832x480", 4, 30),
                       FailureOf("161 frames at 832x480", 9, 90)};
  Facts facts;
  AddSameJob(timeline, timeline.failures[2], &facts);
  EXPECT_EQ(ValueOf(facts, "same_job_failed"), "20");
  EXPECT_EQ(facts.at("same_job_failed").line, 20u);
  // The first of them had none before it.
  facts.clear();
  AddSameJob(timeline, timeline.failures[0], &facts);
  EXPECT_TRUE(facts.empty());
}

TEST(SameJob, WorkWithoutASizeTellsNothing) {
  Timeline timeline;
  timeline.works = {WorkOf("81 frames at 832x480", WorkState::kExecuted, 60)};
  Facts facts;
  AddSameJob(timeline, FailureOf("SDXL", 9, 90), &facts);
  EXPECT_TRUE(facts.empty());
}

}  // namespace
}  // namespace logdiag
