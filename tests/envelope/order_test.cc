// SPDX-License-Identifier: Apache-2.0
// Logs whose newest line comes first.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

using Texts = std::vector<std::string>;

// `second` below 60, in front of `text`.
std::string At(int second, int ms, const std::string& text) {
  const std::string s = std::to_string(100 + second).substr(1);
  const std::string m = std::to_string(1000 + ms).substr(1);
  return "2025-03-02 07:00:" + s + "." + m + " " + text;
}

// Rows of a log in reading order; the traceback's are of one time.
Texts Rows(bool traceback_stamped) {
  Texts rows;
  for (int i = 0; i < 9; ++i) rows.push_back(At(i, 0, "a" + std::to_string(i)));
  const Texts trace = {
      "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
      "    f()", "ValueError: x"};
  for (const std::string& line : trace)
    rows.push_back(traceback_stamped ? At(30, 5, line) : line);
  for (int i = 40; i < 50; ++i)
    rows.push_back(At(i, 0, "b" + std::to_string(i)));
  return rows;
}

TEST(NewestFirst, LinesTurnedOneByOneComeInReadingOrder) {
  for (const bool stamped : {true, false}) {
    Texts rows = Rows(stamped);
    const Texts bodies = ReadBodies(JoinedTexts(rows));
    std::reverse(rows.begin(), rows.end());
    for (const Way way : {Way::kFile, Way::kPipe}) {
      EXPECT_EQ(ReadBodies(JoinedTexts(rows), way), bodies);
      EXPECT_TRUE(ReadRecords(JoinedTexts(rows), way).summary.newest_first);
    }
  }
}

TEST(NewestFirst, RowsOfOneTimeMayKeepTheirOrder) {
  Texts rows = Rows(true);
  const Texts bodies = ReadBodies(JoinedTexts(rows));
  std::reverse(rows.begin(), rows.end());
  std::reverse(rows.begin() + 10, rows.begin() + 14);
  for (const Way way : {Way::kFile, Way::kPipe})
    EXPECT_EQ(ReadBodies(JoinedTexts(rows), way), bodies);
}

TEST(NewestFirst, EntriesKeepTheirLines) {
  Texts rows = Rows(false);
  const Texts bodies = ReadBodies(JoinedTexts(rows));
  std::reverse(rows.begin(), rows.end());
  // The traceback stands behind the line that was printed before it.
  std::reverse(rows.begin() + 10, rows.begin() + 15);
  for (const Way way : {Way::kFile, Way::kPipe})
    EXPECT_EQ(ReadBodies(JoinedTexts(rows), way), bodies);
}

TEST(NewestFirst, RowsSomeMillisecondsApartDoNotHideIt) {
  Texts rows;
  for (int i = 30; i > 0; --i) {
    rows.push_back(At(i, 500, "x"));
    rows.push_back(At(i, 502, "y"));
    rows.push_back(At(i, 507, "z"));
  }
  EXPECT_TRUE(ReadRecords(JoinedTexts(rows)).summary.newest_first);
  std::reverse(rows.begin(), rows.end());
  EXPECT_FALSE(ReadRecords(JoinedTexts(rows)).summary.newest_first);
}

TEST(NewestFirst, AClockSetBackIsNoOrder) {
  Texts rows;
  for (int i = 30; i < 40; ++i) rows.push_back(At(i, 0, "x"));
  for (int i = 0; i < 10; ++i) rows.push_back(At(i, 0, "x"));
  EXPECT_FALSE(ReadRecords(JoinedTexts(rows)).summary.newest_first);
}

TEST(NewestFirst, OfALongPipeTheNewestLinesAreKept) {
  const std::string filler(1000, 'x');
  std::string log;
  constexpr int kLines = 20'000;
  for (int i = kLines; i > 0; --i) {
    const std::string day = std::to_string(100 + i / 3600).substr(1);
    const std::string minute = std::to_string(100 + i / 60 % 60).substr(1);
    const std::string second = std::to_string(100 + i % 60).substr(1);
    log += "2025-03-02 " + day + ":" + minute + ":" + second + " " +
           std::to_string(i) + " " + filler + "\n";
  }
  const ReadLog file = ReadRecords(log);
  EXPECT_EQ(file.records.size(), static_cast<std::size_t>(kLines));
  EXPECT_EQ(file.summary.lost_lines, 0u);
  EXPECT_EQ(file.records.front().substr(0, 6), "20000|");
  const ReadLog pipe = ReadRecords(log, Way::kPipe);
  EXPECT_GT(pipe.summary.lost_lines, 3000u);
  EXPECT_EQ(pipe.records.size() + pipe.summary.lost_lines,
            static_cast<std::size_t>(kLines));
  EXPECT_EQ(pipe.records.back().substr(0, 2), "1|");
}

}  // namespace
}  // namespace logdiag
