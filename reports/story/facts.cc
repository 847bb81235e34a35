// SPDX-License-Identifier: Apache-2.0
#include "reports/story/facts.h"

#include <algorithm>
#include <array>

#include "analyzer/model/job_facts.h"

namespace logdiag {
namespace {

// Others follow by name.
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

}  // namespace

std::vector<std::string> StatedFacts(const Facts& facts) {
  std::vector<std::string> names;
  for (const auto& [name, fact] : facts) {
    // What follows from lines is told where it matters.
    const bool states =
        std::find(kJobFacts.begin(), kJobFacts.end(), name) == kJobFacts.end();
    if (states && !fact.value.empty()) names.push_back(name);
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) {
                     return Rank(a) < Rank(b);
                   });
  return names;
}

Spans FactName(const Phrasebook& words, const std::string& name) {
  const std::string key = "fact." + name;
  return words.Has(key) ? words.Say(key) : CodeSpans(name);
}

}  // namespace logdiag
