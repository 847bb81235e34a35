// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/fixed_words.h"

#include <gtest/gtest.h>

namespace logdiag {
namespace {

TEST(FixedWords, Table) {
  const struct {
    const char* regex;
    const char* words;
  } kCases[] = {
      {"^Failed to load \\S+$", "Failed to load "},
      {"a\\.safetensors", "a.safetensors"},
      {"(?:^|: )no leaf", "no leaf"},
      {"colou?r bar", "r bar"},     // what is optional is no word
      {"leaf{2}s fall", "s fall"},  // nor is what is repeated
      {"[Ff]ailed to [a-z]+ it", "ailed to "},
      {"[^]]leaf[\\]x]", "leaf"},
      {"(?P<what>named) and (?:more|less) of it", " of it"},
      {"one thing|another", ""},  // any of two
      {"(?i)whatever", ""},       // in any case
      {"\\d+ of", ""},            // too short
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(FixedWords(test.regex), test.words) << test.regex;
  }
}

}  // namespace
}  // namespace logdiag
