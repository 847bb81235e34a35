// SPDX-License-Identifier: Apache-2.0
// How processes end: announced, stopped, with words of death, or silently.
#include "analyzer/timeline/endings/process_ends.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

Traceback NodeError() {
  return MakeTraceback("ValueError", "boom", "/c/execution.py", "run",
                       "/c/nodes.py");
}

TEST(ProcessEnds, SilentDeathInSampling) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
  const std::uint64_t bar_line = script.line();
  script.At(70.5).Line("").Line("==========").Hit("banner");
  const Story story = script.At(80).Hit("startup-time").End();
  const Failure* silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_EQ(silence->phase, "sampling");
  EXPECT_EQ(silence->quote.line, bar_line);
  ASSERT_TRUE(silence->restart_gap_s.has_value());
  EXPECT_DOUBLE_EQ(*silence->restart_gap_s, 10.5);
  ASSERT_TRUE(silence->bar.has_value());
  EXPECT_TRUE(silence->bar->open);
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kSilent);
  EXPECT_EQ(story.timeline.processes[0].last_line, bar_line);
  EXPECT_EQ(story.timeline.counts.sessions, 2u);
}

// A start is certain with its second mark; what was raised since the first one
// is its own, and so no death of the process before it.
TEST(ProcessEnds, TroubleOfTheNextStartIsNoDeath) {
  for (const bool own : {false, true}) {
    Script script = Started();
    script.At(60).Line("idle");
    if (!own) script.Hit("startup-time");
    script.Raise(NodeError());
    if (own) script.Hit("startup-time");
    const Story story = script.At(70).Hit("total-vram").Hit("ready").End();
    ASSERT_EQ(story.timeline.counts.sessions, 2u) << own;
    EXPECT_EQ(CountOf(story, FailureKind::kDeath), own ? 1u : 0u) << own;
  }
}

// A CUDA banner comes after the last line of each phase.
TEST(ProcessEnds, SilentEndsInEachPhase) {
  const struct {
    const char* phase;
    std::vector<std::string> lines;  // markers; "0 %" is a bar
    FailureKind kind;
  } kCases[] = {
      {"container-start", {}, FailureKind::kStartup},
      {"comfyui-startup", {"startup-time"}, FailureKind::kStartup},
      {"custom-node-import", {"startup-time", "import"}, FailureKind::kStartup},
      {"prompt-validation",
       {"startup-time", "ready", "prompt-queued"},
       FailureKind::kSilence},
      {"model-load",
       {"startup-time", "ready", "prompt-queued", "load"},
       FailureKind::kSilence},
      {"sampling",
       {"startup-time", "ready", "prompt-queued", "load", "0 %"},
       FailureKind::kSilence},
      {"vae-decode",
       {"startup-time", "ready", "prompt-queued", "sampling", "decode"},
       FailureKind::kSilence},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("banner");
    for (const std::string& line : test.lines) {
      if (line == "0 %") {
        script.Bar(0, 20, true);
      } else {
        script.Hit(line);
      }
    }
    const std::uint64_t last = script.line();
    script.At(30).Line("").Line("==========").Hit("banner");
    const Story story = script.Hit("startup-time").Hit("ready").End();
    EXPECT_EQ(story.timeline.counts.containers, 2u) << test.phase;
    const Failure* failure = OfKind(story, test.kind);
    ASSERT_NE(failure, nullptr) << test.phase;
    EXPECT_EQ(failure->phase, test.phase);
    EXPECT_EQ(failure->first_line, last) << test.phase;
    EXPECT_TRUE(failure->ended_process) << test.phase;
    EXPECT_DOUBLE_EQ(failure->restart_gap_s.value_or(0), 30) << test.phase;
    EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kSilent)
        << test.phase;
  }
}

TEST(ProcessEnds, AnIdleServerThatIsReplacedLostNothing) {
  Script script = Started();
  script.Hit("banner").Hit("startup-time").Hit("ready");
  EXPECT_TRUE(script.End().timeline.failures.empty());
}

