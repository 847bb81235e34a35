// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/document_match.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/fence_mark.h"

namespace logdiag {
namespace {

// Of the lines of a file that pastes a log, so many are the log.
constexpr double kPastedShare = 0.6;
// More are the examples of a manual.
constexpr std::uint64_t kPastedFences = 2;
// Who asks about a log may repeat a line of it.
constexpr std::uint64_t kRepeatedLines = 2;

}  // namespace

DocumentMatch::DocumentMatch(const std::vector<DocumentKind>* kinds,
                             std::uint64_t min_typical_lines)
    : min_typical_lines_(min_typical_lines) {
  for (const DocumentKind& kind : *kinds) {
    State state;
    state.kind = &kind;
    state.opening = LazyRegex(kind.opening);
    state.unless = LazyRegex(kind.unless);
    state.holds = LazyRegex(kind.holds);
    state.typical = LazyRegex(kind.typical);
    states_.push_back(std::move(state));
  }
}

void DocumentMatch::Open(std::string_view line) {
  for (State& state : states_) {
    state.opened = state.opened || state.opening.Search(line);
  }
}

void DocumentMatch::Look(std::string_view line, bool printed) {
  if (states_.empty() && printed_ > kRepeatedLines) return;
  if (line.find_first_not_of(" \t\r") == line.npos) return;
  ++lines_;
  if (lines_ <= kOpeningLines && !printed) Open(line);
  if (lines_ == kOpeningLines) {
    std::erase_if(states_, [](const State& state) { return !state.opened; });
  }
  const bool fence = FenceMark(line, in_fence_) != 0;
  if (fence && !in_fence_) ++fences_;
  if (fence) in_fence_ = !in_fence_;
  if (in_fence_ || fence) ++fenced_;
  if (printed && !in_fence_ && !fence) ++printed_;
  for (State& state : states_) {
    if (!state.opened) continue;
    state.refused = state.refused || (!in_fence_ && state.unless.Search(line));
    is_log_ = is_log_ || state.refused;
    state.held = state.held || state.holds.Search(line);
    if (!printed && !in_fence_ && state.typical.Search(line)) {
      ++state.typical_lines;
    }
  }
  std::erase_if(states_, [](const State& state) { return state.refused; });
}

bool DocumentMatch::IsPasted() const {
  return fences_ > 0 && fences_ <= kPastedFences &&
         static_cast<double>(fenced_) >=
             kPastedShare * static_cast<double>(lines_);
}

bool DocumentMatch::HoldsPastedLog() const {
  if (fences_ == 0 || is_log_) return false;
  return printed_ == 0 || (IsPasted() && printed_ <= kRepeatedLines);
}

const DocumentKind* DocumentMatch::Kind() const {
  for (const State& state : states_) {
    if (!state.opened) continue;
    if (state.held) return state.kind;
    if (state.kind->share <= 0 || IsPasted()) continue;
    if (state.typical_lines < min_typical_lines_) continue;
    if (static_cast<double>(state.typical_lines) >=
        state.kind->share * static_cast<double>(lines_ - fenced_)) {
      return state.kind;
    }
  }
  return nullptr;
}

}  // namespace logdiag
