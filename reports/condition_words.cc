// SPDX-License-Identifier: Apache-2.0
#include "reports/condition_words.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

class KeyList {
 public:
  void Add(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    if (!text_.empty()) text_ += ", ";
    text_ += fmt::format("{}: {}", key, value);
  }
  void Add(std::string_view key, const std::vector<KnownText>& names) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (!names.empty()) Add(key, fmt::format("[{}]", fmt::join(views, ", ")));
  }
  void Add(std::string_view key, const Range& range) {
    if (!range.given()) return;
    std::string ends;
    if (std::isfinite(range.min)) ends = fmt::format("min: {}", range.min);
    if (std::isfinite(range.max)) {
      ends += fmt::format("{}max: {}", ends.empty() ? "" : ", ", range.max);
    }
    Add(key, "{" + ends + "}");
  }
  void AddPattern(std::string_view key, std::string_view pattern) {
    if (!pattern.empty()) Add(key, fmt::format("'{}'", pattern));
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string ConditionWords(const Condition& condition) {
  KeyList keys;
  keys.Add("marker", condition.markers);
  keys.Add("absent", condition.absent);
  if (condition.scope != Condition().scope) keys.Add("scope", condition.scope);
  keys.Add("count", condition.count);
  keys.AddPattern("exception", condition.exception);
  keys.AddPattern("frame", condition.frame);
  keys.AddPattern("label", condition.label);
  keys.Add("outcome", condition.outcomes);
  keys.Add("phase", condition.phases);
  keys.Add("kind", condition.kinds);
  keys.Add("end", condition.ends);
  keys.Add("bar", condition.bar);
  keys.Add("bar_done", condition.bar_done);
  keys.Add("restart_gap_s", condition.restart_gap_s);
  keys.Add("silence_s", condition.silence_s);
  keys.Add("same_point_deaths", condition.same_point_deaths);
  if (condition.host_changed) keys.Add("host_changed", std::string("true"));
  keys.Add("fact", condition.fact);
  keys.AddPattern("fact_matches", condition.fact_matches);
  keys.Add("fact_range", condition.fact_range);
  keys.Add("fact_per", condition.fact_per);
  if (!condition.exit_codes.empty()) {
    keys.Add("exit_code",
             fmt::format("[{}]", fmt::join(condition.exit_codes, ", ")));
  }
  keys.Add("program", condition.programs);
  return keys.Take();
}

}  // namespace logdiag
