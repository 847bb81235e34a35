// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/excerpt.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(Excerpt, MarksThePlace) {
  const std::string text = "one: 1\ntwo: [x\r\nlast";
  EXPECT_EQ(Excerpt(text, 1, 1), "  1 | one: 1\n    | ^\n");
  EXPECT_EQ(Excerpt(text, 2, 6), "  2 | two: [x\n    |      ^\n");
  EXPECT_EQ(Excerpt(text, 3, 99), "  3 | last\n    |     ^\n");
  EXPECT_EQ(Excerpt(text, 4, 1), "");
  EXPECT_EQ(Excerpt("", 1, 1), "  1 | \n    | ^\n");
}

TEST(Excerpt, LongLinesAreCutAroundThePlace) {
  const std::string text = std::string(500, 'a') + "!" + std::string(500, 'b');
  const std::string shown = Excerpt(text, 1, 501);
  const std::size_t end = shown.find('\n');
  const std::size_t mark = shown.find('^') - end - 1;
  EXPECT_LT(end, 160u);
  EXPECT_EQ(shown[mark], '!');
}

TEST(Excerpt, ControlBytesAreShown) {
  EXPECT_EQ(Excerpt("a\x1b[31m", 1, 1).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace logdiag
