// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/advice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Catalogue AdvisingCatalogue() {
  Catalogue catalogue = SampleCatalogue();
  Marker marker;
  marker.id = "please";
  marker.role = Role::kFact;
  marker.literals = {"lease "};
  marker.regex = "(?P<advice>Please [^.]*)";
  catalogue.markers.push_back(marker);
  return catalogue;
}

std::vector<std::string> TextsOf(const std::vector<Quote>& quotes) {
  std::vector<std::string> texts;
  for (const Quote& quote : quotes) texts.push_back(quote.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Advice, IsTakenFromTheMessageOfTheException) {
  Failure failure = MakeFailureOf(FailureKind::kException, 50);
  Raised raised;
  raised.type = "ImportError";
  raised.message = "no kettle. Please install kettle first. Good bye";
  raised.line = 60;
  failure.traceback.emplace();
  failure.traceback->chain = {raised};
  // The same words again, in the line that shows the failure.
  failure.quote = {62, 0, std::nullopt, "Please install kettle"};
  const std::vector<Quote> advice = AdviceOf(failure, AdvisingCatalogue(), {});
  EXPECT_EQ(TextsOf(advice), (Texts{"Please install kettle first"}));
  EXPECT_EQ(advice.at(0).line, 60u);
}

// A message goes on in lines of its own, which only the markers see.
TEST(Advice, OfOtherLinesOnlyThoseOfTheMessageCount) {
  const struct {
    const char* name;
    std::uint64_t line;
    Texts advice;
  } kCases[] = {
      {"a warning before it", 12, {}},
      {"code of the traceback", 55, {}},
      {"the message's second line", 61, {"Please sit down"}},
      {"what another program says later", 90, {}},
  };
  for (const auto& test : kCases) {
    Failure failure = MakeFailureOf(FailureKind::kException, 50);
    failure.traceback.emplace();
    failure.traceback->first_line = 50;
    failure.traceback->last_line = 63;
    failure.traceback->chain.resize(1);
    failure.traceback->chain[0].line = 60;
    See(3, test.line, "advice", "Please sit down", &failure.seen);
    EXPECT_EQ(TextsOf(AdviceOf(failure, AdvisingCatalogue(), {})), test.advice)
        << test.name;
  }
}

// People name nodes and files as they like.
TEST(Advice, WhatStandsInANameIsNone) {
  Failure failure = MakeFailureOf(FailureKind::kException, 50);
  failure.quote.text = "no node 1. Please run the kettle";
  const auto advice = [&](const Values& values) {
    return AdviceOf(failure, AdvisingCatalogue(), values).size();
  };
  EXPECT_EQ(advice({}), 1u);
  EXPECT_EQ(advice({{"node", "1. Please run the kettle"}}), 0u);
  EXPECT_EQ(advice({{"error", "no node 1. Please run the kettle"}}), 1u);
  failure.quote.text = "no node '1. Please run the kettle'";
  EXPECT_EQ(advice({}), 0u);
  failure.quote.text = "can't find 'tea'. Please run the kettle";
  EXPECT_EQ(advice({}), 1u);
}

TEST(Advice, HalfOfOneIsNone) {
  Failure failure = MakeFailureOf(FailureKind::kException, 50);
  failure.quote.text =
      std::string(kMaxEventText - 20, 'x') + " Please set KETTLE_";
  EXPECT_TRUE(AdviceOf(failure, AdvisingCatalogue(), {}).empty());
  failure.quote.text = "it is dry. Please set KETTLE_";
  EXPECT_EQ(AdviceOf(failure, AdvisingCatalogue(), {}).size(), 1u);
}

TEST(Advice, NothingOfAFailureWithoutWords) {
  const Failure failure = MakeFailureOf(FailureKind::kSilence, 50);
  EXPECT_TRUE(AdviceOf(failure, AdvisingCatalogue(), {}).empty());
}

}  // namespace
}  // namespace logdiag
