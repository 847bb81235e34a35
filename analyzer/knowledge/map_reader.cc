// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/map_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string Describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
    case YamlNode::Kind::kScalar:
      break;
  }
  return Quoted(node.text);
}

// YAML 1.1 words that some libraries read as truth values or as nothing.
bool IsReservedWord(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr auto kWords = std::to_array<std::string_view>(
      {"true", "false", "yes", "no", "on", "off", "null", "~", ""});
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// A limit: a plain number.
std::string LimitText(double limit) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                 limit, std::chars_format::general, 6);
  return std::string(buffer.data(), end.ptr);
}

// Plain digits with `-`, `:`, `_` or `.` between them may be a date, a time in
// base 60 or a number, depending on who reads.
bool LooksNumeric(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789+-.:_") == std::string_view::npos;
}

// Reports that `word`, the text of `at`, is not in `names`.
void CheckName(const YamlNode& at, std::string_view key, std::string_view word,
               Names names, ErrorSink* sink) {
  if (word.empty()) return;  // reported by ReadText
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  sink->Fail(at, "unknown " + std::string(key) + " " + Quoted(word) +
                     Suggest(word, names));
}

}  // namespace

std::optional<double> AsNumber(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar || node.quoted) return std::nullopt;
  std::string_view text = node.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, code] = std::from_chars(text.data(), end, value);
  if (code != std::errc() || stop != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

void ErrorSink::Fail(const YamlNode& at, std::string message) {
  errors_->Add({Place(at), std::move(message)});
}

std::string ErrorSink::Place(const YamlNode& at) const {
  return path_ + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

bool IsText(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) return false;
  return node.quoted || (!AsNumber(node) && !LooksNumeric(node.text) &&
                         !IsReservedWord(node.text));
}

std::string ReadText(const YamlNode& node, std::string_view what,
                     ErrorSink* sink) {
  if (IsText(node)) return node.text;
  if (node.kind == YamlNode::Kind::kScalar) {
    sink->Fail(node, Quoted(what) + " must be text; put '" +
                         Printable(node.text, kMaxQuoted) + "' in quotes");
  } else {
    sink->Fail(node, Quoted(what) + " must be text, not " + Describe(node));
  }
  return "";
}

void CheckShown(const YamlNode& at, std::string_view text, bool lines,
                ErrorSink* sink) {
  // A block of YAML ends with a line feed.
  while (text.ends_with('\n')) text.remove_suffix(1);
  const bool several = text.find('\n') != std::string_view::npos;
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (Printable(line, line.size()) != line) {
    sink->Fail(at,
               "this text holds characters that nobody sees, or that steer a "
               "terminal; write what they stand for, or remove them");
  } else if (several && !lines) {
    sink->Fail(at, "this text must be one line; begin it with > to fold it");
  }
}

void CheckTemplate(const YamlNode& at, std::string_view text, ErrorSink* sink) {
  // A colon sets a way of writing off: {code:phase}.
  constexpr std::string_view kNameChars =
      "abcdefghijklmnopqrstuvwxyz0123456789_.:-";
  for (std::size_t i = text.find('{'); i != std::string_view::npos;
       i = text.find('{', i)) {
    if (text.substr(i, 2) == "{{") {
      i += 2;
      continue;
    }
    const std::size_t end = text.find('}', i);
    const std::string_view name =
        end == std::string_view::npos ? "" : text.substr(i + 1, end - i - 1);
    if (name.empty() || name.find_first_not_of(kNameChars) != name.npos) {
      sink->Fail(at,
                 "\"{\" must open a {placeholder} in lower_snake_case; "
                 "write {{ for the character itself");
      return;
    }
    i = end;
  }
}

MapReader::MapReader(const YamlNode& map, std::string_view what,
                     ErrorSink* sink)
    : map_(map),
      what_(what),
      sink_(sink),
      ok_(map.kind == YamlNode::Kind::kMap) {
  if (ok_) return;
  sink_->Fail(map_, what_ + " must be a map of keys, not " + Describe(map_));
}

bool MapReader::Has(std::string_view key) const {
  return std::any_of(
      map_.entries.begin(), map_.entries.end(),
      [key](const auto& entry) { return entry.key.text == key; });
}

const YamlNode* MapReader::Find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
    known_.push_back(key);
  }
  for (const auto& [name, value] : map_.entries) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

const YamlNode* MapReader::Required(std::string_view key) {
  const YamlNode* value = Find(key);
  if (value == nullptr && ok_) {
    sink_->Fail(map_, what_ + " needs the key " + Quoted(key));
  }
  return value;
}

std::string MapReader::Text(std::string_view key) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return "";
  std::string text = ReadText(*value, key, sink_);
  CheckShown(*value, text, false, sink_);
  return text;
}

std::string MapReader::RequiredText(std::string_view key) {
  const YamlNode* value = Required(key);
  if (value == nullptr) return "";
  if (value->kind == YamlNode::Kind::kScalar && value->text.empty()) {
    sink_->Fail(*value, Quoted(key) + " must not be empty");
    return "";
  }
  return Text(key);
}

