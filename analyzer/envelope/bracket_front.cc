// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/bracket_front.h"

#include <algorithm>
#include <array>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kChildError = "[!]";

// True if `text` begins with `front` and a blank, or is `front`.
bool HasFront(std::string_view text, std::string_view front) {
  return StartsWith(text, front) &&
         (text.size() == front.size() || text[front.size()] == ' ');
}

// Size of "[info]" as Desktop writes it at the start of `text`; 0 if there is
// none.
std::size_t DesktopLevelSize(std::string_view text) {
  constexpr std::array<std::string_view, 6> kLevels = {
      "[info]", "[error]", "[warn]", "[debug]", "[verbose]", "[silly]"};
  for (const std::string_view level : kLevels) {
    if (HasFront(text, level)) return level.size();
  }
  return 0;
}

// The rest of a line that began with a bracketed naive stamp.
void PeelFileStamp(std::size_t size, Piece* piece) {
  std::string_view after = piece->text.substr(size);
  if (StartsWith(after, " ")) after.remove_prefix(1);
  if (const std::size_t level = DesktopLevelSize(after); level > 0) {
    const auto skipped =
        static_cast<std::size_t>(after.data() - piece->text.data());
    OfferLevel(LevelOf(after.substr(1, level - 2)), piece);
    TakeFront(skipped + level, Envelope::kDesktop, piece);
    return;
  }
  TakeFront(size, Envelope::kManagerFile, piece);
  if (HasFront(piece->text, kChildError)) {
    piece->text.remove_prefix(kChildError.size());
    if (!piece->text.empty()) piece->text.remove_prefix(1);
  }
}

}  // namespace

bool PeelBracketedStamp(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 18 || !IsDigit(text[1])) return false;
  const std::optional<Stamp> stamp = ReadIsoStamp(text.substr(1));
  if (!stamp) return false;
  const std::size_t close = stamp->size + 1;
  if (close >= text.size() || text[close] != ']') return false;
  OfferTime(*stamp, piece);
  if (stamp->has_zone) {
    TakeFront(close + 1, Envelope::kBracketed, piece);
  } else {
    PeelFileStamp(close + 1, piece);
  }
  return true;
}

bool PeelDmesg(Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t close = text.substr(0, 40).find(']');
  if (close == std::string_view::npos || close < 9) return false;
  const std::string_view inside = text.substr(1, close - 1);
  if (const auto stamp = ReadCtimeStamp(inside);
      stamp && stamp->size == inside.size()) {
    OfferTime(*stamp, piece);
  } else {
    const std::string_view digits = TrimLeft(inside);
    const std::size_t dot = digits.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot > 10 ||
        digits.size() != dot + 7) {
      return false;
    }
    std::int64_t microseconds = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
      if (i == dot) continue;
      if (!IsDigit(digits[i])) return false;
      microseconds = microseconds * 10 + (digits[i] - '0');
    }
    // Above 2^63 nanoseconds no host has been up.
    if (microseconds > 9'000'000'000'000'000) return false;
    OfferTime(microseconds * 1000, 1000, Clock::kMonotonic, piece);
  }
  TakeFront(close + 1, Envelope::kDmesg, piece);
  piece->source = Source::kKernel;
  return true;
}

bool PeelKubectl(Piece* piece) {
  constexpr std::string_view kOpening = "[pod/";
  if (!StartsWith(piece->text, kOpening)) return false;
  const std::size_t close = piece->text.substr(0, 600).find(']');
  if (close == std::string_view::npos) return false;
  const std::string_view name =
      piece->text.substr(kOpening.size(), close - kOpening.size());
  if (!Contains(name, "/") || Contains(name, " ")) return false;
  TakeFront(close + 1, Envelope::kKubectl, piece);
  return true;
}

}  // namespace logdiag
