// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/statements.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// An end that is stated so long after the last line, and after which nothing
// follows, may be another one.
constexpr std::int64_t kLongest_ns = 15 * 60 * kNsPerSecond;

// Whether `end`, one of `testimony`, is about the end in the window; sets
// `*unplaced` if only its time could tell.
bool IsAbout(const Statement& end, const Testimony& testimony,
             const EndWindow& window, bool* unplaced) {
  if (end.ended_ns && window.utc && window.from_ns) {
    return window.Holds(*end.ended_ns);
  }
  // Without a time only the last state that is told can be of that end, and
  // only if nothing has begun since.
  if (&end != &testimony.ends.back() || testimony.runs || !window.last) {
    return false;
  }
  if (end.ended_ns) *unplaced = true;
  return true;
}

// Whether two files say the same in longer or shorter words ("RTX 6000 Ada
// Gene...").
bool SaySame(std::string_view one, std::string_view other) {
  while (!one.empty() && one.back() == '.') one.remove_suffix(1);
  while (!other.empty() && other.back() == '.') other.remove_suffix(1);
  return one.starts_with(other) || other.starts_with(one);
}

bool Agree(const std::vector<Fact>& facts) {
  return std::all_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.given ? fact.value == facts.front().value
                      : SaySame(fact.value, facts.front().value);
  });
}

}  // namespace

bool EndWindow::Holds(std::int64_t time_ns) const {
  if (!from_ns || time_ns < *from_ns - kEndSlack_ns) return false;
  return time_ns <= (to_ns ? *to_ns + kEndSlack_ns : *from_ns + kLongest_ns);
}

EndWindow WindowOfEnd(const Diagnosis& diagnosis) {
  EndWindow window;
  window.utc = diagnosis.source.clock == "utc";
  const auto& processes = diagnosis.timeline.processes;
  if (processes.empty()) {
    window.from_ns = diagnosis.timeline.last_ns;
    return window;
  }
  // One of many ends, all of which are of the same kind.
  if (diagnosis.outcome == "crash-loop") {
    window.from_ns = processes.front().last_ns;
    window.to_ns = diagnosis.timeline.last_ns;
    return window;
  }
  const std::uint64_t number = diagnosis.incident ? diagnosis.incident->process
                                                  : processes.back().number;
  for (const Process& process : processes) {
    if (process.number == number) {
      window.from_ns = process.last_ns;
      window.begun_ns = process.start_ns;
    }
    if (process.number <= number || !window.last) continue;
    window.last = false;
    window.to_ns = process.start_ns;
  }
  return window;
}

Stated StatedOf(const std::vector<Testimony>& testimonies,
                const EndWindow& window) {
  std::map<std::string, std::vector<Fact>> all;
  Stated stated;
  for (const Testimony& testimony : testimonies) {
    for (const auto& [name, fact] : testimony.pod) all[name].push_back(fact);
    for (const Statement& end : testimony.ends) {
      if (!IsAbout(end, testimony, window, &stated.unplaced)) continue;
      for (const auto& [name, fact] : end.facts) {
        // A container that runs again has the code of no end.
        if (testimony.runs && name == "exit_code") continue;
        all[name].push_back(fact);
        all[name].back().given = true;
      }
    }
  }
  for (auto& [name, facts] : all) {
    if (Agree(facts)) {
      stated.facts.emplace(name, std::move(facts.front()));
    } else {
      stated.contradictions.push_back({name, std::move(facts)});
    }
  }
  return stated;
}

}  // namespace logdiag
