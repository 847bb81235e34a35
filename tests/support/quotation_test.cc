// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/quotation.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

QuotationRule Rule(const char* kind, const char* regex) {
  QuotationRule rule;
  rule.kind = kind;
  rule.regex = regex;
  return rule;
}

const std::vector<QuotationRule>& Rules() {
  static const std::vector<QuotationRule> kRules = {
      Rule("payload", R"(\bprompt: (?P<quoted>.+))"),
      Rule("introducer", R"((?:error|Error)\W*$)"),
      Rule("markup", R"(^(?:>|- ))"),
      Rule("statement", R"(\bfailed\b)"),
      Rule("front", R"(\[\w+\]\s*)"),
      Rule("front", R"(\w+: )"),
  };
  return kRules;
}

// Whether "Killed", which `line` holds once, is quoted there.
bool IsQuoted(std::string_view line, const Marker& marker = {}) {
  QuotationFinder finder(Rules());
  return finder.IsQuoted(line, line.find("Killed"), marker);
}

TEST(QuotationFinder, TheStartOfALineIsAProgramsOwn) {
  EXPECT_FALSE(IsQuoted("Killed"));
  EXPECT_FALSE(IsQuoted("   Killed by signal"));
}

TEST(QuotationFinder, FrontsAndStatementsIntroduce) {
  EXPECT_FALSE(IsQuoted("[worker] main: Killed"));
  EXPECT_FALSE(IsQuoted("the job that was asked for failed, Killed"));
  EXPECT_TRUE(IsQuoted("a poet who was Killed"));
}

// The shorter of two fronts must not hide the longer.
TEST(QuotationFinder, AFrontIsTheWholeOfALead) {
  QuotationFinder finder(
      {Rule("front", R"(out\s)"), Rule("front", R"(out F )")});
  EXPECT_TRUE(finder.IsFront("out F "));
  EXPECT_FALSE(finder.IsFront("out of "));
}

TEST(QuotationFinder, AMidlineMarkerNeedsNoIntroduction) {
  Marker marker;
  marker.midline = true;
  EXPECT_FALSE(IsQuoted("a poet who was Killed", marker));
  EXPECT_TRUE(IsQuoted("prompt: a poet who was Killed", marker));
}

TEST(QuotationFinder, PayloadIsDataUnlessAFailureIsStatedBefore) {
  EXPECT_TRUE(IsQuoted("prompt: Killed"));
  EXPECT_TRUE(IsQuoted("prompt: it failed, Killed"));
  EXPECT_FALSE(IsQuoted("it failed at prompt: Killed"));
}

// A regex that looks at the fronts as well begins before the message does.
TEST(QuotationFinder, PayloadBehindTheFrontsOfARegex) {
  QuotationFinder finder(Rules());
  EXPECT_TRUE(finder.IsQuoted("[a] prompt: x", 0, Marker{}));
  EXPECT_FALSE(finder.IsQuoted("[a] x: y", 0, Marker{}));
}

TEST(QuotationFinder, QuotationMarks) {
  Marker marker;
  marker.midline = true;
  for (const char* line :
       {"says \"Killed\"", "says 'Killed' there", "says `Killed`",
        "says \xe2\x80\x9cKilled\xe2\x80\x9d", "says \xc2\xabKilled\xc2\xbb",
        R"({"a": "say \"b\" Killed"})"}) {
    EXPECT_TRUE(IsQuoted(line, marker)) << line;
  }
  for (const char* line :
       {"says \"so\" Killed", "it's Killed, isn't it", "says \"Killed",
        "it failed with `Killed` there", R"({"error": "Killed"})",
        "raise ValueError('Killed')"}) {
    EXPECT_FALSE(IsQuoted(line, marker)) << line;
  }
}

TEST(QuotationFinder, MarkupIsADocumentsUnlessTheSamplesHaveIt) {
  Marker marker;
  marker.midline = true;
  EXPECT_TRUE(IsQuoted("> Killed", marker));
  EXPECT_TRUE(IsQuoted("- Killed", marker));
  marker.markup = "-";
  EXPECT_TRUE(IsQuoted("> Killed", marker));
  EXPECT_FALSE(IsQuoted("- Killed", marker));
}

// Some programs do print their messages where others have data.
TEST(QuotationFinder, AMarkerWhoseSamplesStandInData) {
  Marker marker;
  marker.in_data = true;
  EXPECT_FALSE(IsQuoted("main: prompt: Killed", marker));
}

TEST(QuotationFinder, WithoutRulesNothingIsQuoted) {
  QuotationFinder finder({});
  EXPECT_FALSE(finder.IsQuoted("> prompt: \"Killed\"", 11, Marker{}));
  EXPECT_FALSE(finder.IsQuoted("> prompt: \"Killed\"", 11));
}

TEST(OpenQuote, RunsOfBackticksCloseTheirLikes) {
  const struct {
    const char* line;  // asked for the first "no"
    std::optional<std::size_t> opened;
  } kCases[] = {
      {"says `no walrus` and", 5},
      {"says `a` no walrus", std::nullopt},
      {"says ``no `walrus` x``", 5},
      {"says ``a `b` no c``", 5},
      {"says ``a`` no walrus", std::nullopt},
      {"says ``a` no walrus", std::nullopt},
  };
  for (const auto& test : kCases) {
    const std::string_view line = test.line;
    EXPECT_EQ(OpenQuote(line, line.find("no ")), test.opened) << line;
  }
}

}  // namespace
}  // namespace logdiag
