// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/witness_match.h"

#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

constexpr std::size_t kMostText = 400;  // of a line that is kept
constexpr std::uint64_t kBytesPerMib = 1 << 20;

std::string_view GroupOf(const Regex::Captures& captures,
                         std::string_view name) {
  for (const auto& [group, text] : captures) {
    if (group == name) return text;
  }
  return {};
}

// "" if it is no number of bytes, or less than a MiB.
std::string MibOf(std::string_view bytes) {
  std::uint64_t number = 0;
  const char* const end = bytes.data() + bytes.size();
  const auto [stop, error] = std::from_chars(bytes.data(), end, number);
  if (error != std::errc() || stop != end || number < kBytesPerMib) return "";
  return std::to_string(number / kBytesPerMib);
}

std::string ValueOf(const WitnessFact& rule, const Regex::Captures& captures) {
  if (!rule.value.empty()) return std::string(rule.value);
  const std::string_view taken = GroupOf(captures, "value");
  return rule.bytes ? MibOf(taken) : std::string(taken);
}

}  // namespace

WitnessMatch::WitnessMatch(const std::vector<WitnessKind>* kinds) {
  for (const WitnessKind& kind : *kinds) {
    State state;
    state.kind = &kind;
    for (const KnownText& sign : kind.signs) {
      state.signs.emplace_back(std::string(sign));
    }
    state.seen.resize(state.signs.size());
    state.begins = LazyRegex(std::string(kind.begins));
    state.ended = LazyRegex(std::string(kind.ended));
    state.runs = LazyRegex(std::string(kind.runs));
    for (const WitnessFact& fact : kind.facts) {
      state.facts.push_back({&fact, LazyRegex(std::string(fact.regex))});
    }
    state.told.kind = &kind;
    states_.push_back(std::move(state));
  }
}

void WitnessMatch::Look(std::string_view line, std::uint64_t number) {
  if (++lines_ == kOpeningLines + 1) {
    std::erase_if(states_, [](const State& state) { return !state.shown(); });
  }
  for (State& state : states_) LookFor(line, number, &state);
}

void WitnessMatch::LookFor(std::string_view line, std::uint64_t number,
                           State* state) {
  for (std::size_t sign = 0; sign < state->signs.size(); ++sign) {
    if (!state->seen[sign]) state->seen[sign] = state->signs[sign].Search(line);
  }
  const bool in_blocks = state->begins.get() != nullptr;
  if (in_blocks && state->begins.Search(line)) Close(state);
  state->told.runs = state->told.runs || state->runs.Search(line);
  for (auto& [rule, regex] : state->facts) {
    const auto captures =
        regex.get() == nullptr ? std::nullopt : regex.get()->Find(line);
    if (!captures) continue;
    logdiag::Fact fact;
    fact.value = ValueOf(*rule, *captures);
    if (fact.value.empty()) continue;
    fact.line = number;
    fact.text = CutUtf8(line, kMostText);
    if (!rule->of_end) {
      state->told.pod.emplace(rule->fact, std::move(fact));
      continue;
    }
    // Without blocks or times, a second row is of another process.
    const bool apart = in_blocks || state->ended.get() != nullptr;
    if (!apart && state->open.facts.contains(rule->fact)) Close(state);
    state->open.facts.emplace(rule->fact, std::move(fact));
  }
  const auto ended = state->ended.get() == nullptr
                         ? std::nullopt
                         : state->ended.get()->Find(line);
  if (!ended) return;
  const std::string_view time = GroupOf(*ended, "time");
  std::optional<Stamp> stamp = ReadIsoStamp(time);
  if (!stamp) stamp = ReadRfc1123Stamp(time);
  if (stamp && stamp->has_zone) state->open.ended_ns = stamp->time_ns;
  if (!in_blocks) Close(state);
}

void WitnessMatch::Close(State* state) {
  Statement closed = std::exchange(state->open, {});
  if (closed.facts.empty()) return;
  std::vector<Statement>& ends = state->told.ends;
  ends.push_back(std::move(closed));
  if (ends.size() > kMostEnds) ends.erase(ends.begin());
}

std::optional<Testimony> WitnessMatch::Take() const {
  for (const State& state : states_) {
    if (!state.shown()) continue;
    State last = state;
    Close(&last);
    return std::move(last.told);
  }
  return std::nullopt;
}

}  // namespace logdiag
