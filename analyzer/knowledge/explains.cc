// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/explains.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace logdiag {
namespace {

enum class Visited { kNot, kOnTheWay, kDone };

struct Step {
  std::size_t cause = 0;
  std::size_t next = 0;  // of what it explains
};

}  // namespace

std::vector<std::vector<const Cause*>> ExplainsInCircles(
    const std::vector<Cause>& causes) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < causes.size(); ++i) {
    index.emplace(causes[i].id, i);
  }
  std::vector<std::vector<const Cause*>> circles;
  std::vector<Visited> seen(causes.size(), Visited::kNot);
  std::vector<bool> begins(causes.size(), false);
  std::vector<Step> way;
  for (std::size_t start = 0; start < causes.size(); ++start) {
    if (seen[start] != Visited::kNot) continue;
    way.assign(1, {start, 0});
    seen[start] = Visited::kOnTheWay;
    while (!way.empty()) {
      Step& step = way.back();
      const Cause& cause = causes[step.cause];
      if (step.next == cause.explains.size()) {
        seen[step.cause] = Visited::kDone;
        way.pop_back();
        continue;
      }
      const auto found = index.find(cause.explains[step.next++].view());
      if (found == index.end()) continue;  // told with the references
      const std::size_t to = found->second;
      if (to == step.cause) continue;  // told where it was read
      if (seen[to] == Visited::kNot) {
        seen[to] = Visited::kOnTheWay;
        way.push_back({to, 0});
      } else if (seen[to] == Visited::kOnTheWay && !begins[to]) {
        begins[to] = true;
        auto& circle = circles.emplace_back();
        auto at = std::find_if(way.begin(), way.end(),
                               [to](const Step& s) { return s.cause == to; });
        for (; at != way.end(); ++at) circle.push_back(&causes[at->cause]);
        circle.push_back(&causes[to]);
      }
    }
  }
  return circles;
}

}  // namespace logdiag
