// SPDX-License-Identifier: Apache-2.0
// Work around or beside the prompts.
#include "analyzer/timeline/endings/outer_ends.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Traceback HandlerError() {
  return MakeTraceback("ValueError", "boom", "/c/handler.py", "run",
                       "/c/handler.py");
}

TEST(OuterEnds, WorkOfEachKind) {
  const struct {
    const char* kind;
    bool serves;  // it shows that the program is up
  } kCases[] = {{"request", true},   {"training", true}, {"script", true},
                {"download", false}, {"install", false}, {"task", false}};
  for (const auto& test : kCases) {
    const std::string kind = test.kind;
    Script script;
    script.Hit(kind + "-begins").Hit(kind + "-done");
    const Story done = script.End();
    EXPECT_EQ(done.timeline.counts.others_done, 1u) << kind;
    EXPECT_EQ(done.timeline.processes[0].worked, test.serves) << kind;
    EXPECT_FALSE(done.timeline.work_open) << kind;
    EXPECT_TRUE(done.timeline.failures.empty()) << kind;

    Script failing;
    const Story failed =
        failing.Hit(kind + "-begins").Hit(kind + "-failed").End();
    ASSERT_EQ(failed.timeline.failures.size(), 1u) << kind;
    EXPECT_EQ(failed.timeline.failures[0].kind, FailureKind::kWork) << kind;
    EXPECT_EQ(failed.timeline.counts.others_done, 0u) << kind;
    EXPECT_FALSE(failed.timeline.work_open) << kind;

    Script open;
    EXPECT_TRUE(open.Hit(kind + "-begins").End().timeline.work_open) << kind;
  }
}

TEST(OuterEnds, WhichDoneIsItsEnd) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    std::uint64_t done;
  } kCases[] = {
      {"its own", {"training-begins", "training-done"}, 1},
      {"another kind's", {"training-begins", "install-done"}, 0},
      {"steps of one work",
       {"install-begins", "install-begins", "install-done"},
       1},
      {"two after each other",
       {"install-begins", "install-done", "install-begins", "install-done"},
       2},
      {"its begin is not in the log", {"training-done"}, 1},
      {"a script's words in a server's log",
       {"startup-time", "script-done"},
       0},
      {"in a job, they are the job's",
       {"job-queued", "install-begins", "install-done"},
       0},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    EXPECT_EQ(script.End().timeline.counts.others_done, test.done) << test.name;
  }
}

// A job may have a prompt inside it, a training has none.
TEST(OuterEnds, PhasesInsideATrainingEndWithIt) {
  Script training;
  training.Hit("training-begins").Hit("sampling").Hit("training-done");
  EXPECT_FALSE(training.End().timeline.work_open);
  Script before;
  before.Hit("sampling").Hit("training-begins").Hit("training-done");
  EXPECT_TRUE(before.End().timeline.work_open);
}

TEST(OuterEnds, AJobsFinished) {
  const struct {
    const char* name;
    std::function<void(Script*)> before;
    std::uint64_t done;
  } kCases[] = {
      {"all went well", [](Script* s) { s->Hit("prompt-executed"); }, 1},
      {"its prompt still runs: it was given up", [](Script*) {}, 0},
      {"its prompt failed", [](Script* s) { s->Hit("prompt-failed"); }, 0},
      {"its prompt was refused", [](Script* s) { s->Hit("prompt-rejected"); },
       0},
      {"a trouble is left", [](Script* s) { s->Raise(HandlerError()); }, 0},
      {"a trouble that was overcome",
       [](Script* s) {
         s->Raise(HandlerError()).Bar(1, 20, true).Hit("prompt-executed");
       },
       1},
      {"the handler gave it up", [](Script* s) { s->Hit("job-failed"); }, 0},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("job-queued").Hit("prompt-queued").Hit("load");
    test.before(&script);
    const Story story = script.Hit("job-finished").End();
    EXPECT_EQ(story.timeline.counts.others_done, test.done) << test.name;
  }
}

TEST(OuterEnds, AFailureOfAnEarlierJobDoesNotSpoilTheNext) {
  Script script = Started();
  script.Hit("job-queued").Hit("job-failed").Hit("job-finished");
  script.Lines(40).Hit("job-queued").Hit("job-finished");
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.others_done, 1u);
  const Failure* job = OfKind(story, FailureKind::kJob);
  ASSERT_NE(job, nullptr);
  EXPECT_TRUE(job->repaired_by.has_value());
}

