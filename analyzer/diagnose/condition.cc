// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/condition.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsAnyOf(const std::vector<KnownText>& allowed, std::string_view name) {
  return allowed.empty() ||
         std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

bool InRange(const Range& range, const std::optional<double>& value) {
  return !range.given() || (value && range.Holds(*value));
}

std::string BarState(const Failure& failure) {
  if (!failure.bar) return "none";
  return failure.bar->open ? "open" : "closed";
}

// A flood is a trouble as well.
bool KindHolds(const Condition& condition, const Failure& failure) {
  return IsAnyOf(condition.kinds, KindName(failure.kind)) ||
         (failure.flood && IsAnyOf(condition.kinds, "flood"));
}

// Where the log shows that it stopped; where it must have, if that is only
// inferred, is for people and speaks for nothing.
std::string_view PhaseShown(const CaseFile& file) {
  constexpr std::string_view kBegun = "prompt-validation";
  return file.failure().phase_inferred
             ? kBegun
             : std::string_view(file.incident().phase);
}

bool FiguresHold(const Condition& condition, const CaseFile& file) {
  const Failure& failure = file.failure();
  std::optional<double> done;
  if (failure.bar) done = static_cast<double>(failure.bar->done);
  return IsAnyOf(condition.outcomes, file.incident().outcome) &&
         IsAnyOf(condition.phases, PhaseShown(file)) &&
         KindHolds(condition, failure) &&
         (condition.ends.empty() || IsAnyOf(condition.ends, file.EndName())) &&
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
  std::optional<double> figure = ReadNumber(fact.value);
  if (figure && !condition.fact_per.empty()) {
    const auto per = file.facts().find(condition.fact_per);
    const std::optional<double> whole = per == file.facts().end()
                                            ? std::nullopt
                                            : ReadNumber(per->second.value);
    figure =
        whole && *whole > 0 ? std::optional(*figure / *whole) : std::nullopt;
  }
  if (!InRange(condition.fact_range, figure)) return false;
  // A marker's line shows more than the fact that narrows it.
  if (match->quote.line == 0 && condition.absent.empty()) {
    match->quote = {fact.line, fact.offset, std::nullopt, fact.text};
  }
  // Only then is it the given fact alone that speaks.
  match->given = fact.given && fact.line == 0 && condition.markers.empty() &&
                 condition.absent.empty() && condition.exception.empty();
  return true;
}

bool HostHolds(const Condition& condition, const CaseFile& file, Match* match) {
  if (!condition.host_changed) return true;
  if (!file.failure().host_changed) return false;
  match->quote = *file.failure().host_changed;
  return true;
}

bool ProgramsHold(const Condition& condition, const CaseFile& file) {
  return condition.programs.empty() ||
         std::any_of(condition.programs.begin(), condition.programs.end(),
                     [&](std::string_view id) { return file.Ran(id); });
}

bool ExitCodeHolds(const Condition& condition, const CaseFile& file) {
  if (condition.exit_codes.empty()) return true;
  const std::optional<int> code = file.failure().exit_code;
  return code &&
         std::find(condition.exit_codes.begin(), condition.exit_codes.end(),
                   *code) != condition.exit_codes.end();
}

bool MarkersHold(const Condition& condition, const CaseFile& file,
                 Match* match) {
  for (const std::string_view id : condition.absent) {
    if (file.Find(id, condition.scope) != nullptr) return false;
  }
  if (condition.markers.empty()) return true;
  const Seen* best = nullptr;
  double count = 0;
  for (const std::string_view id : condition.markers) {
    const Seen* seen = file.Find(id, condition.scope);
    if (seen == nullptr) continue;
    count += static_cast<double>(seen->count);
    if (best == nullptr || seen->first.line < best->first.line) best = seen;
  }
  if (best == nullptr || !InRange(condition.count, count)) return false;
  const Event& event = best->first;
  match->quote = {event.line, event.offset, event.time_ns, event.text};
  for (const auto& [name, value] : std::get<MarkerHit>(event.what).captures) {
    match->captures[name] = value;
  }
  match->captures["count"] = std::to_string(static_cast<std::int64_t>(count));
  return true;
}

