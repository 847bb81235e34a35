// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/listed_name.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/job_facts.h"

namespace logdiag {
namespace {

TEST(ListedName, TheSameFileInAnotherFolder) {
  const struct {
    const char* name;
    const char* choices;
    std::optional<std::string> listed;
  } kCases[] = {
      {"ink.pth", "['a.pth', 'pens/ink.pth']", "pens/ink.pth"},
      {"pens/ink.pth", "['ink.pth']", "ink.pth"},
      {"pens/ink.pth", R"(['pens\\ink.pth'])", R"(pens\ink.pth)"},
      {"Ink.pth", "['ink.pth']", "ink.pth"},
      {"ink.pth", R"(["it's/ink.pth"])", "it's/ink.pth"},
      {"ink.pth", R"(['it\'s/ink.pth'])", "it's/ink.pth"},
      {"ink.pth", "['pink.pth', 'ink.pth.old']", std::nullopt},
      {"ink.pth", "[]", std::nullopt},
      {"ink.pth", "['pens/ink.pt", std::nullopt},
      {"pens/", "['ink.pth', '']", std::nullopt},
      {"", "['']", std::nullopt},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(ListedAs(test.name, test.choices), test.listed)
        << test.name << " in " << test.choices;
  }
}

TEST(ListedName, IsAFactOfTheLineThatRefused) {
  std::vector<Refusal> refusals(2);
  refusals[0].quote.text = "no such value: pen: 'ink.pth' not in []";
  Facts facts;
  AddListedName(refusals, &facts);
  EXPECT_TRUE(facts.empty());
  refusals[1].quote.line = 48;
  refusals[1].quote.text = "no such value: pen: 'ink.pth' not in ['p/ink.pth']";
  AddListedName(refusals, &facts);
  const auto listed = facts.find(kListedAs);
  ASSERT_NE(listed, facts.end());
  EXPECT_EQ(listed->second.value, "p/ink.pth");
  EXPECT_EQ(listed->second.line, 48u);
  EXPECT_EQ(facts.at("listed_in").value, "p/");
}

TEST(ListedName, EachReasonHasItsOwn) {
  std::vector<Refusal> refusals(3);
  refusals[0].quote.text = "no such value: pen: 'ink.pth' not in ['p/ink.pth']";
  refusals[1].quote.text = "no such value: pen: 'ink.pth' not in ['a.pth']";
  refusals[2].quote.text = "Required input is missing: pen";
  FindListed(&refusals);
  EXPECT_EQ(refusals[0].listed, "p/ink.pth");
  EXPECT_EQ(refusals[1].listed, "");
  EXPECT_EQ(refusals[2].listed, "");
}

}  // namespace
}  // namespace logdiag
