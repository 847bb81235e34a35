// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/excerpt.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLeastNumberWidth = 3;  // of a line number: room for dots

}  // namespace

std::string ExcerptText(std::string_view text, std::size_t max_bytes) {
  std::string buffer;
  return Printable(LastRedraw(StripAnsi(text, &buffer)), max_bytes);
}

std::string NumberOf(std::uint64_t line, const std::string& place) {
  if (!place.empty()) return place;
  return line == 0 ? "" : std::to_string(line);
}

std::vector<std::string> ExcerptRows(const Excerpt& excerpt) {
  std::size_t width = kLeastNumberWidth;
  for (const ExcerptLine& line : excerpt.lines) {
    width = std::max(width, NumberOf(line.line, line.place).size());
  }
  std::vector<std::string> rows;
  std::uint64_t previous = 0;
  for (const ExcerptLine& line : excerpt.lines) {
    if (previous != 0 && line.line > previous + 1) {
      rows.push_back(fmt::format("  {:>{}} |", "...", width));
    }
    rows.push_back(fmt::format("{} {:>{}} | {}", line.marked ? '>' : ' ',
                               NumberOf(line.line, line.place), width,
                               ExcerptText(line.text, kMaxExcerptBytes)));
    previous = line.line;
  }
  return rows;
}

std::vector<std::string> MomentRows(const Moments& moments) {
  constexpr std::size_t kMaxRow = 160;
  constexpr std::size_t kNumberWidth = 7;
  std::size_t number_width = kNumberWidth;
  std::size_t time_width = 0;
  for (const Moments::Row& row : moments.rows) {
    number_width = std::max(number_width, NumberOf(row.line, row.place).size());
    time_width = std::max(time_width, row.time.size());
  }
  std::vector<std::string> rows;
  for (const Moments::Row& row : moments.rows) {
    std::string text = fmt::format(
        "{:>{}}  ", row.line == 0 ? "..." : NumberOf(row.line, row.place),
        number_width);
    if (time_width > 0) text += fmt::format("{:<{}}  ", row.time, time_width);
    rows.push_back(Printable(TrimRight(text + row.event), kMaxRow));
  }
  return rows;
}

std::vector<std::string> TableRows(const Table& table) {
  std::vector<std::vector<std::string>> cells;
  const auto add = [&](const std::vector<Spans>& row) {
    cells.emplace_back();
    for (const Spans& cell : row) cells.back().push_back(PlainText(cell));
  };
  add(table.header);
  for (const auto& row : table.rows) add(row);
  std::vector<std::size_t> widths(table.header.size());
  for (const auto& row : cells) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  std::vector<std::string> rows;
  for (const auto& row : cells) {
    std::string text;
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      text += fmt::format("{:<{}}  ", row[i], widths[i]);
    }
    rows.emplace_back(TrimRight(text));
  }
  return rows;
}

}  // namespace logdiag
