// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/compose_prefix.h"

#include <algorithm>

#include "analyzer/envelope/logger_level.h"

namespace logdiag {
namespace {

constexpr std::size_t kRepeatsToKnow = 4;
constexpr std::size_t kMaxNames = 64;
// Longer names exist, but nothing that long stands before a bar by itself.
constexpr std::size_t kLongestPrefix = 100;

bool IsNameStart(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool IsName(char c) {
  return IsNameStart(c) || c == '_' || c == '.' || c == '-';
}

// The name before "  | " at the start of `text`, and where the bar is; empty
// if there is none.
std::string_view ReadName(std::string_view text, std::size_t* bar) {
  if (text.empty() || !IsNameStart(text[0])) return {};
  const std::string_view head = text.substr(0, kLongestPrefix);
  std::size_t end = 1;
  while (end < head.size() && IsName(head[end])) ++end;
  *bar = head.find_first_not_of(' ', end);
  if (*bar == std::string_view::npos || *bar == end || head[*bar] != '|')
    return {};
  if (*bar + 1 < text.size() && text[*bar + 1] != ' ') return {};
  // "INFO   | message" is a logger's.
  if (LevelWordSize(text) == end) return {};
  return text.substr(0, end);
}

}  // namespace

void ComposePrefix::Learn(std::string_view text) {
  std::size_t bar = 0;
  const std::string_view name = ReadName(text, &bar);
  if (!name.empty() && !IsKnown(name)) Count(name);
}

bool ComposePrefix::Peel(Piece* piece) {
  std::size_t bar = 0;
  const std::string_view name = ReadName(piece->text, &bar);
  if (name.empty()) {
    repeats_ = 0;
    return false;
  }
  if (!IsKnown(name)) {
    Count(name);
    if (!IsKnown(name)) return false;
  }
  TakeFront(bar + 1, Envelope::kCompose, piece);
  return true;
}

bool ComposePrefix::IsKnown(std::string_view name) const {
  return std::find(known_.begin(), known_.end(), name) != known_.end();
}

void ComposePrefix::Count(std::string_view name) {
  if (last_ == name) {
    ++repeats_;
  } else {
    last_ = name;
    repeats_ = 1;
  }
  if (repeats_ >= kRepeatsToKnow && known_.size() < kMaxNames)
    known_.emplace_back(name);
}

}  // namespace logdiag
