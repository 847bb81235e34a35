// SPDX-License-Identifier: Apache-2.0
// Tracebacks: whom each belongs to, and what it ended.
#include "analyzer/timeline/troubles/tracebacks.h"

#include <gtest/gtest.h>

#include <string>

#include "analyzer/timeline/troubles/failure_log.h"
#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Traceback Main(const std::string& type = "OSError") {
  return MakeTraceback(type, "x", "/c/main.py", "<module>", "/c/main.py");
}

Traceback Deep(const std::string& message = "boom") {
  return MakeTraceback("ValueError", message, "/c/execution.py", "run",
                       "/c/custom_nodes/pack-a/nodes.py");
}

TEST(Tracebacks, BelongsToTheHeadlineBeforeIt) {
  for (const char* marker : {"prompt-failed", "worker-died", "job-failed"}) {
    Script script = Started();
    script.Hit("prompt-queued").Hit("load").Hit(marker).Raise(Deep());
    const Story story = script.End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << marker;
    const Failure& failure = story.timeline.failures[0];
    ASSERT_TRUE(failure.traceback.has_value()) << marker;
    EXPECT_EQ(failure.quote.text, "ValueError: boom") << marker;
    EXPECT_EQ(failure.pack, "pack-a") << marker;
  }
}

TEST(Tracebacks, TheFirstOneAfterAHeadlineIsItsReason) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
  script.Raise(Deep("the reason")).Raise(Deep("an echo"));
  const Story story = script.End();
  EXPECT_EQ(OfKind(story, FailureKind::kException)->quote.text,
            "ValueError: the reason");
}

TEST(Tracebacks, AWarningThatQuotesItHasCaughtIt) {
  const struct {
    const char* name;
    Level level;
    const char* text;
    bool caught;
  } kCases[] = {
      {"a warning", Level::kWarning, "no fast path: boom", true},
      {"of something else", Level::kWarning, "no fast path", false},
      {"an error", Level::kError, "no fast path: boom", false},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Say(test.level, test.text);
    Traceback traceback = Deep();
    traceback.first_line = script.line() + 1;
    script.Raise(traceback);
    EXPECT_EQ(script.End().timeline.failures.empty(), test.caught) << test.name;
  }
}

TEST(Tracebacks, FarFromAHeadlineItIsATroubleOfItsOwn) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
  script.Lines(static_cast<int>(FailureLog::kGatherLines) + 1).Raise(Deep());
  const Story story = script.End();
  EXPECT_FALSE(OfKind(story, FailureKind::kException)->traceback.has_value());
  EXPECT_NE(OfKind(story, FailureKind::kTrouble), nullptr);
}

TEST(Tracebacks, FramesTellThePhase) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-failed");
  script.Raise(MakeTraceback("ValueError", "x", "/c/execution.py", "run",
                             "/c/comfy/samplers.py"));
  const Story story = script.End();
  EXPECT_EQ(OfKind(story, FailureKind::kException)->phase, "sampling");
  EXPECT_TRUE(story.timeline.ours);
}

// A bare traceback at the top level of a script ends its interpreter.
TEST(Tracebacks, WhatItEnded) {
  const struct {
    const char* name;
    const char* file;
    bool ready;
    bool works;
    FailureKind kind;
    bool ended;
  } kCases[] = {
      {"the server's start", "/c/main.py", false, false, FailureKind::kStartup,
       true},
      {"the server", "/c/main.py", true, true, FailureKind::kDeath, true},
      {"the server, before any work", "/c/main.py", true, false,
       FailureKind::kStartup, true},
      {"a client of the server", "/c/client.py", true, true,
       FailureKind::kTrouble, false},
      {"an installer before it", "/c/install.py", false, false,
       FailureKind::kStartup, false},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("banner").Hit("startup-time");
    if (test.ready) script.Hit("ready");
    if (test.works) script.Hit("prompt-queued").Hit("load");
    script.Raise(
        MakeTraceback("OSError", "x", test.file, "<module>", test.file));
    const Story story = script.End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
    EXPECT_EQ(story.timeline.failures[0].ended_process, test.ended)
        << test.name;
    EXPECT_EQ(story.timeline.processes[0].end == ProcessEnd::kDied, test.ended)
        << test.name;
  }
}

TEST(Tracebacks, AScriptAtWorkDies) {
  const struct {
    const char* name;
    const char* marker;
    FailureKind kind;
  } kCases[] = {
      {"of its training", "training-begins", FailureKind::kDeath},
      {"of an install before it", "install-begins", FailureKind::kStartup},
      {"of nothing that is known", "note", FailureKind::kStartup},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit(test.marker);
    script.Raise(MakeTraceback("OSError", "x", "train.py", "<module>", "x.py"));
    const Story story = script.End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
  }
}

TEST(Tracebacks, ALaunchersOwnIsAnEcho) {
  Script script;
  script.Hit("startup-time").Raise(Main());
  script.Raise(MakeTraceback("CalledProcessError", "main.py failed", "run.py",
                             "<module>", "run.py"));
  const Story story = script.End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].quote.text, "OSError: x");
  EXPECT_EQ(story.timeline.failures[0].last_line, script.line());
}

TEST(Tracebacks, WhatCannotBeImportedIsNoEcho) {
  for (const char* type : {"ModuleNotFoundError", "ImportError"}) {
    Script script;
    script.Hit("startup-time").Raise(Main());
    script.Raise(MakeTraceback(type, "No module named 'b'", "run.py",
                               "<module>", "run.py"));
    const Story story = script.End();
    ASSERT_EQ(story.timeline.failures.size(), 2u) << type;
    EXPECT_EQ(story.timeline.failures[1].quote.line, script.line()) << type;
    EXPECT_EQ(story.timeline.failures[1].kind, FailureKind::kStartup) << type;
  }
}

TEST(Tracebacks, DyingBeforeTheFirstWords) {
  Script script;
  script.Raise(Main("ImportError"));
  const Story story = script.End();
  EXPECT_EQ(story.timeline.counts.sessions, 1u);
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].kind, FailureKind::kStartup);
}

TEST(Tracebacks, AnOperatorsInterruptIsNoFailure) {
  const struct {
    const char* name;
    Traceback traceback;
    ProcessEnd end;
  } kCases[] = {
      {"Ctrl-C at the top level", Main("KeyboardInterrupt"),
       ProcessEnd::kStopped},
      {"Ctrl-C in a worker",
       MakeTraceback("KeyboardInterrupt", "", "/c/pool.py", "work", "x.py"),
       ProcessEnd::kRunning},
      {"an interrupted prompt",
       MakeTraceback("comfy.InterruptProcessingException", "", "/c/e.py", "run",
                     "x.py"),
       ProcessEnd::kRunning},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Raise(test.traceback);
    const Story story = script.End();
    EXPECT_TRUE(story.timeline.failures.empty()) << test.name;
    EXPECT_EQ(story.timeline.processes[0].end, test.end) << test.name;
  }
}

TEST(Tracebacks, TracebackOfMainIsAFailedStart) {
  Script script;
  script.Hit("startup-time");
  script.Raise(MakeTraceback("ModuleNotFoundError", "No module named 'torch'",
                             "/c/main.py", "<module>", "/c/main.py"));
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kStartup);
  ASSERT_NE(failure, nullptr);
  EXPECT_TRUE(failure->ended_process);
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kDied);
}

}  // namespace
}  // namespace logdiag
