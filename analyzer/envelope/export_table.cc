// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/export_table.h"

#include <algorithm>
#include <array>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/support/loose_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kSeparators = "\t,;|";
constexpr std::size_t kMaxColumns = 12;
constexpr std::size_t kRowsToTrust = 8;

using Fields = std::vector<std::string_view>;

std::string_view Trim(std::string_view text) {
  return TrimLeft(TrimRight(text));
}

// Whether a line can have the three columns that are asked for: two searches
// for a byte, where splitting it costs a look at each.
bool HasColumns(std::string_view line, char separator) {
  const std::size_t first = line.find(separator);
  return first != line.npos && line.find(separator, first + 1) != line.npos;
}

// Splits `line`, minding quotes; the last of `max` fields is all that is left.
// Fields keep their quotes.
Fields Split(std::string_view line, char separator, std::size_t max) {
  Fields fields;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size() && fields.size() + 1 < max; ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (quoted || line[i] != separator) continue;
    fields.push_back(line.substr(begin, i - begin));
    begin = i + 1;
  }
  fields.push_back(line.substr(begin));
  return fields;
}

std::string_view Unquote(std::string_view field) {
  field = Trim(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
    return field.substr(1, field.size() - 2);
  return field;
}

std::optional<Stamp> WholeStamp(std::string_view field) {
  const std::string_view text = Unquote(field);
  const std::optional<Stamp> stamp = ReadLooseStamp(text);
  if (!stamp || stamp->size != text.size() || !stamp->has_year)
    return std::nullopt;
  return stamp;
}

// An id: one word of letters and digits.
bool IsWorkerId(std::string_view field) {
  const std::string_view text = Unquote(field);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.size() >= 8 && text.size() <= 64 &&
         std::any_of(text.begin(), text.end(), is_digit) &&
         std::any_of(text.begin(), text.end(), is_letter) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_digit(c) || is_letter(c) || c == '-';
         });
}

// A column between the ids and the message: a level, a stream, or nothing.
bool IsSmallColumn(std::string_view field) {
  std::string upper(Unquote(field));
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper.empty() || LevelWordSize(upper) == upper.size() ||
         upper == "STDOUT" || upper == "STDERR" || upper == "CONTAINER" ||
         upper == "SYSTEM";
}

// The lower-case letters of a column's name.
std::string ColumnName(std::string_view field) {
  std::string name;
  for (char c : Unquote(field)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') name += c;
  }
  return name;
}

template <std::size_t n>
std::optional<std::size_t> FindColumn(
    const Fields& fields, const std::array<std::string_view, n>& names) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string name = ColumnName(fields[i]);
    if (std::find(names.begin(), names.end(), name) != names.end()) return i;
  }
  return std::nullopt;
}

// "\n" becomes a line feed, a doubled quote of a quoted field a single one.
void AppendMessage(std::string_view field, std::string* out) {
  const std::string_view text = Unquote(field);
  const bool quoted = text.size() != Trim(field).size();
  if (!quoted) field = TrimRight(field);
  const std::string_view source = quoted ? text : field;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char next = i + 1 < source.size() ? source[i + 1] : '\0';
    if (source[i] == '\\' && next == 'n') {
      *out += '\n';
      ++i;
    } else if (source[i] == '\\' && next == 'r') {
      *out += '\r';
      ++i;
    } else {
      if (quoted && source[i] == '"' && next == '"') ++i;
      *out += source[i];
    }
  }
  while (EndsWith(*out, "\n")) out->pop_back();
}

}  // namespace

std::optional<ExportTable::Layout> ExportTable::FromNames(
    std::string_view line) {
  constexpr std::array<std::string_view, 6> kTime = {
      "timestamp", "time", "datetime", "date", "ts", "createdat"};
  constexpr std::array<std::string_view, 5> kWorker = {
      "workerid", "worker", "podid", "pod", "podhostid"};
  constexpr std::array<std::string_view, 5> kMessage = {"message", "log",
                                                        "line", "text", "msg"};
  for (const char separator : kSeparators) {
    if (!HasColumns(line, separator)) continue;
    const Fields fields = Split(line, separator, kMaxColumns);
    const auto time = FindColumn(fields, kTime);
    const auto worker = FindColumn(fields, kWorker);
    const auto message = FindColumn(fields, kMessage);
    if (time && worker && message)
      return Layout{separator, *time, *worker, *message, fields.size()};
  }
  return std::nullopt;
}

std::optional<ExportTable::Layout> ExportTable::FromRow(std::string_view line,
                                                        char separator) {
  if (!HasColumns(line, separator)) return std::nullopt;
  const Fields fields = Split(line, separator, kMaxColumns);
  std::optional<std::size_t> time;
  std::optional<std::size_t> worker;
  for (std::size_t i = 0; i + 1 < fields.size() && i < 6; ++i) {
    if (!time && WholeStamp(fields[i])) {
      time = i;
    } else if (!worker && IsWorkerId(fields[i])) {
      worker = i;
    }
  }
  if (!time || !worker) return std::nullopt;
  std::size_t message = std::max(*time, *worker) + 1;
  while (message + 1 < fields.size() && IsSmallColumn(fields[message]))
    ++message;
  if (message >= fields.size()) return std::nullopt;
  return Layout{separator, *time, *worker, message, message + 1};
}

void ExportTable::Learn(const std::vector<std::string_view>& lines) {
  if (lines.empty()) return;
  layout_ = FromNames(lines.front());
  if (layout_) {
    names_ = lines.front();
    return;
  }
  for (const char separator : kSeparators) {
    std::optional<Layout> first;
    std::size_t rows = 0;
    std::size_t filled = 0;
    for (const std::string_view line : lines) {
      if (Trim(line).empty()) continue;
      ++filled;
      const std::optional<Layout> row = FromRow(line, separator);
      if (!row) continue;
      if (!first) first = row;
      if (*row == *first) ++rows;
    }
    if (rows >= kRowsToTrust && rows * 10 >= filled * 6) layout_ = first;
    if (layout_) return;
  }
}

bool ExportTable::Peel(Piece* piece) {
  if (!layout_) return false;
  if (!names_.empty() && piece->text == names_) {
    piece->dropped = true;
    piece->text = {};
    return true;
  }
  const Fields fields =
      Split(piece->text, layout_->separator, layout_->columns);
  if (fields.size() <=
      std::max({layout_->time, layout_->worker, layout_->message})) {
    return false;
  }
  const std::optional<Stamp> stamp = WholeStamp(fields[layout_->time]);
  if (!stamp) return false;
  OfferTime(*stamp, piece);
  for (std::size_t i = 0; i < layout_->message; ++i)
    OfferLevel(LevelOf(Unquote(fields[i])), piece);
  message_.clear();
  std::string_view message = fields[layout_->message];
  if (layout_->separator == '|' && StartsWith(message, " "))
    message.remove_prefix(1);
  AppendMessage(message, &message_);
  piece->text = message_;
  AddEnvelope(Envelope::kRunPodExport, piece);
  return true;
}

}  // namespace logdiag
