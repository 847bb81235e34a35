// SPDX-License-Identifier: Apache-2.0
// Failures on the way to ready.
#include "analyzer/timeline/troubles/setup_troubles.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(SetupTroubles, ThePackThatAPathNames) {
  const struct {
    const char* group;
    const char* value;
    const char* pack;
  } kCases[] = {
      {"pack", "pack-a", "pack-a"},
      {"pack", "/c/custom_nodes/pack-a", "pack-a"},
      {"path", "/c/custom_nodes/pack-a/__init__.py", "pack-a"},
      {"path", "/c/somewhere", ""},
  };
  for (const auto& test : kCases) {
    Script script;
    script.Hit("startup-time").Hit("import-failed", {{test.group, test.value}});
    const Story story = script.Hit("ready").End();
    const Failure* failure = OfKind(story, FailureKind::kImport);
    ASSERT_NE(failure, nullptr) << test.value;
    EXPECT_EQ(failure->pack, test.pack) << test.value;
    EXPECT_EQ(failure->phase, "custom-node-import") << test.value;
  }
}

TEST(SetupTroubles, APackIsToldOnce) {
  Script script;
  script.Hit("startup-time");
  for (const char* pack : {"pack-a", "pack-b", "pack-a"}) {
    script.Hit("import-failed", {{"pack", pack}});
  }
  EXPECT_EQ(CountOf(script.End(), FailureKind::kImport), 2u);
}

TEST(SetupTroubles, ATracebackFarAboveIsNotItsReason) {
  for (const int lines : {2, 20}) {
    Script script;
    script.Hit("startup-time");
    script.Raise(
        MakeTraceback("ValueError", "x", "/c/nodes.py", "load", "/c/a.py"));
    script.Lines(lines).Hit("import-failed", {{"pack", "pack-a"}});
    const Story story = script.Hit("ready").End();
    const Failure* failure = OfKind(story, FailureKind::kImport);
    ASSERT_NE(failure, nullptr);
    EXPECT_EQ(failure->traceback.has_value(), lines < 8) << lines;
    // Its traceback is told once.
    EXPECT_EQ(OfKind(story, FailureKind::kTrouble) == nullptr, lines < 8)
        << lines;
  }
}

TEST(SetupTroubles, StepsOfOneFailureStandTogether) {
  for (const int lines : {10, 200}) {
    Script script;
    script.Hit("step-failed").Lines(lines).Hit("step-failed");
    EXPECT_EQ(CountOf(script.End(), FailureKind::kStep), lines < 100 ? 1u : 2u)
        << lines;
  }
}

TEST(SetupTroubles, AStepAfterAFailedStartIsItsEcho) {
  Script script;
  script.Hit("startup-time");
  script.Raise(MakeTraceback("OSError", "x", "/c/main.py", "<module>", "x"));
  const Story story = script.Hit("step-failed").End();
  EXPECT_EQ(OfKind(story, FailureKind::kStep), nullptr);
}

TEST(SetupTroubles, AStepWithoutAStartIsPartOfAnInstall) {
  Script script;
  script.Hit("symptom").Hit("step-failed");
  const Story story = script.End();
  const Failure* step = OfKind(story, FailureKind::kStep);
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->phase, "install");
  EXPECT_FALSE(step->serving);
  EXPECT_EQ(step->seen.count(MarkerIndex("symptom")), 1u);
}

TEST(SetupTroubles, ImportFailureKeepsItsReason) {
  Script script;
  script.Hit("startup-time");
  script.Raise(MakeTraceback("ModuleNotFoundError", "No module named 'x'",
                             "/c/nodes.py", "load_custom_node",
                             "/c/custom_nodes/pack-a/__init__.py"));
  script.Hit("import-failed", {{"path", "/c/custom_nodes/pack-a"}});
  script.Hit("ready");
  const Story story = script.End();
  const Failure* failure = OfKind(story, FailureKind::kImport);
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(failure->pack, "pack-a");
  ASSERT_TRUE(failure->traceback.has_value());
  EXPECT_EQ(failure->traceback->chain[0].type, "ModuleNotFoundError");
}

}  // namespace
}  // namespace logdiag
