// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/job_facts.h"
#include "reports/story/parts.h"

namespace logdiag {
namespace {

// The order in which people ask for them; others follow by name.
constexpr std::array<std::string_view, 23> kOrder = {
    "gpu",    "vram_mb",    "ram_mb",        "cgroup_ram_mb", "pinned_mb",
    "driver", "cuda_image", "cuda",          "torch",         "python",
    "os",     "comfyui",    "vram_state",    "allocator",     "attention",
    "flags",  "model",      "weights_dtype", "frames",        "width",
    "height", "steps",      "tokens"};

std::size_t Rank(std::string_view name) {
  return static_cast<std::size_t>(
      std::find(kOrder.begin(), kOrder.end(), name) - kOrder.begin());
}

Spans FactItem(const Page& page, const std::string& name, const Fact& fact) {
  const std::string key = "fact." + name;
  Slots slots;
  slots.Put("name",
            page.words.Has(key) ? page.words.Say(key) : CodeSpans(name));
  slots.Log("value", fact.value);
  if (fact.line != 0) slots.Own("ref", LineRef(fact.line));
  if (fact.given) slots.Put("given", page.words.Say("environment.given"));
  return page.words.Say("environment.item", slots);
}

}  // namespace

Blocks Environment(const Page& page) {
  std::vector<std::string> names;
  for (const auto& [name, fact] : page.diagnosis.facts) {
    // What follows from lines is told where it matters.
    const bool states =
        std::find(kJobFacts.begin(), kJobFacts.end(), name) == kJobFacts.end();
    if (states && !fact.value.empty()) names.push_back(name);
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) {
                     return Rank(a) < Rank(b);
                   });
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
