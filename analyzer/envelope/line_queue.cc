// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/line_queue.h"

#include <utility>

namespace logdiag {

LineQueue::LineQueue(NextLine next_line, NextLine previous_line)
    : next_line_(std::move(next_line)),
      previous_line_(std::move(previous_line)) {}

std::vector<std::string_view> LineQueue::First() {
  Hold(kFirstLines, kFirstBytes);
  std::vector<std::string_view> lines;
  lines.reserve(held_.size());
  for (const Held& held : held_)
    lines.push_back(std::string_view(bytes_).substr(held.begin, held.size));
  return lines;
}

void LineQueue::TurnRound(Unit unit, TimeOf time_of) {
  turned_ = true;
  unit_ = unit;
  time_of_ = std::move(time_of);
  Line line;
  if (previous_line_) {
    held_.clear();
    bytes_ = std::string();
    while (!ended_ && next_line_(&line)) {
    }
  } else {
    bytes_.reserve(kTurnBytes);  // growing would hold it twice
    Hold(static_cast<std::size_t>(-1), kTurnBytes);
    while (!ended_ && next_line_(&line)) ++lost_lines_;
  }
  ended_ = true;
}

bool LineQueue::Next(Line* line) {
  if (turned_) {
    if (unit_ == Unit::kLine) return Previous(line);
    if (entry_.empty() && !ReadEntry()) return false;
    const Held& held = entry_.back();
    *line = held.line;
    line->text = std::string_view(entry_bytes_).substr(held.begin, held.size);
    entry_.pop_back();
    return true;
  }
  if (delivered_ < held_.size()) {
    const Held& held = held_[delivered_++];
    *line = held.line;
    line->text = std::string_view(bytes_).substr(held.begin, held.size);
    return true;
  }
  return !ended_ && next_line_(line);
}

void LineQueue::Keep(const Line& line, std::deque<Held>* held,
                     std::string* bytes) {
  held->push_back({line, bytes->size(), line.text.size()});
  bytes->append(line.text);
}

void LineQueue::Hold(std::size_t lines, std::size_t bytes) {
  Line line;
  while (held_.size() < lines &&
         bytes_.size() + held_.size() * sizeof(Held) < bytes) {
    if (!next_line_(&line)) {
      ended_ = true;
      return;
    }
    Keep(line, &held_, &bytes_);
  }
}

bool LineQueue::Previous(Line* line) {
  if (previous_line_) {
    if (!previous_line_(line)) return false;
  } else {
    if (held_.empty()) return false;
    const Held& held = held_.back();
    *line = held.line;
    line->text = std::string_view(bytes_).substr(held.begin, held.size);
    held_.pop_back();
  }
  // The file's last line may lack its LF; here that says nothing.
  line->terminated = true;
  return true;
}

bool LineQueue::ReadEntry() {
  entry_bytes_.clear();
  std::optional<std::int64_t> time;
  if (ahead_) {
    Line line = ahead_->line;
    line.text = ahead_text_;
    time = time_of_(line.text);
    Keep(line, &entry_, &entry_bytes_);
    ahead_.reset();
  }
  Line line;
  while (entry_bytes_.size() < kEntryBytes && Previous(&line)) {
    const std::optional<std::int64_t> next = time_of_(line.text);
    if (unit_ == Unit::kTime && next && time && *next != *time) {
      ahead_text_.assign(line.text);
      ahead_ = Held{line, 0, line.text.size()};
      return true;
    }
    Keep(line, &entry_, &entry_bytes_);
    if (next) time = next;
    if (next && unit_ == Unit::kEntry) return true;
  }
  return !entry_.empty();
}

}  // namespace logdiag
