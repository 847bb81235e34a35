// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/text.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(Text, FindsFrontsAndEnds) {
  EXPECT_TRUE(StartsWith("got prompt", "got"));
  EXPECT_TRUE(StartsWith("got", ""));
  EXPECT_FALSE(StartsWith("go", "got"));
  EXPECT_TRUE(EndsWith("line\n", "\n"));
  EXPECT_FALSE(EndsWith("", "\n"));
  EXPECT_TRUE(Contains("a|b", "|"));
  EXPECT_FALSE(Contains("ab", "|"));
}

TEST(Text, Trims) {
  EXPECT_EQ(BaseName("C:\\logs/pod.log"), "pod.log");
  EXPECT_EQ(BaseName("pod.log"), "pod.log");
  EXPECT_EQ(BaseName("logs/"), "");
  EXPECT_EQ(TrimLeft(" \t a b "), "a b ");
  EXPECT_EQ(TrimRight(" a b \t\r"), " a b");
  EXPECT_EQ(TrimLeft("  "), "");
  EXPECT_EQ(TrimRight("\r\r"), "");
}

TEST(StripAnsi, RemovesSequencesOnly) {
  const struct {
    std::string text;
    std::string plain;
  } kCases[] = {
      {"plain", "plain"},
      {"\x1b[32m[INFO]\x1b[0m up", "[INFO] up"},
      {"\x1b[38;5;208mx\x1b[K", "x"},
      {"\x1b]0;title\x07"
       "body",
       "body"},
      {"\x1b]8;;http://x\x1b\\link", "link"},
      {"\x1b(B\x1b=text", "text"},
      {"\x1b]never closed", "]never closed"},
      {"cut \x1b[3", "cut "},
      {"cut \x1b", "cut "},
      {"\x1b[\xff"
       "kept",
       "\xff"
       "kept"},
  };
  for (const auto& c : kCases) {
    std::string buffer;
    EXPECT_EQ(StripAnsi(c.text, &buffer), c.plain) << c.text;
  }
  std::string buffer;
  const std::string_view plain = "no escape";
  EXPECT_EQ(StripAnsi(plain, &buffer).data(), plain.data());
}

TEST(LastRedraw, IsWhatATerminalShows) {
  EXPECT_EQ(LastRedraw("\r  0%|\r 50%|"), " 50%|");
  EXPECT_EQ(LastRedraw("\r 50%|\r\r"), " 50%|");
  EXPECT_EQ(LastRedraw("no redraw"), "no redraw");
  EXPECT_EQ(LastRedraw("\r"), "");
}

TEST(CutUtf8, NeverSplitsACharacter) {
  const std::string text = "a\xe2\x96\x88\xf0\x9f\x8e\x89";
  const std::size_t kSizes[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_EQ(CutUtf8(text, i).size(), kSizes[i]) << i;
  EXPECT_EQ(CutUtf8("\x80\x80\x80\x80\x80\x80", 4).size(), 4u);
}

TEST(Printable, EscapesWhatIsNotText) {
  EXPECT_EQ(Printable("tab\tand \xe2\x96\x88", 100), "tab\tand \xe2\x96\x88");
  EXPECT_EQ(Printable("\r 0%\n\x1b[1m\x7f", 100), "\\x0d 0%\\x0a\\x1b[1m\\x7f");
  EXPECT_EQ(Printable("\xff\xc3", 100), "\\xff\\xc3");
  EXPECT_EQ(Printable("\xc0\xaf\xed\xa0\x80", 100),
            "\\xc0\\xaf\\xed\\xa0\\x80");
  // A switch of the writing direction, and a C1 control.
  EXPECT_EQ(Printable("a\xe2\x80\xae"
                      "b\xc2\x9b",
                      100),
            "a\\xe2\\x80\\xae"
            "b\\xc2\\x9b");
}

TEST(Printable, EscapesWhatNobodySees) {
  for (const std::string unseen :
       {"\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200f",
        "\u2028", "\u2060", "\u206f", "\u3164", "\ufeff", "\uffa0", "\u2800",
        "\U0001bca0", "\U0001d173", "\U000e0041", "\U000e01ef"}) {
    const std::string shown = Printable("a" + unseen + "b", 100);
    EXPECT_EQ(shown.size(), 2 + 4 * unseen.size()) << shown;
    EXPECT_EQ(shown.find(unseen), std::string::npos);
  }
  for (const std::string seen :
       {"\u00a1", "\u2014", "\u2591", "\u26a0\ufe0f", "\u4f60", "\U0001f680"}) {
    EXPECT_EQ(Printable(seen, 100), seen);
  }
}

TEST(Printable, TellsWhatItLeftOut) {
  EXPECT_EQ(Printable("abcdef", 6), "abcdef");
  EXPECT_EQ(Printable("abcdef", 2), "ab ... (+4 chars)");
  EXPECT_EQ(Printable("a\xe2\x96\x88\xe2\x96\x88", 5),
            "a\xe2\x96\x88 ... (+1 chars)");
  EXPECT_EQ(Printable(std::string(2000, 'x'), 1), "x ... (+1,999 chars)");
}

TEST(GroupDigits, PutsCommas) {
  EXPECT_EQ(GroupDigits(0), "0");
  EXPECT_EQ(GroupDigits(999), "999");
  EXPECT_EQ(GroupDigits(1000), "1,000");
  EXPECT_EQ(GroupDigits(18'446'744'073'709'551'615u),
            "18,446,744,073,709,551,615");
}

TEST(ReadNumber, ReadsTheFrontOnly) {
  const struct {
    const char* text;
    double value;
  } kCases[] = {{"12", 12},          {"12.5 MB", 12.5},
                {"1,234.5", 1234.5}, {"12,345,678", 12345678},
                {"1,23", 1},         {"12.", 12},
                {"-3.5", -3.5},      {"0/20", 0},
                {"9.5e+25", 9.5e25}, {"2e-3x", 2e-3},
                {"7e", 7},           {"1.2.3", 1.2}};
  for (const auto& c : kCases) {
    const std::optional<double> read = ReadNumber(c.text);
    ASSERT_TRUE(read.has_value()) << c.text;
    EXPECT_DOUBLE_EQ(*read, c.value) << c.text;
  }
  for (const char* text : {"", "x1", "-", ".5", ",1", " 1"})
    EXPECT_FALSE(ReadNumber(text).has_value()) << text;
}

}  // namespace
}  // namespace logdiag
