// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/text_check.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

bool IsText(const std::string& bytes) {
  TextCheck check;
  check.Add(bytes);
  return check.IsText();
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TextCheck, TextOfEveryEncodingIsText) {
  const std::string hole(4096, '\0');
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("got prompt\r\n"),
        std::string("\x1b[31m 50%|##\x1b[0m\r\b\b\a"),
        Repeated("caf\xe9 \xd6l\n", 1000), Repeated("\xc3\xbc\n", 1000),
        hole + "got prompt\n", "got " + hole + "prompt\n", hole, hole + "\n"}) {
    EXPECT_TRUE(IsText(text)) << text.substr(0, 40);
  }
}

TEST(TextCheck, OtherBytesAreNot) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i * 167);
  EXPECT_FALSE(IsText(Repeated(all, 10)));
  EXPECT_FALSE(IsText(Repeated(std::string("\1\0\0\0ab", 6), 100)));
  // "got" in a text of four bytes each, but not from the start.
  EXPECT_FALSE(IsText(Repeated(std::string("g\0\0\0o\0\0\0t\0\0\0", 12), 9)));
}

TEST(TextCheck, OnlyTheBeginningCounts) {
  const std::string text = Repeated("got prompt\n", 7000);
  EXPECT_TRUE(IsText(text + std::string(100'000, '\1')));
  TextCheck check;
  check.Add(text.substr(0, 65'535));
  EXPECT_FALSE(check.Done());
  check.Add("x");
  EXPECT_TRUE(check.Done());
}

TEST(TextCheck, PiecesDoNotMatter) {
  const std::string bytes =
      Repeated("prompt " + std::string(63, '\0') + "\n", 40);
  TextCheck whole, pieces;
  whole.Add(bytes);
  for (const char c : bytes) pieces.Add({&c, 1});
  EXPECT_EQ(whole.IsText(), pieces.IsText());
  EXPECT_FALSE(whole.IsText());
}

}  // namespace
}  // namespace logdiag
