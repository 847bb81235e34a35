// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "analyzer/support/template.h"

namespace logdiag {
namespace {

TEST(FillCommand, PutsInOnlyWhatAShellReadsAsOneWord) {
  const struct {
    const char* command;
    const char* value;  // of {pack}
    const char* filled;
  } kCases[] = {
      {"rm -r nodes/{pack}", "ComfyUI-Foo", "rm -r nodes/ComfyUI-Foo"},
      {"pip install {pack}", "a==1.2", "pip install a==1.2"},
      {"pip install {pack}", "a; rm -rf /", ""},
      {"pip install {pack}", "$(id)", ""},
      {"pip install {pack}", "a b", ""},
      {"pip install {pack}", "--pre", ""},
      {"pip install {pack}", "", ""},
      {"mv nodes/{pack} x", "..", ""},
      {"pip install {pack}", "../../evil", ""},
      {"pip install {pack}", "git+https://x/y", ""},
      {"chown -R 1 {pack}", "/", ""},
      {"chown -R 1 {pack}", "/etc/ssh", ""},
      {"chown -R 1 {pack}", "/workspace/ComfyUI/output",
       "chown -R 1 /workspace/ComfyUI/output"},
      {"pip install {name_2}", "x", ""},
      {"echo ${pack}", "x", "echo ${pack}"},
      {"awk '{print $1}' {pack}", "x", "awk '{print $1}' x"},
      {"docker inspect -f '{{.State}}'", "x", "docker inspect -f '{{.State}}'"},
      {"{\"a\":true} [x]", "x", "{\"a\":true} [x]"},
      {"open {", "x", "open {"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(FillCommand(test.command, {{"pack", test.value}}), test.filled)
        << test.command << " with " << test.value;
  }
}

// Where programs usually lie stands for what the log does not say, or not
// fitly.
TEST(FillCommand, TakesTheUsualPlace) {
  const Values usual = {{"dir", "ComfyUI"}};
  const struct {
    Values values;
    const char* filled;
  } kCases[] = {
      {{}, "ls ComfyUI/x"},
      {{{"dir", "/app/ComfyUI"}}, "ls /app/ComfyUI/x"},
      {{{"dir", "/"}}, "ls ComfyUI/x"},
      {{{"dir", "/app/my files"}}, "ls ComfyUI/x"},
      {{{"dir", "/home/[user]/ComfyUI"}}, "ls ~/ComfyUI/x"},
      {{{"dir", "/home/[user]/my files"}}, "ls ComfyUI/x"},
      {{{"dir", "/data/[user]/ComfyUI"}}, "ls ComfyUI/x"},
      {{{"dir", "~/ComfyUI"}}, "ls ComfyUI/x"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(FillCommand("ls {dir}/x", test.values, usual), test.filled);
  }
  EXPECT_EQ(FillCommand("ls {dir}/{pack}", {}, usual), "");
}

}  // namespace
}  // namespace logdiag