TEST(ProcessEnds, EndsThatAreNotSilent) {
  const struct {
    const char* marker;
    ProcessEnd end;
  } kCases[] = {
      {"restart-announced", ProcessEnd::kAnnounced},
      {"stopped", ProcessEnd::kStopped},
      {"container-stop", ProcessEnd::kStopped},
      {"process-died", ProcessEnd::kDied},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit(test.marker).Hit("banner").Hit("startup-time");
    const Story story = script.End();
    EXPECT_EQ(story.timeline.processes[0].end, test.end) << test.marker;
    EXPECT_EQ(OfKind(story, FailureKind::kSilence), nullptr) << test.marker;
  }
}

TEST(ProcessEnds, ExitCodeOfAnOrderlyEndIsAStop) {
  for (const char* code : {"0", "130", "143"}) {
    Script script = Started();
    const Story story = script.Hit("process-died", {{"exit_code", code}}).End();
    EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kStopped) << code;
  }
}

TEST(ProcessEnds, TheCodeThatALineStates) {
  const struct {
    const char* group;
    const char* value;
    std::optional<int> code;
  } kCases[] = {
      {"exit_code", "1", 1},
      {"code", "137", 137},
      {"exitcode", "-9", 137},
      {"status", "139", 139},
      {"returncode", "-11", 139},
      {"signal", "SIGKILL", 137},
      {"signal", "9", 137},
      {"exit_code", "3221225477", -1073741819},
      {"exit_code", "", std::nullopt},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("prompt-queued").Hit("load");
    const Story story =
        script.Hit("process-died", {{test.group, test.value}}).End();
    const Failure* death = OfKind(story, FailureKind::kDeath);
    ASSERT_NE(death, nullptr) << test.group << " " << test.value;
    EXPECT_EQ(death->exit_code, test.code) << test.group << " " << test.value;
    EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kDied);
  }
}

TEST(ProcessEnds, ASignalSaysMoreThanACode) {
  for (const char* code : {"1", "none"}) {
    Script script = Started();
    script.Hit("process-died", {{"exit_code", code}, {"signal", "SIGKILL"}});
    const Story story = script.End();
    EXPECT_EQ(OfKind(story, FailureKind::kDeath)->exit_code, 137) << code;
  }
}

TEST(ProcessEnds, WhatDied) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    FailureKind kind;
  } kCases[] = {
      {"a start", {"banner", "startup-time"}, FailureKind::kStartup},
      {"a container", {"banner"}, FailureKind::kStartup},
      {"a server", {"banner", "startup-time", "ready"}, FailureKind::kDeath},
      {"something that ran before the log", {"note"}, FailureKind::kDeath},
      {"a training", {"training-begins"}, FailureKind::kDeath},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    const Story story = script.Hit("process-died").End();
    ASSERT_EQ(story.timeline.failures.size(), 1u) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
  }
}

TEST(ProcessEnds, ADeathIsToldOnce) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("process-died");
  script.Hit("process-died", {{"exit_code", "139"}});
  const Story story = script.End();
  ASSERT_EQ(story.timeline.failures.size(), 1u);
  EXPECT_EQ(story.timeline.failures[0].exit_code, 139);
}

TEST(ProcessEnds, AProcessThatWasStoppedDoesNotDie) {
  for (const char* marker : {"stopped", "restart-announced"}) {
    Script script = Started();
    const Story story = script.Hit(marker).Hit("process-died").End();
    EXPECT_TRUE(story.timeline.failures.empty()) << marker;
  }
}

// A start follows after a silence that proved a hang.
TEST(ProcessEnds, AStartAfterAProvedHangIsNoSilentDeath) {
  for (const bool proved : {true, false}) {
    Script script = Started();
    script.At(10).Hit("prompt-queued").Hit("load");
    script.At(proved ? 400 : 40).Hit("note");
    script.At(proved ? 401 : 41).Hit("banner").Hit("startup-time");
    const Story story = script.Hit("ready").End();
    ASSERT_EQ(story.timeline.failures.size(), 1u);
    const Failure& failure = story.timeline.failures[0];
    EXPECT_EQ(failure.kind,
              proved ? FailureKind::kHang : FailureKind::kSilence);
    EXPECT_TRUE(failure.ended_process);
    EXPECT_DOUBLE_EQ(failure.restart_gap_s.value_or(0), 1);
  }
}

