// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/placeholders.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logdiag {
namespace {

using Names = std::vector<std::string>;

TEST(Placeholders, AreTheNamesInBraces) {
  EXPECT_EQ(PlaceholdersIn("{a} took {code:b_2}[ of {c}], not {{d}} or {E}"),
            (Names{"a", "b_2", "c"}));
  EXPECT_TRUE(PlaceholdersIn("none {").empty());
}

// A marker that captures `minutes` and sets the fact `kettle`, a cause that
// asks for it, and a remedy of that cause.
Catalogue Kitchen() {
  Catalogue catalogue;
  Marker marker;
  marker.id = "dry";
  marker.regex = "dry after (?P<minutes>\\d+) of (?P<size>\\w+)";
  marker.facts = {{"size", "kettle", false}};
  marker.says = "dry after {minutes}";
  marker.origin = "markers/kitchen.yaml:2:5";
  catalogue.markers = {marker};
  Cause cause;
  cause.id = "kitchen/dry";
  cause.headlines = {"Dry after {minutes} at {phase_words}"};
  cause.summary = "It is dry[ ({kettle}, line {kettle_line})].";
  cause.origin = "causes/kitchen/dry.yaml:1:1";
  EvidenceItem item;
  item.when.markers = {"dry"};
  item.says = "dry after {minutes}";
  cause.evidence = {item};
  cause.remedies = {"fill"};
  catalogue.causes = {cause};
  Remedy remedy;
  remedy.id = "fill";
  remedy.text = "Fill it[ after {minutes}].";
  remedy.command = "fill ${HOME} {minutes}";
  remedy.origin = "remedies/kitchen.yaml:2:5";
  catalogue.remedies = {remedy};
  return catalogue;
}

TEST(Placeholders, WhatMarkersCaptureAndReportsKnowIsSound) {
  const auto strays = FindStrayPlaceholders(Kitchen());
  EXPECT_TRUE(strays.empty()) << strays.front().message;
}

TEST(Placeholders, GroupsOfAnExceptionFillThem) {
  Catalogue catalogue = Kitchen();
  EvidenceItem item;
  item.when.exception = "KettleError: (?P<lid>\\w+) is open";
  item.says = "the {lid} is open";
  catalogue.causes[0].evidence.push_back(item);
  EXPECT_TRUE(FindStrayPlaceholders(catalogue).empty());
  catalogue.causes[0].evidence.back().when.exception = "KettleError";
  EXPECT_EQ(FindStrayPlaceholders(catalogue).size(), 1U);
}

TEST(Placeholders, WhatNothingFillsIsTold) {
  const struct {
    const char* name;
    void (*spoil)(Catalogue*);
    const char* origin;
  } kCases[] = {
      {"of a marker", [](Catalogue* c) { c->markers[0].says = "{hours}"; },
       "markers/kitchen.yaml:2:5"},
      {"of a headline",
       [](Catalogue* c) { c->causes[0].headlines = {"At {hours}"}; },
       "causes/kitchen/dry.yaml:1:1"},
      {"of a summary", [](Catalogue* c) { c->causes[0].summary = "[{hours}]"; },
       "causes/kitchen/dry.yaml:1:1"},
      {"of what to avoid",
       [](Catalogue* c) {
         c->causes[0].avoid = {{"fill", "{hours}"}};
       },
       "causes/kitchen/dry.yaml:1:1"},
      {"of an item that does not ask for the marker",
       [](Catalogue* c) {
         c->causes[0].evidence.emplace_back();
         c->causes[0].evidence.back().says = "{minutes}";
       },
       "causes/kitchen/dry.yaml:1:1"},
      {"of a remedy", [](Catalogue* c) { c->remedies[0].check = "{hours}"; },
       "remedies/kitchen.yaml:2:5"},
      {"of a command", [](Catalogue* c) { c->remedies[0].command = "{hours}"; },
       "remedies/kitchen.yaml:2:5"},
      {"of a remedy that no cause with the marker names",
       [](Catalogue* c) { c->causes[0].remedies.clear(); },
       "remedies/kitchen.yaml:2:5"},
  };
  for (const auto& test : kCases) {
    Catalogue catalogue = Kitchen();
    test.spoil(&catalogue);
    const auto strays = FindStrayPlaceholders(catalogue);
    ASSERT_FALSE(strays.empty()) << test.name;
    EXPECT_EQ(strays.front().origin, test.origin) << test.name;
  }
}

TEST(Placeholders, TheMessageNamesTheNearest) {
  Catalogue catalogue = Kitchen();
  catalogue.causes[0].summary = "Dry after {minuts}.";
  const auto strays = FindStrayPlaceholders(catalogue);
  ASSERT_EQ(strays.size(), 1u);
  EXPECT_EQ(strays[0].name, "minuts");
  EXPECT_NE(strays[0].message.find("did you mean {minutes}?"),
            std::string::npos)
      << strays[0].message;
}

}  // namespace
}  // namespace logdiag
