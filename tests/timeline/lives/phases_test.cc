// SPDX-License-Identifier: Apache-2.0
// Which phase the process and its work are in.
#include "analyzer/timeline/lives/phases.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

std::string LastPhase(const Story& story) {
  return story.timeline.processes.back().phase;
}

TEST(Phases, WhichAreWhich) {
  const struct {
    const char* phase;
    bool start;
    bool work;
  } kCases[] = {
      {"container-start", true, false},
      {"comfyui-startup", true, false},
      {"custom-node-import", true, false},
      {"model-load", false, true},
      {"text-encode", false, true},
      {"sampling", false, true},
      {"vae-decode", false, true},
      {"save", false, true},
      {"idle", false, false},
      {"install", false, false},
      {"prompt-validation", false, false},
      {"", false, false},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(IsStartPhase(test.phase), test.start) << test.phase;
    EXPECT_EQ(IsWorkPhase(test.phase), test.work) << test.phase;
  }
}

// The phase in which the log leaves a process.
TEST(Phases, TheLastPhase) {
  const struct {
    const char* name;
    std::vector<std::string> lines;  // markers
    const char* phase;
  } kCases[] = {
      {"container", {"banner"}, "container-start"},
      {"start", {"banner", "startup-time"}, "comfyui-startup"},
      {"packs", {"startup-time", "import"}, "custom-node-import"},
      {"ready", {"startup-time", "import", "ready"}, "idle"},
      {"packs import late", {"startup-time", "ready", "import"}, "idle"},
      {"validation",
       {"startup-time", "ready", "prompt-queued"},
       "prompt-validation"},
      {"load",
       {"startup-time", "ready", "prompt-queued", "load"},
       "model-load"},
      {"sampling",
       {"startup-time", "ready", "prompt-queued", "load", "sampling"},
       "sampling"},
      {"decode",
       {"startup-time", "ready", "prompt-queued", "sampling", "decode"},
       "vae-decode"},
      {"another prompt arrives",
       {"startup-time", "ready", "prompt-queued", "load", "prompt-queued"},
       "model-load"},
      {"a pack installs during work",
       {"startup-time", "ready", "prompt-queued", "load", "installing"},
       "model-load"},
      {"a pack installs in the start",
       {"startup-time", "installing"},
       "install"},
      {"done",
       {"startup-time", "ready", "prompt-queued", "load", "prompt-executed"},
       "idle"},
      {"an unload after it is no work",
       {"startup-time", "ready", "prompt-queued", "load", "prompt-executed",
        "load"},
       "idle"},
      {"work that nobody announced",
       {"startup-time", "ready", "load"},
       "model-load"},
  };
  for (const auto& test : kCases) {
    Script script;
    for (const std::string& line : test.lines) script.Hit(line);
    EXPECT_EQ(LastPhase(script.End()), test.phase) << test.name;
  }
}

TEST(Phases, ABarOfStepsIsSampling) {
  const struct {
    const char* before;
    const char* phase;
  } kCases[] = {{"load", "sampling"}, {"decode", "vae-decode"}};
  for (const auto& test : kCases) {
    Script script = Started();
    script.Hit("prompt-queued").Hit(test.before).Bar(0, 20, true);
    EXPECT_EQ(LastPhase(script.End()), test.phase) << test.before;
  }
}

TEST(Phases, WorkKeepsThePhasesItWentThrough) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").At(11).Hit("load").Hit("load");
  script.At(40).Bar(0, 20, true).At(50).Hit("decode");
  const Story story = script.End();
  ASSERT_EQ(story.timeline.works.size(), 1u);
  const std::vector<PhaseSpan>& phases = story.timeline.works[0].phases;
  ASSERT_EQ(phases.size(), 4u);
  EXPECT_EQ(phases[1].phase, "model-load");
  EXPECT_EQ(phases[1].time_ns, 11'000'000'000);
  EXPECT_EQ(phases[2].phase, "sampling");
  EXPECT_EQ(phases[3].phase, "vae-decode");
}

}  // namespace
}  // namespace logdiag
