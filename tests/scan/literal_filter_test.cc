// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/literal_filter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

std::vector<LiteralHit> FindAll(const std::vector<std::string>& literals,
                                std::string_view text) {
  std::vector<LiteralHit> hits;
  LiteralFilter(literals).Find(text, &hits);
  return hits;
}

// The definition: every position, every literal.
std::vector<LiteralHit> Reference(const std::vector<std::string>& literals,
                                  std::string_view text) {
  std::vector<LiteralHit> hits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (std::size_t l = 0; l < literals.size(); ++l) {
      if (literals[l].size() >= LiteralFilter::kMinLiteral &&
          text.substr(i).starts_with(literals[l])) {
        hits.push_back({i, l});
      }
    }
  }
  return hits;
}

std::string RandomText(std::mt19937* random, std::string_view alphabet,
                       std::size_t size) {
  std::string text(size, ' ');
  for (char& c : text) c = alphabet[(*random)() % alphabet.size()];
  return text;
}

TEST(LiteralFilterTest, FindsLiteralsInOrderOfText) {
  const std::vector<std::string> literals = {"got prompt", "prompt", "Killed",
                                             "rompt ex"};
  const std::string text = "Killed: got prompt executed";
  EXPECT_EQ(FindAll(literals, text), Reference(literals, text));
  EXPECT_EQ(FindAll(literals, text).size(), 4U);
}

TEST(LiteralFilterTest, FindsAtBothEndsOnly) {
  const std::vector<std::string> literals = {"abcd"};
  EXPECT_EQ(FindAll(literals, "abcd"), (std::vector<LiteralHit>{{0, 0}}));
  EXPECT_EQ(FindAll(literals, "xxabcd"), (std::vector<LiteralHit>{{2, 0}}));
  EXPECT_TRUE(FindAll(literals, "abc").empty());
  EXPECT_TRUE(FindAll(literals, "xabc").empty());
  EXPECT_TRUE(FindAll(literals, "").empty());
}

TEST(LiteralFilterTest, TextThatEndsInsideALiteralHoldsNone) {
  // The rarest window is in the middle: there is text before and after it.
  const std::vector<std::string> literals = {"the ZQXJ ending"};
  EXPECT_TRUE(FindAll(literals, "the ZQXJ endin").empty());
  EXPECT_TRUE(FindAll(literals, "he ZQXJ ending").empty());
}

TEST(LiteralFilterTest, IgnoresLiteralsThatAreTooShort) {
  EXPECT_TRUE(FindAll({"abc", ""}, "abcabc").empty());
  EXPECT_TRUE(FindAll({}, "abcabc").empty());
}

TEST(LiteralFilterTest, EqualsReferenceOnRandomTexts) {
  std::mt19937 random(20240607);
  for (const std::string_view alphabet :
       {"ab", "abcdefgh", "aA \t%|0", "\xe2\x96\x88 #"}) {
    for (int round = 0; round < 200; ++round) {
      std::vector<std::string> literals;
      const std::size_t count = random() % 12;
      for (std::size_t i = 0; i < count; ++i) {
        literals.push_back(RandomText(&random, alphabet, random() % 9));
      }
      const std::string text = RandomText(&random, alphabet, random() % 300);
      ASSERT_EQ(FindAll(literals, text), Reference(literals, text))
          << "round " << round << " text " << text;
    }
  }
}

TEST(LiteralFilterTest, EqualsReferenceOnAdversarialTexts) {
  const std::vector<std::string> literals = {"aaaa",
                                             "aaaaaaaa",
                                             "aaab",
                                             "baaa",
                                             "    ",
                                             "----x",
                                             std::string(4, '\0'),
                                             std::string("\xff\xff\xff\xff"),
                                             "aaaa"};
  for (const std::string& text :
       {std::string(100, 'a'), std::string(40, 'a') + "b" + std::string(9, 'a'),
        std::string(50, ' '), std::string(50, '-') + "x", std::string(9, '\0'),
        std::string(20, '\xff')}) {
    EXPECT_EQ(FindAll(literals, text), Reference(literals, text)) << text;
  }
}

TEST(LiteralFilterTest, ManyLiteralsShareBuckets) {
  std::mt19937 random(7);
  std::vector<std::string> literals;
  for (int i = 0; i < 3000; ++i) {
    literals.push_back(RandomText(&random, "abcdefghijkl", 4 + random() % 3));
  }
  const std::string text = RandomText(&random, "abcdefghijkl", 2000);
  EXPECT_EQ(FindAll(literals, text), Reference(literals, text));
}

}  // namespace
}  // namespace logdiag
