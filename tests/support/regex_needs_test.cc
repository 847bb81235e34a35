// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex_needs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/support/regex_cache.h"

namespace logdiag {
namespace {

using Words = std::vector<KnownText>;

TEST(RegexNeeds, Table) {
  const struct {
    const char* pattern;
    Words needs;
  } kCases[] = {
      {"sageattention", {"sageattention"}},
      {"(?i)SageAttention", {"sageattention"}},
      // The name of a type is what hundreds of patterns share.
      {"^RuntimeError: .*(?:mat1|shapes cannot)", {"mat1", "shapes cannot"}},
      {"^MemoryError", {"memoryerror"}},
      {"alpha|b|gamma", {}},  // "b" alone matches, and is too short
      {"[0-9]+ .*", {}},
      {".*", {}},
      {"(", {}},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(NeedsOf(test.pattern), test.needs) << test.pattern;
  }
}

TEST(RegexNeeds, WhatLacksThemNeverMatches) {
  const Words needs = NeedsOf("^RuntimeError: .*(?:mat1|shapes cannot)");
  EXPECT_TRUE(MayMatch(needs, FoldCase("RuntimeError: MAT1 and mat2")));
  EXPECT_FALSE(MayMatch(needs, FoldCase("RuntimeError: out of memory")));
  EXPECT_TRUE(MayMatch({}, ""));
}

TEST(RegexCache, SameAnswerWithNeedsAndWithout) {
  const RegexNeeds needs = {{"Mat[12]", NeedsOf("Mat[12]")},
                            {"(?i)sage", NeedsOf("(?i)sage")}};
  const RegexNeeds none;
  RegexCache with(&needs);
  RegexCache without(&none);
  for (const char* text : {"Mat1", "mat1", "SAGE", "usage", "", "Mat3"}) {
    for (const char* pattern : {"Mat[12]", "(?i)sage", "("}) {
      EXPECT_EQ(with.Search(pattern, text), without.Search(pattern, text))
          << pattern << " in " << text;
    }
  }
}

}  // namespace
}  // namespace logdiag
