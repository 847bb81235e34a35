#include "analyzer/diagnose/condition.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsAnyOf(const std::vector<std::string>& allowed, std::string_view name) {
  return allowed.empty() ||
         std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

bool InRange(const std::optional<Range>& range,
             const std::optional<double>& value) {
  if (!range) return true;
  if (!value) return false;
  return (!range->min || *value >= *range->min) &&
         (!range->max || *value <= *range->max);
}

std::string BarState(const Failure& failure) {
  if (!failure.bar) return "none";
  return failure.bar->open ? "open" : "closed";
}

bool FiguresHold(const Condition& condition, const CaseFile& file) {
  const Failure& failure = file.failure();
  std::optional<double> done;
  if (failure.bar) done = static_cast<double>(failure.bar->done);
  return IsAnyOf(condition.outcomes, file.incident().outcome) &&
         IsAnyOf(condition.phases, file.incident().phase) &&
         IsAnyOf(condition.kinds, KindName(failure.kind)) &&
         IsAnyOf(condition.ends, file.EndName()) &&
         (condition.bar.empty() || condition.bar == BarState(failure)) &&
         InRange(condition.bar_done, done) &&
         InRange(condition.restart_gap_s, failure.restart_gap_s) &&
         InRange(condition.silence_s, failure.silence_s) &&
         InRange(condition.same_point_deaths,
                 static_cast<double>(failure.same_point_deaths));
}

bool FactHolds(const Condition& condition, const CaseFile& file,
               RegexCache* regexes, Match* match) {
  if (condition.fact.empty()) return true;
  const auto found = file.facts().find(condition.fact);
  if (found == file.facts().end()) return false;
  const Fact& fact = found->second;
  if (!condition.fact_matches.empty() &&
      !regexes->Search(condition.fact_matches, fact.value)) {
    return false;
  }
  if (!InRange(condition.fact_range, ReadNumber(fact.value))) return false;
  match->quote = {fact.line, fact.offset, std::nullopt, fact.text};
  return true;
}

bool MarkersHold(const Condition& condition, const CaseFile& file,
                 Match* match) {
  for (const std::string& id : condition.absent) {
    if (file.Find(id, condition.scope) != nullptr) return false;
  }
  if (condition.markers.empty()) return true;
  const Seen* best = nullptr;
  for (const std::string& id : condition.markers) {
    const Seen* seen = file.Find(id, condition.scope);
    if (seen == nullptr) continue;
    if (best == nullptr || seen->first.line < best->first.line) best = seen;
  }
  if (best == nullptr) return false;
  const Event& event = best->first;
  match->quote = {event.line, event.offset, event.time_ns, event.text};
  for (const auto& [name, value] : std::get<MarkerHit>(event.what).captures) {
    match->captures[name] = value;
  }
  return true;
}

bool ExceptionHolds(const Condition& condition, const CaseFile& file,
                    RegexCache* regexes, Match* match) {
  if (condition.exception.empty() && condition.frame.empty()) return true;
  if (!file.failure().traceback) return false;
  for (const Raised& raised : file.failure().traceback->chain) {
    const std::string text = raised.type + ": " + raised.message;
    if (!condition.exception.empty() &&
        !regexes->Search(condition.exception, text)) {
      continue;
    }
    const bool framed =
        condition.frame.empty() ||
        std::any_of(raised.last_frames.begin(), raised.last_frames.end(),
                    [&](const Frame& frame) {
                      return regexes->Search(condition.frame,
                                             frame.file + ":" + frame.function);
                    });
    if (!framed) continue;
    if (match->quote.line == 0) {
      match->quote = {raised.line, raised.offset, std::nullopt, text};
    }
    return true;
  }
  return false;
}

}  // namespace

std::optional<Match> Holds(const Condition& condition, const CaseFile& file,
                           RegexCache* regexes) {
  Match match;
  if (!FiguresHold(condition, file)) return std::nullopt;
  if (!MarkersHold(condition, file, &match)) return std::nullopt;
  if (!FactHolds(condition, file, regexes, &match)) return std::nullopt;
  if (!condition.label.empty() &&
      (!file.failure().bar ||
       !regexes->Search(condition.label, file.failure().bar->label))) {
    return std::nullopt;
  }
  if (!ExceptionHolds(condition, file, regexes, &match)) return std::nullopt;
  return match;
}

}  // namespace logdiag
