// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/line_tail.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(LineTail, KeepsTheLastRecords) {
  LineTail tail;
  for (std::uint64_t line = 1; line <= 40; ++line) {
    const std::string body = "line " + std::to_string(line);
    tail.Add(RecordAt(line, body));
  }
  const std::vector<Quote> last = tail.Before(0, 3);
  ASSERT_EQ(last.size(), 3u);
  EXPECT_EQ(last[0].text, "line 38");
  EXPECT_EQ(last[2].text, "line 40");
  const std::vector<Quote> before = tail.Before(39, 2);
  ASSERT_EQ(before.size(), 2u);
  EXPECT_EQ(before[1].line, 38u);
}

TEST(LineTail, StepsOverTheBanner) {
  LineTail tail;
  tail.Add(RecordAt(1, "the last words"));
  tail.Add(RecordAt(2, "", 12));
  tail.Add(RecordAt(3, "==========", 13));
  tail.Add(RecordAt(4, "== CUDA ==", 14));
  EXPECT_EQ(tail.BeforeBanner(4).last.line, 1u);
  EXPECT_EQ(tail.BeforeBanner(4).next_ns, 12'000'000'000);
  EXPECT_EQ(LineTail().BeforeBanner(4).last.line, 0u);
}

TEST(LineTail, ShowsTheLastRedrawOfABar) {
  LineTail tail;
  tail.Add(RecordAt(1, "\r 0%\r 5%"));
  Record cut = RecordAt(2, "cut off");
  cut.unterminated = true;
  tail.Add(cut);
  const std::vector<Quote> last = tail.Before(0, 2);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].text, " 5%");
  EXPECT_FALSE(last[0].unterminated);
  EXPECT_TRUE(last[1].unterminated);
}

}  // namespace
}  // namespace logdiag
