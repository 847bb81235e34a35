#include "reports/fence.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(Fence, IsLongerThanAnyRunInside) {
  EXPECT_EQ(Fence("x"), "```text\nx\n```");
  EXPECT_EQ(Fence("x\n"), "```text\nx\n```");
  EXPECT_EQ(Fence("``"), "```text\n``\n```");
  EXPECT_EQ(Fence("a ``` b"), "````text\na ``` b\n````");
  EXPECT_EQ(Fence("`````"), "``````text\n`````\n``````");
}

TEST(FenceLines, NumbersMarksAndGaps) {
  EXPECT_EQ(FenceLines({}), "");
  EXPECT_EQ(
      FenceLines({{8, false, "one"}, {9, true, "two"}, {1204, true, "x"}}),
      "```text\n"
      "     8 | one\n"
      ">    9 | two\n"
      "   ... |\n"
      "> 1204 | x\n"
      "```");
}

TEST(FenceLines, ShowsWhatATerminalWould) {
  struct {
    std::string in;
    std::string out;
  } const cases[] = {
      {"\x1b[31mred\x1b[0m", "red"},
      {"\r  0%| | 0/3\r 33%|#| 1/3", " 33%|#| 1/3"},
      {std::string("a\0b", 3), "a\\x00b"},
      {"\xff", "\\xff"},
      {"</details>", "</details>"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(FenceLines({{1, false, c.in}}),
              "```text\n    1 | " + c.out + "\n```");
  }
}

TEST(FenceLines, CutsLongLines) {
  const std::string out = FenceLines({{1, false, std::string(1474, 'x')}});
  EXPECT_NE(out.find(" ... (+1,234 chars)\n"), std::string::npos) << out;
}

}  // namespace
}  // namespace logdiag
