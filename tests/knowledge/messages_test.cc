// SPDX-License-Identifier: Apache-2.0
// The tables of messages: what a row becomes, and what can be wrong with it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/knowledge/loader.h"
#include "tests/knowledge/pattern_tree.h"

namespace logdiag {
namespace {

// The errors of a table with one row, whose further keys are `rest`.
std::vector<Error> Load(const std::string& rest, Catalogue* catalogue) {
  PatternTree tree;
  tree.Write("causes/c/d.yaml",
             "id: c/d\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n"
             "evidence: [{when: {bar: open}, weight: 1, says: s}]\n");
  tree.Write("messages/a.yaml",
             "messages:\n  - {id: a-b, cause: c/d, weight: 44, says: s, why: w,"
             " " +
                 rest + "}\n");
  return AddDirectory(tree.root(), catalogue);
}

TEST(Messages, ARowIsAMarkerAndEvidence) {
  Catalogue catalogue;
  const std::vector<Error> errors = Load(
      "own: true, said: ['no leaf \\d', 'no pot'], raised: ['^PotError: '], "
      "samples: [no leaf 7, no pot, 'PotError: x']",
      &catalogue);
  ASSERT_TRUE(errors.empty()) << errors[0].ToString();
  ASSERT_EQ(catalogue.markers.size(), 1u);
  const Marker& marker = catalogue.markers[0];
  EXPECT_EQ(marker.id, "a-b");
  EXPECT_EQ(marker.role, Role::kComplaint);
  EXPECT_TRUE(marker.own);
  EXPECT_EQ(marker.literals, (std::vector<KnownText>{"no leaf ", "no pot"}));
  EXPECT_EQ(marker.regex, "(?:no leaf \\d)|(?:no pot)");
  const std::vector<EvidenceItem>& evidence = catalogue.causes[0].evidence;
  ASSERT_EQ(evidence.size(), 3u);
  EXPECT_EQ(evidence[1].when.markers, (std::vector<KnownText>{"a-b"}));
  EXPECT_EQ(evidence[1].weight_db, 44);
  EXPECT_EQ(evidence[2].when.exception, "(?:^PotError: )");
  EXPECT_TRUE(evidence[2].own);
}

TEST(Messages, WarningsSaySo) {
  Catalogue catalogue;
  ASSERT_TRUE(
      Load("warns: true, said: [no leaf], samples: [no leaf]", &catalogue)
          .empty());
  EXPECT_EQ(catalogue.markers[0].role, Role::kWarning);
}

TEST(Messages, WhatIsWrongIsTold) {
  const struct {
    const char* rest;
    const char* message;
  } kCases[] = {
      {"samples: [x]", "a message needs \"said\", \"raised\" or both"},
      {"said: ['pots|pans'], samples: [pots]",
       "this pattern has no fixed words of four bytes and more outside of "
       "groups; name some, or split it"},
      {"raised: [kettle], samples: [kettle, pot]",
       "none of the patterns matches this sample"},
      {"raised: [kettle, pot], samples: [kettle]",
       "no sample shows this pattern; add one"},
      {"raised: ['('], samples: [kettle]",
       "this is not a valid RE2 pattern: missing ): ("},
  };
  for (const auto& test : kCases) {
    Catalogue catalogue;
    const std::vector<Error> errors = Load(test.rest, &catalogue);
    ASSERT_FALSE(errors.empty()) << test.rest;
    EXPECT_EQ(errors[0].message, test.message);
  }
}

}  // namespace
}  // namespace logdiag