TEST(OuterEnds, AFailedJobTellsWhatIsNotToldYet) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    FailureKind kind;
  } kCases[] = {
      {"nothing else was told", {}, FailureKind::kJob},
      {"its prompt failed",
       {"prompt-queued", "load", "prompt-failed"},
       FailureKind::kException},
      {"its prompt was refused",
       {"prompt-queued", "prompt-rejected"},
       FailureKind::kRejected},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("job-queued");
    for (const std::string& line : test.lines) script.Hit(line);
    const Story story = script.Hit("job-failed").End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
    EXPECT_EQ(story.timeline.failures[0].last_line, script.line()) << test.name;
  }
}

TEST(OuterEnds, TheTroubleOfWorkIsItsReason) {
  const struct {
    const char* begins;
    const char* failed;
    FailureKind kind;
  } kCases[] = {
      {"job-queued", "job-failed", FailureKind::kJob},
      {"training-begins", "training-failed", FailureKind::kWork},
      {"note", "training-failed", FailureKind::kWork},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    const Story story =
        script.Hit(test.begins).Raise(HandlerError()).Hit(test.failed).End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.begins;
    const Failure& failure = story.timeline.failures[0];
    EXPECT_EQ(failure.kind, test.kind) << test.begins;
    ASSERT_TRUE(failure.traceback.has_value()) << test.begins;
    EXPECT_EQ(failure.traceback->chain[0].message, "boom") << test.begins;
  }
}

TEST(OuterEnds, ATroubleBeforeTheWorkIsNotItsReason) {
  Script script = Started();
  script.Error("no x").Lines(2).Hit("training-begins").Hit("training-failed");
  const Story story = script.End();
  EXPECT_NE(OfKind(story, FailureKind::kTrouble), nullptr);
  EXPECT_EQ(
      OfKind(story, FailureKind::kWork)->seen.count(MarkerIndex("symptom")),
      0u);
}

TEST(OuterEnds, InstallsRepairOnlyTheirOwnSteps) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    bool repaired;
  } kCases[] = {
      {"a step inside it",
       {"install-begins", "step-failed", "install-done"},
       true},
      {"a step before it",
       {"step-failed", "install-begins", "install-done"},
       false},
      {"a download's step",
       {"download-begins", "step-failed", "download-done"},
       true},
      {"served work afterwards",
       {"step-failed", "training-begins", "training-done"},
       true},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    const Story story = script.End();
    const Failure* step = OfKind(story, FailureKind::kStep);
    ASSERT_NE(step, nullptr) << test.name;
    EXPECT_EQ(step->repaired_by.has_value(), test.repaired) << test.name;
  }
}

// What is raised there concerns no work.
TEST(OuterEnds, ABystanderSpoilsNoJob) {
  Script script = Started();
  script.Hit("job-queued");
  script.Raise(MakeTraceback("OSError", "x", "/c/a.py", "run", "/c/web.py"));
  const Story story = script.Hit("job-finished").End();
  EXPECT_EQ(story.timeline.counts.others_done, 1u);
}

TEST(OuterEnds, WhatIsKeptOfIt) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    WorkKind kind;
    WorkState state;
    std::uint64_t end_line;
  } kCases[] = {
      {"done",
       {"training-begins", "training-done"},
       WorkKind::kTraining,
       WorkState::kExecuted,
       2},
      {"failed",
       {"install-begins", "install-failed"},
       WorkKind::kInstall,
       WorkState::kFailed,
       2},
      {"open",
       {"download-begins"},
       WorkKind::kDownload,
       WorkState::kRunning,
       0},
      {"a job that failed and another",
       {"job-queued", "job-failed", "job-queued", "job-finished"},
       WorkKind::kJob,
       WorkState::kFailed,
       0},
      {"a start follows",
       {"startup-time", "total-vram", "ready", "training-begins",
        "startup-time", "total-vram", "ready"},
       WorkKind::kTraining,
       WorkState::kLost,
       0},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    const std::vector<Work> kept = script.End().timeline.other_works;
    ASSERT_FALSE(kept.empty()) << test.name;
    EXPECT_EQ(kept[0].kind, test.kind) << test.name;
    EXPECT_EQ(kept[0].state, test.state) << test.name;
    EXPECT_EQ(kept[0].end_line, test.end_line) << test.name;
  }
}

TEST(OuterEnds, WhatTellsNothingOfAFailedJob) {
  const struct {
    const char* name;
    std::function<void(Script*)> print;
  } kCases[] = {
      {"a bystander",
       [](Script* s) {
         s->Raise(MakeTraceback("OSError", "x", "/c/a.py", "run", "/c/web.py"));
       }},
      {"a pack that does not import",
       [](Script* s) {
         s->Hit("import-failed", {{"pack", "pack-a"}});
       }},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("job-queued");
    test.print(&script);
    const Story story = script.Hit("job-failed").End();
    EXPECT_NE(OfKind(story, FailureKind::kJob), nullptr) << test.name;
  }
}

}  // namespace
}  // namespace logdiag