std::string MapReader::RequiredTemplate(std::string_view key) {
  std::string text = RequiredText(key);
  if (!text.empty()) CheckTemplate(*Find(key), text, sink_);
  return text;
}

std::string MapReader::Pattern(std::string_view key,
                               std::optional<Regex>* compiled) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return "";
  std::string pattern = ReadText(*value, key, sink_);
  if (pattern.empty()) return "";
  std::string why;
  std::optional<Regex> regex = Regex::Compile(pattern, &why);
  if (!regex) {
    sink_->Fail(*value, Quoted(key) + " is not a valid RE2 pattern: " + why);
    return "";
  }
  if (compiled != nullptr) *compiled = std::move(regex);
  return pattern;
}

std::string MapReader::OneOf(std::string_view key, Names names) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return "";
  const std::string word = ReadText(*value, key, sink_);
  CheckName(*value, key, word, names, sink_);
  return word;
}

double MapReader::Number(std::string_view key, double absent,
                         const Range& limits) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return absent;
  const std::optional<double> number = AsNumber(*value);
  if (!number) {
    sink_->Fail(*value, Quoted(key) + " must be a plain number, not " +
                            Describe(*value));
    return absent;
  }
  if (limits.Holds(*number)) return *number;
  sink_->Fail(*value, Quoted(key) + " must lie between " +
                          LimitText(limits.min) + " and " +
                          LimitText(limits.max));
  return absent;
}

int MapReader::Integer(std::string_view key, int absent) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return absent;
  const std::optional<double> number = AsNumber(*value);
  if (!number || *number != std::floor(*number) || *number < 0 ||
      *number > 1000) {
    sink_->Fail(*value, Quoted(key) +
                            " must be a whole number from 0 to 1000, not " +
                            Describe(*value));
    return absent;
  }
  return static_cast<int>(*number);
}

bool MapReader::Flag(std::string_view key) {
  const YamlNode* value = Find(key);
  if (value == nullptr) return false;
  const bool plain = value->kind == YamlNode::Kind::kScalar && !value->quoted;
  if (plain && value->text == "true") return true;
  if (!plain || value->text != "false") {
    sink_->Fail(*value, Quoted(key) + " must be true or false, not " +
                            Describe(*value));
  }
  return false;
}

Range MapReader::Interval(std::string_view key, const Range& limits) {
  const YamlNode* value = Find(key);
  Range range;
  if (value == nullptr) return range;
  MapReader reader(*value, Quoted(key), sink_);
  if (!reader.ok()) return range;
  if (reader.Has("min")) range.min = reader.Number("min", 0, limits);
  if (reader.Has("max")) range.max = reader.Number("max", 0, limits);
  reader.known_ = {"min", "max"};
  reader.Finish();
  if (!range.given()) {
    sink_->Fail(*value, Quoted(key) + " needs min, max or both");
  } else if (range.min > range.max) {
    sink_->Fail(*value, Quoted(key) + " has a min above its max; swap them");
  }
  return range;
}

std::vector<KnownText> MapReader::List(std::string_view key) {
  std::vector<KnownText> texts;
  const YamlNode* value = Find(key);
  if (value == nullptr) return texts;
  if (value->kind != YamlNode::Kind::kList) {
    sink_->Fail(*value, Quoted(key) + " must be a list, not " +
                            Describe(*value) + "; write [...] or lines of -");
    return texts;
  }
  for (const YamlNode& item : value->items) {
    texts.push_back(ReadText(item, key, sink_));
  }
  return texts;
}

std::vector<const YamlNode*> MapReader::OneOrMore(std::string_view key) {
  std::vector<const YamlNode*> nodes;
  const YamlNode* value = Find(key);
  if (value == nullptr) return nodes;
  if (value->kind != YamlNode::Kind::kList) return {value};
  for (const YamlNode& item : value->items) nodes.push_back(&item);
  if (nodes.empty()) {
    sink_->Fail(*value, Quoted(key) + " is an empty list; fill or remove it");
  }
  return nodes;
}

std::vector<KnownText> MapReader::TextOrList(std::string_view key) {
  std::vector<KnownText> texts;
  for (const YamlNode* node : OneOrMore(key)) {
    texts.push_back(ReadText(*node, key, sink_));
  }
  return texts;
}

std::vector<KnownText> MapReader::NamesOf(std::string_view key, Names names) {
  std::vector<KnownText> words;
  for (const YamlNode* node : OneOrMore(key)) {
    words.push_back(ReadText(*node, key, sink_));
    CheckName(*node, key, words.back(), names, sink_);
  }
  return words;
}

void MapReader::Finish() {
  std::set<std::string_view> met;
  for (const auto& [name, value] : map_.entries) {
    if (name.kind != YamlNode::Kind::kScalar) {
      sink_->Fail(
          name, "a key of " + what_ + " must be a word, not " + Describe(name));
      continue;
    }
    if (!met.insert(name.text).second) {
      sink_->Fail(name,
                  "the key " + Quoted(name.text) + " is given twice; keep one");
    }
    if (std::find(known_.begin(), known_.end(), name.text) == known_.end()) {
      sink_->Fail(name, what_ + " has no key " + Quoted(name.text) +
                            Suggest(name.text, known_));
    }
  }
}

}  // namespace logdiag
