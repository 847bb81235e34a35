// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/logger_level.h"

#include <algorithm>
#include <array>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsWord(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '_';
}

std::size_t SkipBlanks(std::string_view text, std::size_t from) {
  return std::min(text.find_first_not_of(' ', from), text.size());
}

// True if `text` could be the id of a job: one long word.
bool IsJobId(std::string_view text) {
  return text.size() >= 6 && text.size() <= 80 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsWord(c) || c == '-'; });
}

// " module::part: ", as Rust's loggers write behind the level.
bool NamesTarget(std::string_view text) {
  if (text.empty() || text[0] != ' ') return false;
  std::size_t end = 1;
  while (end < text.size() &&
         (IsWord(text[end]) || text[end] == ':' || text[end] == '-')) {
    ++end;
  }
  return end > 2 && text[end - 1] == ':' && end < text.size() &&
         text[end] == ' ';
}

struct LevelName {
  std::string_view name;
  Level level;
};

// Lower case. TIP is ComfyUI-Manager's.
constexpr std::array<LevelName, 31> kLevelNames = {{
    {"trace", Level::kDebug},        {"trc", Level::kDebug},
    {"debug", Level::kDebug},        {"dbg", Level::kDebug},
    {"debg", Level::kDebug},         {"verbose", Level::kDebug},
    {"vrb", Level::kDebug},          {"silly", Level::kDebug},
    {"trac", Level::kDebug},         {"blat", Level::kDebug},
    {"info", Level::kInfo},          {"inf", Level::kInfo},
    {"information", Level::kInfo},   {"notice", Level::kInfo},
    {"tip", Level::kInfo},           {"success", Level::kInfo},
    {"warning", Level::kWarning},    {"warn", Level::kWarning},
    {"wrn", Level::kWarning},        {"error", Level::kError},
    {"err", Level::kError},          {"erro", Level::kError},
    {"severe", Level::kError},       {"critical", Level::kCritical},
    {"crit", Level::kCritical},      {"fatal", Level::kCritical},
    {"ftl", Level::kCritical},       {"panic", Level::kCritical},
    {"alert", Level::kCritical},     {"emerg", Level::kCritical},
    {"emergency", Level::kCritical},
}};

}  // namespace

