// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/prefix_lexer.h"

#include <algorithm>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/support/loose_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongestWord = 64;

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool IsWordSign(char c) {
  constexpr std::string_view kSigns = "_.-/@#=+$~";
  return IsAlnum(c) || kSigns.find(c) != std::string_view::npos;
}

// What may stand in brackets: a few words, a place in a source, key=value.
bool IsInside(char c) { return IsWordSign(c) || c == ' ' || c == ':'; }

bool IsSeparator(std::string_view line, std::size_t at) {
  constexpr std::string_view kSigns = " \t|:,;>";
  if (kSigns.find(line[at]) != std::string_view::npos) return true;
  // A dash only between blanks.
  return line[at] == '-' && at > 0 && line[at - 1] == ' ' &&
         (at + 1 == line.size() || line[at + 1] == ' ');
}

std::string_view TrimBlanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

// Fills in what `field->value` is as a whole.
void Classify(PrefixField* field) {
  field->stamp = ReadLooseStamp(field->value);
  if (field->stamp) {
    const std::string_view rest =
        TrimBlanks(field->value.substr(field->stamp->size));
    field->level = LevelOf(rest);
    if (!rest.empty() && field->level == Level::kNone) field->stamp.reset();
  } else {
    field->level = LevelOf(field->value);
  }
  field->kind = field->stamp                   ? PrefixField::Kind::kTime
                : field->level != Level::kNone ? PrefixField::Kind::kLevel
                                               : PrefixField::Kind::kWord;
}

}  // namespace

std::string PrefixField::Key() const {
  std::string key(1, static_cast<char>(kind));
  if (bracket != 0) key += bracket;
  for (const char c : separator) {
    if (c != ' ' || key.back() != ' ') key += c;
  }
  if (ends_line && key.back() != ' ') key += ' ';
  return key;
}

std::string PrefixField::LastKey() const {
  const std::string key = Key();
  const std::size_t front = bracket != 0 ? 2 : 1;
  std::size_t end = key.find_first_not_of(' ', front);
  if (end == std::string::npos) return key;
  if (key[end] == '\t') return key.substr(0, end + 1);
  end = key.find_first_of(" \t", end);
  return end == std::string::npos ? key : key.substr(0, end + 1);
}

std::size_t PrefixField::BodyBehind(std::string_view key) const {
  const std::size_t front = bracket != 0 ? 2 : 1;
  if (Key().substr(0, front) != key.substr(0, front)) return 0;
  std::size_t at = 0;
  for (std::size_t i = front; i < key.size(); ++i) {
    const bool last = i + 1 == key.size();
    if (at == separator.size()) {
      if (last && key[i] == ' ' && ends_line) break;
      return 0;
    }
    if (separator[at] != key[i]) return 0;
    ++at;
    while (!last && key[i] == ' ' && at < separator.size() &&
           separator[at] == ' ') {
      ++at;
    }
  }
  return separator_at + at;
}

bool PrefixField::HasBar(char sign) const {
  for (std::size_t i = 0; i < separator.size(); ++i) {
    // A progress bar begins right behind its bar.
    const bool apart =
        i + 1 == separator.size() ? ends_line : separator[i + 1] == ' ';
    if (separator[i] == sign && apart) return true;
  }
  return false;
}

bool PrefixLexer::Next(PrefixField* field) {
  if (at_ >= std::min(line_.size(), kMaxBytes) || fields_ == kMaxFields)
    return false;
  *field = PrefixField();
  field->begin = at_;
  if (!ReadBracketed(field) && !ReadBare(field)) return false;
  ReadSeparator(field);
  if (field->level != Level::kNone) level_seen_ = true;
  ++fields_;
  return true;
}

bool PrefixLexer::ReadBracketed(PrefixField* field) {
  const char open = line_[at_];
  if (open != '[' && open != '(') return false;
  const std::size_t begin = at_ + 1;
  std::size_t end = begin;
  const std::size_t limit = std::min(line_.size(), begin + kLongestWord);
  while (end < limit && (IsInside(line_[end]) || line_[end] == ',')) ++end;
  if (end == limit || line_[end] != (open == '[' ? ']' : ')')) return false;
  field->value = TrimBlanks(line_.substr(begin, end - begin));
  if (field->value.empty()) return false;
  field->bracket = open;
  Classify(field);
  at_ = end + 1;
  return true;
}

bool PrefixLexer::ReadBare(PrefixField* field) {
  const std::string_view rest = line_.substr(at_);
  field->stamp = ReadLooseStamp(rest);
  if (field->stamp) {
    field->kind = PrefixField::Kind::kTime;
    field->value = rest.substr(0, field->stamp->size);
  } else {
    std::size_t end = 0;
    while (end < rest.size() && end <= kLongestWord && IsWordSign(rest[end]))
      ++end;
    if (end == 0 || end > kLongestWord) return false;
    field->value = rest.substr(0, end);
    field->level = LevelOf(field->value);
    if (field->level != Level::kNone) field->kind = PrefixField::Kind::kLevel;
  }
  at_ += field->value.size();
  // Something else goes on right behind it: "100%", "f(x)".
  return at_ == line_.size() || IsSeparator(line_, at_) ||
         (line_[at_] == '[' && field->kind != PrefixField::Kind::kWord);
}

void PrefixLexer::ReadSeparator(PrefixField* field) {
  const std::size_t begin = at_;
  while (at_ < line_.size() && IsSeparator(line_, at_)) ++at_;
  field->separator = line_.substr(begin, at_ - begin);
  field->separator_at = begin;
  field->ends_line = at_ == line_.size();
  const bool apart =
      !field->separator.empty() || field->ends_line || line_[at_] == '[';
  const bool marked =
      field->bracket != 0 || field->kind != PrefixField::Kind::kWord;
  field->may_end = Contains(field->separator, "\t") || field->HasBar('|') ||
                   field->HasBar('>') || field->HasBar('-') ||
                   (marked && apart);
  if (!field->may_end && level_seen_ && StartsWith(field->separator, ":")) {
    field->may_end = true;
    field->by_colon = true;
  }
}

}  // namespace logdiag