bool ExceptionHolds(const Condition& condition, const CaseFile& file,
                    RegexCache* regexes, Match* match) {
  if (condition.exception.empty() && condition.frame.empty()) return true;
  if (!file.failure().traceback) return false;
  for (const Raised& raised : file.failure().traceback->chain) {
    const std::string text = raised.type + ": " + raised.message;
    std::optional<Regex::Captures> groups(std::in_place);
    if (!condition.exception.empty()) {
      groups = regexes->Find(condition.exception, text);
      if (!groups) continue;
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
    for (const auto& [name, value] : *groups) {
      match->captures.try_emplace(name, value);
    }
    return true;
  }
  return false;
}

// `condition` as conditions of one part each.
std::vector<Condition> Parts(const Condition& condition) {
  std::vector<Condition> parts;
  const auto add = [&](auto... members) {
    Condition part;
    if (((condition.*members == part.*members) && ...)) return;
    ((part.*members = condition.*members), ...);
    parts.push_back(std::move(part));
  };
  // A scope alone asks for nothing.
  if (!condition.markers.empty()) {
    add(&Condition::markers, &Condition::scope, &Condition::count);
  }
  if (!condition.absent.empty()) add(&Condition::absent, &Condition::scope);
  add(&Condition::exception, &Condition::frame);
  add(&Condition::label);
  add(&Condition::outcomes);
  add(&Condition::phases);
  add(&Condition::kinds);
  add(&Condition::ends);
  add(&Condition::bar);
  add(&Condition::bar_done);
  add(&Condition::restart_gap_s);
  add(&Condition::silence_s);
  add(&Condition::same_point_deaths);
  add(&Condition::host_changed);
  add(&Condition::fact, &Condition::fact_matches, &Condition::fact_range,
      &Condition::fact_per);
  add(&Condition::exit_codes);
  add(&Condition::programs);
  return parts;
}

std::string Figure(const std::optional<double>& figure) {
  if (!figure) return "";
  std::string text = std::to_string(*figure);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string FirstSeen(const std::vector<KnownText>& ids,
                      const std::string& scope, const CaseFile& file) {
  for (const KnownText& id : ids) {
    if (const Seen* seen = file.Find(id, scope)) {
      return id + ", L" + std::to_string(seen->first.line) + ", seen " +
             std::to_string(seen->count) + " times";
    }
  }
  return "";
}

std::string Listed(const std::set<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names) {
    list += (list.empty() ? "" : ", ") + std::string(name);
  }
  return list;
}

// What the case has in the place of `part`, which has one part only.
std::string FoundFor(const Condition& part, const CaseFile& file) {
  const Failure& failure = file.failure();
  if (!part.markers.empty()) return FirstSeen(part.markers, part.scope, file);
  if (!part.absent.empty()) return FirstSeen(part.absent, part.scope, file);
  if (!part.exception.empty() || !part.frame.empty()) {
    if (!failure.traceback || failure.traceback->chain.empty()) return "";
    const Raised& first = failure.traceback->chain.front();
    return first.type + ": " + first.message;
  }
  if (!part.outcomes.empty()) return file.incident().outcome;
  if (!part.phases.empty()) return std::string(PhaseShown(file));
  if (!part.kinds.empty()) return KindName(failure.kind);
  if (!part.ends.empty()) return file.EndName();
  if (!part.bar.empty()) return BarState(failure);
  if (!part.label.empty()) return failure.bar ? failure.bar->label : "";
  if (part.bar_done.given()) {
    return failure.bar ? std::to_string(failure.bar->done) : "";
  }
  if (part.restart_gap_s.given()) return Figure(failure.restart_gap_s);
  if (part.silence_s.given()) return Figure(failure.silence_s);
  if (part.same_point_deaths.given()) {
    return std::to_string(failure.same_point_deaths);
  }
  if (!part.exit_codes.empty()) {
    return failure.exit_code ? std::to_string(*failure.exit_code) : "";
  }
  if (!part.programs.empty()) return Listed(file.programs());
  const auto fact = file.facts().find(part.fact);
  return fact == file.facts().end() ? "" : fact->second.value;
}

}  // namespace

std::vector<Unmet> UnmetParts(const Condition& condition, const CaseFile& file,
                              RegexCache* regexes) {
  std::vector<Unmet> unmet;
  for (Condition& part : Parts(condition)) {
    if (Holds(part, file, regexes)) continue;
    std::string found = FoundFor(part, file);
    unmet.push_back({std::move(part), std::move(found)});
  }
  return unmet;
}

std::optional<Match> Holds(const Condition& condition, const CaseFile& file,
                           RegexCache* regexes) {
  Match match;
  if (!FiguresHold(condition, file) || !ExitCodeHolds(condition, file) ||
      !ProgramsHold(condition, file)) {
    return std::nullopt;
  }
  if (!MarkersHold(condition, file, &match)) return std::nullopt;
  if (!FactHolds(condition, file, regexes, &match)) return std::nullopt;
  if (!HostHolds(condition, file, &match)) return std::nullopt;
  if (!condition.label.empty() &&
      (!file.failure().bar ||
       !regexes->Search(condition.label, file.failure().bar->label))) {
    return std::nullopt;
  }
  if (!ExceptionHolds(condition, file, regexes, &match)) return std::nullopt;
  return match;
}

}  // namespace logdiag
