// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/blame.h"

#include <gtest/gtest.h>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(Blame, PackOfPath) {
  const struct {
    const char* path;
    const char* pack;
  } kCases[] = {
      {"/app/ComfyUI/custom_nodes/pack-a/nodes.py", "pack-a"},
      {"C:\\ui\\custom_nodes\\pack b\\x.py", "pack b"},
      {"/app/custom_nodes/single.py", "single.py"},
      {"/app/comfy/sd.py", ""},
      {"/app/custom_nodes", ""},
      {"", ""},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(PackOfPath(test.path), test.pack) << test.path;
  }
}

TEST(Blame, WhatEndsAnInterpreter) {
  Traceback main = MakeTraceback("OSError", "", "/c/main.py", "<module>", "x");
  EXPECT_TRUE(EndsMain(main, {"main.py"}));
  Traceback script = MakeTraceback("OSError", "", "run.py", "<module>", "x");
  EXPECT_TRUE(EndsInterpreter(script));
  EXPECT_FALSE(EndsMain(script, {"main.py"}));
  Traceback logged = main;
  logged.bare = false;
  EXPECT_FALSE(EndsInterpreter(logged));
  Traceback thread = main;
  thread.thread = "Thread-4";
  EXPECT_FALSE(EndsInterpreter(thread));
  Traceback cut = main;
  cut.chain[0].type = "";
  EXPECT_FALSE(EndsInterpreter(cut));
  EXPECT_FALSE(EndsInterpreter(
      MakeTraceback("E", "", "/c/execution.py", "execute", "x")));
  EXPECT_FALSE(EndsInterpreter(Traceback()));
  EXPECT_TRUE(EndsMain(script, {"main.py", "run.py"}));
  EXPECT_FALSE(EndsMain(main, {}));
}

TEST(Blame, WhoInterrupted) {
  const Traceback typed =
      MakeTraceback("KeyboardInterrupt", "", "/c/main.py", "<module>", "x");
  EXPECT_TRUE(EndsByKeyboard(typed));
  const Traceback deep =
      MakeTraceback("KeyboardInterrupt", "", "/c/pool.py", "worker", "x");
  EXPECT_TRUE(IsKeyboardInterrupt(deep));
  EXPECT_FALSE(EndsByKeyboard(deep));
  const Traceback unwound = MakeTraceback("comfy.InterruptProcessingException",
                                          "", "/c/execution.py", "run", "x");
  EXPECT_TRUE(IsPromptInterrupt(unwound));
  EXPECT_FALSE(IsKeyboardInterrupt(unwound));
}

}  // namespace
}  // namespace logdiag
