// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/logger_stamp.h"

#include <algorithm>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/support/loose_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongestBracket = 100;

// Size of "[engine.py:123]" or "engine.py:123]" at the start of `text`; 0 if
// there is none.
std::size_t PlaceSize(std::string_view text) {
  const std::size_t close = text.substr(0, kLongestBracket).find(']');
  if (close == std::string_view::npos || close < 5) return 0;
  const std::string_view inside = text.substr(0, close);
  const std::size_t colon = inside.rfind(".py:");
  if (colon == std::string_view::npos || Contains(inside, " ")) return 0;
  std::string_view line = inside.substr(colon + 4);
  line = line.substr(0, line.find(':'));
  return !line.empty() && std::all_of(line.begin(), line.end(), IsDigit)
             ? close + 1
             : 0;
}

}  // namespace

bool PeelVllm(Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t word = LevelWordSize(text);
  if (word == 0 || word + 16 >= text.size() || text[word] != ' ' ||
      !IsDigit(text[word + 1]) || text[word + 3] != '-') {
    return false;
  }
  const std::optional<Stamp> stamp = ReadLooseStamp(text.substr(word + 1));
  if (!stamp || stamp->has_year) return false;
  const std::size_t place = word + 1 + stamp->size + 1;
  if (place >= text.size() || text[place - 1] != ' ') return false;
  const std::size_t size = PlaceSize(text.substr(place));
  if (size == 0) return false;
  OfferTime(*stamp, piece);
  OfferLevel(LevelOf(text.substr(0, word)), piece);
  TakeFront(place + size, Envelope::kLogger, piece);
  return true;
}

bool PeelPlace(Piece* piece) {
  if (piece->level == Level::kNone) return false;
  const std::size_t size = PlaceSize(piece->text);
  if (size == 0) return false;
  TakeFront(size, Envelope::kLogger, piece);
  return true;
}

bool PeelProcessName(Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t close = text.substr(0, kLongestBracket).find(')');
  if (close == std::string_view::npos) return false;
  const std::string_view inside = text.substr(1, close - 1);
  constexpr std::string_view kPid = " pid=";
  const std::size_t pid = inside.find(kPid);
  if (pid == std::string_view::npos || pid == 0) return false;
  const std::string_view number = inside.substr(pid + kPid.size());
  if (number.empty() || !IsDigit(number[0]) ||
      Contains(inside.substr(0, pid), " ")) {
    return false;
  }
  TakeFront(close + 1, Envelope::kLogger, piece);
  return true;
}

bool PeelClockAndLevel(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 17 || text[2] != ':' || text[5] != ':') return false;
  const std::optional<Stamp> stamp = ReadLooseStamp(text);
  if (!stamp || text.substr(stamp->size, 2) != " [") return false;
  const std::size_t open = stamp->size + 2;
  const std::size_t close = text.substr(0, open + 12).find(']', open);
  if (close == std::string_view::npos) return false;
  const Level level = LevelOf(text.substr(open, close - open));
  if (level == Level::kNone && text.substr(open, close - open) != "Init")
    return false;
  OfferTime(*stamp, piece);
  OfferLevel(level, piece);
  TakeFront(close + 1, Envelope::kLogger, piece);
  return true;
}

}  // namespace logdiag
