// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace logdiag {
namespace {

void ExpectReads(const std::optional<Regex>& regex) {
  ASSERT_TRUE(regex);
  EXPECT_TRUE(regex->Search("step 12"));
  EXPECT_FALSE(regex->Search("step"));
  EXPECT_TRUE(regex->MatchesAll("step 12"));
  EXPECT_FALSE(regex->MatchesAll("step 12 "));
  std::size_t begin = 0;
  const auto found = regex->Find("a step 12", 0, &begin);
  ASSERT_TRUE(found);
  EXPECT_EQ(begin, 2u);
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().first, "number");
  EXPECT_EQ(found->front().second, "12");
}

TEST(Regex, IsTheSameFromAPool) {
  const std::string pattern = R"(step (?P<number>\d+))";
  ExpectReads(Regex::Compile(pattern, nullptr));
  std::optional<Regex> outlives;
  {
    const Regex::Pool pool;
    ExpectReads(Regex::Compile(pattern, nullptr));
    outlives = Regex::Compile(pattern, nullptr);
    ExpectReads(outlives);
    std::string why;
    EXPECT_FALSE(Regex::Compile("(", &why));
    EXPECT_FALSE(why.empty());
    why.clear();
    EXPECT_FALSE(Regex::Compile("(", &why));
    EXPECT_FALSE(why.empty());
  }
  ExpectReads(outlives);
  ExpectReads(Regex::Compile(pattern, nullptr));
}

}  // namespace
}  // namespace logdiag
