// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/story/parts.h"
#include "reports/words/report_values.h"
#include "reports/words/told_line.h"

namespace logdiag {
namespace {

struct TimelineRow {
  std::uint64_t line = 0;
  std::string time;
  std::string event;
  bool phase = false;  // tells of a phase only, not of a work or a process
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

// What the verdict rests on, if no row tells of it: the milestones are of
// lives, and a fault of the card is of none.
void AddRoot(const Page& page, std::vector<TimelineRow>* rows) {
  const Evidence* root = RootOf(page.diagnosis);
  if (root == nullptr) return;
  const std::uint64_t line = root->quote.line;
  const auto after =
      std::find_if(rows->begin(), rows->end(),
                   [&](const TimelineRow& row) { return row.line >= line; });
  if (after != rows->end() && after->line == line) return;
  Slots slots;
  slots.Log("detail", root->quote.text);
  rows->insert(after,
               {line, MomentText(page.diagnosis.source, root->quote.time_ns),
                page.words.Plain("milestone.root", slots), false});
}

// Rows of equal text one after another become one with a count.
std::vector<TimelineRow> AllRows(const Page& page) {
  std::vector<TimelineRow> rows;
  std::size_t repeats = 1;
  for (const Milestone& milestone : page.diagnosis.timeline.milestones) {
    const std::string event = EventText(page, milestone);
    if (!rows.empty() && rows.back().event == event) {
      ++repeats;
      continue;
    }
    if (repeats > 1) rows.back().event += fmt::format(" (x{})", repeats);
    repeats = 1;
    rows.push_back({milestone.line,
                    MomentText(page.diagnosis.source, milestone.time_ns), event,
                    milestone.event == "phase"});
  }
  if (repeats > 1) rows.back().event += fmt::format(" (x{})", repeats);
  AddRoot(page, &rows);
  return rows;
}

// Whether the row lies within the work that failed.
bool IsOfIncident(const Page& page, const TimelineRow& row) {
  const auto& incident = page.diagnosis.incident;
  return incident && incident->begun_line != 0 &&
         row.line >= incident->begun_line && row.line <= incident->last_line;
}

// Which of `rows` are shown where there is no room for all: the start says
// where it came from, the middle is the verdict's line and what is next to it,
// and the end is how it went on. Where many works were done, their phases tell
// least.
std::vector<bool> Chosen(const Page& page,
                         const std::vector<TimelineRow>& rows) {
  constexpr std::size_t kHead = 4;
  constexpr std::size_t kBefore = 2;
  constexpr std::size_t kAround = 5;
  const std::size_t most = page.limits.timeline_rows;
  std::vector<bool> chosen(rows.size(), rows.size() <= most);
  if (rows.size() <= most) return chosen;
  std::vector<std::size_t> telling;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].phase || IsOfIncident(page, rows[i])) telling.push_back(i);
  }
  std::size_t room = most;
  const auto choose = [&](std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < std::min(telling.size(), from + count);
         ++i) {
      if (room == 0 || chosen[telling[i]]) continue;
      chosen[telling[i]] = true;
      --room;
    }
  };
  choose(0, std::min(kHead, most / 3));
  if (page.diagnosis.incident) {
    const std::uint64_t told = ToldLine(page.diagnosis);
    const auto at =
        std::find_if(telling.begin(), telling.end(),
                     [&](std::size_t row) { return rows[row].line >= told; });
    const auto index = static_cast<std::size_t>(at - telling.begin());
    choose(index > kBefore ? index - kBefore : 0, kAround);
  }
  for (std::size_t i = telling.size(); i > 0 && room > 0; --i) choose(i - 1, 1);
  return chosen;
}

TimelineRow LeftOut(const Page& page, std::uint64_t count) {
  Slots slots;
  slots.Own("count", GroupDigits(count));
  return {0, "", page.words.Plain("timeline.left-out", slots), false};
}

std::vector<TimelineRow> ShownRows(const Page& page) {
  const std::vector<TimelineRow> rows = AllRows(page);
  const std::vector<bool> chosen = Chosen(page, rows);
  std::vector<TimelineRow> shown;
  std::uint64_t dropped = page.diagnosis.timeline.milestones_dropped;
  std::uint64_t left_out = 0;
  bool telling = false;
  const auto close = [&] {
    // Phases alone leave no gap that a reader would miss.
    if (telling) shown.push_back(LeftOut(page, left_out + dropped));
    if (telling) dropped = 0;
    left_out = 0;
    telling = false;
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (chosen[i]) {
      close();
      shown.push_back(rows[i]);
    } else {
      ++left_out;
      telling = telling || !rows[i].phase;
    }
  }
  close();
  // They were dropped from the middle.
  if (dropped > 0) {
    shown.insert(shown.begin() + static_cast<std::ptrdiff_t>(shown.size() / 3),
                 LeftOut(page, dropped));
  }
  return shown;
}

}  // namespace

Blocks TimelineRows(const Page& page) {
  if (page.diagnosis.timeline.milestones.empty() ||
      page.limits.timeline_rows == 0) {
    return {};
  }
  Moments moments;
  for (TimelineRow& row : ShownRows(page)) {
    moments.rows.push_back(
        {row.line, std::move(row.time), std::move(row.event)});
  }
  Blocks blocks;
  blocks.push_back(
      {Paragraph{page.words.Say("clock." + page.diagnosis.source.clock)}});
  blocks.push_back({std::move(moments)});
  return blocks;
}

}  // namespace logdiag
