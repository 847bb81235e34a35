// SPDX-License-Identifier: Apache-2.0
#include "reports/document/document.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(LogText, IsOneBoundedPrintableLine) {
  EXPECT_EQ(LogText("a\tb\nc").shown(), "a b c");
  EXPECT_EQ(LogText("\x1b[31mred\x1b[0m").shown(), "red");
  EXPECT_EQ(LogText(std::string("a\0b", 3)).shown(), "a\\x00b");
  const std::string path = "/workspace/" + std::string(400, 'd') + "/name.sft";
  const std::string shown = LogText(path, 40).shown();
  EXPECT_LE(shown.size(), 40u);
  EXPECT_EQ(shown.substr(shown.size() - 9), "/name.sft");
}

TEST(LogText, FiguresAreWords) {
  for (const char* figure :
       {"0/3", "704x704", "23.5 GB", "16:28:08.007", "1,234", "-1",
        "2025-10-23 16:28:13 UTC", "50 min 19 s", "97 %"}) {
    EXPECT_TRUE(LogText(figure).IsFigure()) << figure;
  }
  for (const char* word : {"", "name.py", "3 apples", "http://1.2.3.4", "GB",
                           "v1.2", "# 1", "1;2", "12 34 or 5"}) {
    EXPECT_FALSE(LogText(word).IsFigure()) << word;
  }
}

}  // namespace
}  // namespace logdiag
