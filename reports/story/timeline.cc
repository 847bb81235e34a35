// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/story/parts.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

struct Row {
  std::string line;
  std::string time;
  std::string event;
};

std::string EventText(const Page& page, const Milestone& milestone) {
  const std::string key = "milestone." + milestone.event;
  if (!page.words.Has(key)) {
    return milestone.detail.empty() ? milestone.event
                                    : milestone.event + ": " + milestone.detail;
  }
  Slots slots;
  slots.Log("detail", milestone.detail);
  slots.Own("phase", page.words.Word("phase", milestone.phase));
  return page.words.Plain(key, slots);
}

// Rows of equal text one after another become one with a count.
std::vector<Row> AllRows(const Page& page) {
  std::vector<Row> rows;
  std::size_t repeats = 1;
  for (const Milestone& milestone : page.diagnosis.timeline.milestones) {
    const std::string event = EventText(page, milestone);
    if (!rows.empty() && rows.back().event == event) {
      ++repeats;
      continue;
    }
    if (repeats > 1) rows.back().event += fmt::format(" (x{})", repeats);
    repeats = 1;
    rows.push_back({std::to_string(milestone.line),
                    MomentText(page.diagnosis.source, milestone.time_ns),
                    event});
  }
  if (repeats > 1) rows.back().event += fmt::format(" (x{})", repeats);
  return rows;
}

// The end matters most; the start says where it came from.
std::vector<Row> ShownRows(const Page& page) {
  std::vector<Row> rows = AllRows(page);
  const std::size_t most = page.limits.timeline_rows;
  const std::uint64_t dropped = page.diagnosis.timeline.milestones_dropped;
  if (rows.size() <= most && dropped == 0) return rows;
  const std::size_t head = std::min(rows.size(), most / 3);
  const std::size_t tail =
      rows.size() <= most ? rows.size() - head : most - head - 1;
  Slots slots;
  slots.Own("count", GroupDigits(rows.size() - head - tail + dropped));
  std::vector<Row> shown(rows.begin(),
                         rows.begin() + static_cast<std::ptrdiff_t>(head));
  shown.push_back({"...", "", page.words.Plain("timeline.left-out", slots)});
  shown.insert(shown.end(), rows.end() - static_cast<std::ptrdiff_t>(tail),
               rows.end());
  return shown;
}

std::string RowText(const Row& row, std::size_t time_width) {
  constexpr std::size_t kMaxRow = 160;
  std::string text = fmt::format("{:>7}  ", row.line);
  if (time_width > 0) text += fmt::format("{:<{}}  ", row.time, time_width);
  text += row.event;
  return Printable(TrimRight(text), kMaxRow) + "\n";
}

}  // namespace

Blocks TimelineRows(const Page& page) {
  if (page.diagnosis.timeline.milestones.empty() ||
      page.limits.timeline_rows == 0) {
    return {};
  }
  const std::vector<Row> rows = ShownRows(page);
  std::size_t time_width = 0;
  for (const Row& row : rows) {
    time_width = std::max(time_width, row.time.size());
  }
  std::string body;
  for (const Row& row : rows) body += RowText(row, time_width);
  Blocks blocks;
  blocks.push_back(
      {Paragraph{page.words.Say("clock." + page.diagnosis.source.clock)}});
  blocks.push_back({Code{std::move(body), "text"}});
  return blocks;
}

}  // namespace logdiag