// It is known late that it is a start: by one mark and the second "ready".
TEST(ProcessEnds, WhatAStartPrintsIsNoSignOfTheWorkBefore) {
  const struct {
    const char* name;
    double others_s;  // when others printed last
    double starts_s;
    FailureKind kind;
  } kCases[] = {
      {"others went on for long", 400, 500, FailureKind::kHang},
      {"nothing went on for long", 100, 200, FailureKind::kSilence},
      {"what was printed belongs to the start", 400, 410,
       FailureKind::kSilence},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(1).Lines(10);
    script.At(10).Hit("prompt-queued").Hit("load");
    script.At(test.others_s).Hit("prompt-queued");
    script.At(test.starts_s).Hit("startup-time").Hit("version-fact");
    script.At(test.starts_s + 9).Hit("symptom").Hit("ready");
    const Story story = script.End();
    ASSERT_FALSE(story.timeline.failures.empty()) << test.name;
    EXPECT_EQ(story.timeline.failures[0].kind, test.kind) << test.name;
    EXPECT_TRUE(story.timeline.failures[0].ended_process) << test.name;
  }
}

TEST(ProcessEnds, AStartAfterAHangThatWasToldIsNoSilentDeath) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load").At(400).Hit("job-failed");
  script.At(410).Hit("banner").Hit("startup-time");
  const Story story = script.Hit("ready").End();
  EXPECT_NE(OfKind(story, FailureKind::kHang), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kSilence), nullptr);
}

TEST(ProcessEnds, AHangThatWasToldIsNoInterrupt) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load").At(400).Hit("job-failed");
  const Story story = script.At(410).Hit("stopped").End();
  EXPECT_NE(OfKind(story, FailureKind::kHang), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kInterrupt), nullptr);
}

TEST(ProcessEnds, ATroubleInTheLastLinesExplainsADeath) {
  const struct {
    const char* name;
    bool works;
    int lines;  // between the trouble and the end
    const char* end;
    FailureKind kind;
    bool explained;
  } kCases[] = {
      {"words of death", true, 3, "process-died", FailureKind::kDeath, true},
      {"far from them", true, 60, "process-died", FailureKind::kDeath, false},
      {"a start that dies", false, 3, "process-died", FailureKind::kStartup,
       true},
      {"another start", true, 3, "banner", FailureKind::kDeath, true},
      {"another start, far from it", true, 60, "banner", FailureKind::kSilence,
       false},
      {"a start before another", false, 3, "banner", FailureKind::kStartup,
       true},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("banner").Hit("startup-time");
    if (test.works) script.Hit("ready").Hit("prompt-queued").Hit("load");
    script.Raise(NodeError()).Lines(test.lines).Hit(test.end);
    const Story story = script.End();
    const Failure* failure = OfKind(story, test.kind);
    ASSERT_NE(failure, nullptr) << test.name;
    EXPECT_TRUE(failure->ended_process) << test.name;
    EXPECT_EQ(failure->traceback.has_value(), test.explained) << test.name;
    // It is told once.
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble) == nullptr, test.explained)
        << test.name;
    EXPECT_EQ(story.timeline.processes[0].end == ProcessEnd::kSilent,
              !test.explained && test.end == std::string("banner"))
        << test.name;
  }
}

// The program spoke of a trouble and printed on, then it was started again.
TEST(ProcessEnds, WordsThatTheStartWentOnAfterDidNotEndIt) {
  const struct {
    const char* name;
    int lines;  // between the words and the next start
    ProcessEnd end;
  } kCases[] = {
      {"its last words", 2, ProcessEnd::kDied},
      {"it went on", 12, ProcessEnd::kSilent},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("banner").Hit("startup-time").Hit("total-vram");
    script.Hit("error", {{"message", "no x, looking for y"}});
    script.Lines(test.lines).Hit("startup-time").Hit("total-vram");
    const Story story = script.End();
    ASSERT_EQ(story.timeline.processes.size(), 2u) << test.name;
    EXPECT_EQ(story.timeline.processes[0].end, test.end) << test.name;
  }
}

TEST(ProcessEnds, ATroubleThatWasOvercomeExplainsNothing) {
  Script script = Started();
  script.Hit("prompt-queued")
      .Hit("sampling")
      .Raise(NodeError())
      .Bar(1, 20, true);
  const Story story = script.Hit("banner").End();
  EXPECT_NE(OfKind(story, FailureKind::kSilence), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kDeath), nullptr);
}