Level LevelOf(std::string_view word) {
  if (word.size() < 3 || word.size() > 11) return Level::kNone;
  std::array<char, 11> lower{};
  std::transform(word.begin(), word.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string_view name(lower.data(), word.size());
  for (const LevelName& known : kLevelNames) {
    if (known.name == name) return known.level;
  }
  return Level::kNone;
}

Level LevelOfPino(std::int64_t number) {
  if (number < 10 || number > 60) return Level::kNone;
  if (number < 30) return Level::kDebug;
  if (number < 40) return Level::kInfo;
  if (number < 50) return Level::kWarning;
  return number < 60 ? Level::kError : Level::kCritical;
}

Level LevelOfPriority(std::int64_t number) {
  if (number < 0 || number > 7) return Level::kNone;
  if (number < 3) return Level::kCritical;
  if (number == 3) return Level::kError;
  if (number == 4) return Level::kWarning;
  return number < 7 ? Level::kInfo : Level::kDebug;
}

std::size_t LevelWordSize(std::string_view text) {
  constexpr std::array<std::string_view, 9> kLevels = {
      "INFO",  "ERROR", "WARNING",  "WARN", "DEBUG",
      "TRACE", "TIP",   "CRITICAL", "FATAL"};
  // Two letters tell the levels from nearly all other words.
  if (text.size() < 3) return 0;
  for (const std::string_view level : kLevels) {
    if (text[0] != level[0] || text[1] != level[1] || !StartsWith(text, level))
      continue;
    if (text.size() > level.size() && IsWord(text[level.size()])) continue;
    return level.size();
  }
  return 0;
}

std::size_t BracketedLevelSize(std::string_view text) {
  if (text.size() < 5 || text[0] != '[') return 0;
  const std::size_t word = LevelWordSize(text.substr(1));
  if (word == 0 || word + 1 >= text.size() || text[word + 1] != ']') return 0;
  const std::size_t size = word + 2;
  return text.size() == size || text[size] == ' ' ? size : 0;
}

bool PeelBracketedLevel(Piece* piece) {
  const std::size_t size = BracketedLevelSize(piece->text);
  if (size == 0) return false;
  OfferLevel(LevelOf(piece->text.substr(1, size - 2)), piece);
  TakeFront(size, Envelope::kComfyUiLevel, piece);
  return true;
}

void NoteBareLevel(Piece* piece) {
  std::string_view text = piece->text;
  // Levels of four letters stand a column further right in Rust's logs.
  if (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  if (text.empty() || text[0] < 'C' || text[0] > 'W') return;
  const std::size_t size = LevelWordSize(text);
  if (size == 0 || size >= text.size()) return;
  if (text[size] == ':' || NamesTarget(text.substr(size)))
    OfferLevel(LevelOf(text.substr(0, size)), piece);
}

bool PeelPythonLogging(Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t level = LevelWordSize(text);
  if (level == 0 || level >= text.size() || text[level] != ':') return false;
  std::size_t end = level + 1;
  while (end < text.size() &&
         (IsWord(text[end]) || text[end] == '.' || text[end] == '-')) {
    ++end;
  }
  if (end == level + 1 || end >= text.size() || text[end] != ':') return false;
  // "ERROR:http://..." names no logger.
  if (end + 1 < text.size() && text[end + 1] == '/') return false;
  OfferLevel(LevelOf(text.substr(0, level)), piece);
  // A blank behind the colon belongs to the message.
  piece->text = text.substr(end + 1);
  AddEnvelope(Envelope::kPythonLogging, piece);
  return true;
}

bool PeelRunPodColumns(Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t level = LevelWordSize(text);
  if (level == 0) return false;
  std::size_t bar = SkipBlanks(text, level);
  if (bar == level || bar >= text.size() || text[bar] != '|') return false;
  const std::size_t id = SkipBlanks(text, bar + 1);
  const std::size_t id_end = std::min(text.find(' ', id), text.size());
  const std::size_t second = SkipBlanks(text, id_end);
  if (second < text.size() && text[second] == '|' &&
      IsJobId(text.substr(id, id_end - id))) {
    bar = second;
  }
  OfferLevel(LevelOf(text.substr(0, level)), piece);
  TakeFront(bar + 1, Envelope::kRunPodJob, piece);
  return true;
}

bool PeelLoguru(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 30 || text[10] != ' ') return false;
  const std::optional<Stamp> stamp = ReadIsoStamp(text);
  if (!stamp || stamp->has_zone) return false;
  constexpr std::string_view kBar = " | ";
  if (!StartsWith(text.substr(stamp->size), kBar)) return false;
  const std::size_t level = stamp->size + kBar.size();
  const std::size_t word = LevelWordSize(text.substr(level));
  const std::size_t bar = SkipBlanks(text, level + word);
  if (word == 0 || !StartsWith(text.substr(bar), "| ")) return false;
  // "module:function:line - "
  const std::size_t place = bar + 2;
  const std::size_t dash = text.substr(0, place + 200).find(" - ", place);
  if (dash == std::string_view::npos ||
      Contains(text.substr(place, dash - place), " ")) {
    return false;
  }
  OfferTime(*stamp, piece);
  OfferLevel(LevelOf(text.substr(level, word)), piece);
  TakeFront(dash + 2, Envelope::kPythonLogging, piece);
  return true;
}

bool PeelRunPodRootLogger(Piece* piece) {
  const std::string_view text = piece->text;
  constexpr std::size_t kLongestFileName = 64;
  const std::size_t suffix = text.substr(0, kLongestFileName).find(".py");
  if (suffix == std::string_view::npos || suffix == 0) return false;
  if (!std::all_of(text.begin(), text.begin() + static_cast<long>(suffix),
                   [](char c) { return IsWord(c) || c == '-'; })) {
    return false;
  }
  const std::size_t colon = SkipBlanks(text, suffix + 3);
  if (colon >= text.size() || text[colon] != ':') return false;
  std::size_t end = colon + 1;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const std::size_t stamp_at = SkipBlanks(text, end);
  if (end == colon + 1 || stamp_at == end) return false;
  const std::optional<Stamp> stamp = ReadIsoStamp(text.substr(stamp_at));
  if (!stamp) return false;
  OfferTime(*stamp, piece);
  TakeFront(stamp_at + stamp->size, Envelope::kRunPodRootLogger, piece);
  piece->is_copy = true;
  return true;
}

}  // namespace logdiag
