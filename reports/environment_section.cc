#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "reports/escape.h"
#include "reports/sections.h"

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

std::string Row(const Page& page, const std::string& name, const Fact& fact) {
  const std::string key = "fact." + name;
  const std::string label =
      page.words.Has(key) ? page.words.Say(key) : CodeSpan(name);
  std::string value = CodeSpan(fact.value);
  if (fact.line != 0) value += " (" + LineRef(fact.line) + ")";
  if (fact.given) value += " (" + page.words.Say("environment.given") + ")";
  return "| " + TableCell(label) + " | " + TableCell(value) + " |\n";
}

std::string Table(const Page& page) {
  std::vector<std::string> names;
  for (const auto& [name, fact] : page.diagnosis.facts) {
    if (!fact.value.empty()) names.push_back(name);
  }
  if (names.empty()) return "";
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) {
                     return Rank(a) < Rank(b);
                   });
  std::string out = "| " + page.words.Say("environment.fact") + " | " +
                    page.words.Say("environment.value") + " |\n|---|---|\n";
  for (const std::string& name : names) {
    out += Row(page, name, page.diagnosis.facts.find(name)->second);
  }
  out.pop_back();
  return out;
}

}  // namespace

std::string EnvironmentSection(const Page& page) {
  const std::string table = Table(page);
  if (table.empty()) return "";
  return page.Titled(2, "environment.title") + "\n\n" + table;
}

std::string EnvironmentDetails(const Page& page) {
  const std::string table = Table(page);
  if (table.empty()) return "";
  return Details(page.words.Say("environment.title"), table);
}

}  // namespace logdiag