TEST(ProcessEnds, AShellThatAsksForTheNextCommand) {
  const struct {
    const char* name;
    std::vector<std::string> lines;
    std::optional<FailureKind> kind;  // nullopt: nothing failed
    ProcessEnd end;
  } kCases[] = {
      {"while work runs",
       {"startup-time", "ready", "prompt-queued", "load"},
       FailureKind::kDeath,
       ProcessEnd::kDied},
      {"while it starts",
       {"startup-time", "import"},
       FailureKind::kStartup,
       ProcessEnd::kDied},
      {"when it was done",
       {"startup-time", "ready"},
       std::nullopt,
       ProcessEnd::kStopped},
      {"after nothing that is known",
       {"note", "saved"},
       std::nullopt,
       ProcessEnd::kStopped},
      {"after it was stopped",
       {"startup-time", "ready", "stopped"},
       std::nullopt,
       ProcessEnd::kStopped},
      {"after its failure was told",
       {"startup-time", "ready", "prompt-queued", "load", "prompt-failed"},
       FailureKind::kException,
       ProcessEnd::kStopped},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    const Story story = script.Hit("shell-returned").End();
    ASSERT_EQ(story.timeline.failures.size(), test.kind ? 1u : 0u) << test.name;
    if (test.kind) {
      EXPECT_EQ(story.timeline.failures[0].kind, *test.kind) << test.name;
    }
    if (story.timeline.processes.empty()) continue;
    EXPECT_EQ(story.timeline.processes[0].end, test.end) << test.name;
  }
}

TEST(ProcessEnds, DeathsAtTheSamePointAreCounted) {
  Script script;
  for (int i = 0; i < 3; ++i) {
    script.Hit("banner").Hit("startup-time").Hit("ready");
    script.Hit("prompt-queued").Hit("sampling").Bar(0, 20, true);
  }
  const Story story = script.Hit("banner").End();
  ASSERT_EQ(CountOf(story, FailureKind::kSilence), 3u);
  EXPECT_EQ(story.timeline.failures[0].same_point_deaths, 1u);
  EXPECT_EQ(story.timeline.failures[2].same_point_deaths, 3u);
}

TEST(ProcessEnds, WhatWaitedIsLost) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-queued");
  const Story story = script.Hit("banner").End();
  ASSERT_EQ(story.timeline.works.size(), 2u);
  for (const Work& work : story.timeline.works) {
    EXPECT_EQ(work.state, WorkState::kLost);
  }
}

TEST(ProcessEnds, ProcessThatWorksOnDidNotDie) {
  Script script = Started();
  script.Hit("prompt-queued").Hit("load");
  script.Hit("process-died");  // a child of it, as it turns out
  script.Hit("prompt-executed", {{"duration", "1 s"}});
  const Story story = script.End();
  const Failure* death = OfKind(story, FailureKind::kDeath);
  ASSERT_NE(death, nullptr);
  EXPECT_TRUE(death->repaired_by.has_value());
  EXPECT_EQ(story.timeline.processes[0].end, ProcessEnd::kRunning);
}

TEST(ProcessEnds, OtherClocksAreNotCompared) {
  Script script = Started();
  script.At(1000).Hit("prompt-queued").Hit("sampling");
  script.Monotonic(77).Hit("symptom");
  script.At(1010).Hit("banner");
  const Failure* silence = nullptr;
  const Story story = script.End();
  silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_FALSE(silence->restart_gap_s.has_value());
  EXPECT_EQ(story.timeline.first_ns, 0);
  EXPECT_EQ(story.timeline.last_ns, 1'010'000'000'000);
}

TEST(ProcessEnds, ClockThatWasSetBackGivesNoGap) {
  Script script = Started();
  script.At(5000).Hit("prompt-queued").Hit("sampling");
  const Story story = script.At(900).Hit("banner").End();
  const Failure* silence = OfKind(story, FailureKind::kSilence);
  ASSERT_NE(silence, nullptr);
  EXPECT_FALSE(silence->restart_gap_s.has_value());
}

}  // namespace
}  // namespace logdiag
