// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "reports/story/facts.h"
#include "reports/story/parts.h"

namespace logdiag {
namespace {

Spans FactItem(const Page& page, const std::string& name, const Fact& fact) {
  Slots slots;
  slots.Put("name", FactName(page.words, name));
  slots.Log("value", fact.value);
  if (fact.line != 0) slots.Own("ref", LineRef(fact.line));
  // Where a file states it, its line says so.
  if (fact.given && fact.line == 0)
    slots.Put("given", page.words.Say("environment.given"));
  return page.words.Say("environment.item", slots);
}

}  // namespace

Blocks Environment(const Page& page) {
  std::vector<std::string> names = StatedFacts(page.diagnosis.facts);
  if (names.size() > page.limits.facts) names.resize(page.limits.facts);
  List list;
  for (const std::string& name : names) {
    list.items.push_back(
        {FactItem(page, name, page.diagnosis.facts.find(name)->second), {}});
  }
  if (list.items.empty()) return {};
  return {{std::move(list)}};
}

}  // namespace logdiag
