#include "analyzer/envelope/line_queue.h"

#include <algorithm>
#include <utility>

namespace logdiag {

LineQueue::LineQueue(NextLine next_line) : next_line_(std::move(next_line)) {}

std::vector<std::string_view> LineQueue::First() {
  Hold(kFirstLines, kFirstBytes);
  std::vector<std::string_view> lines;
  lines.reserve(held_.size());
  for (const Held& held : held_)
    lines.push_back(std::string_view(bytes_).substr(held.begin, held.size));
  return lines;
}

void LineQueue::TurnRound(std::function<bool(std::string_view)> begins_entry) {
  begins_entry_ = std::move(begins_entry);
  Hold(static_cast<std::size_t>(-1), kTurnBytes);
  Reverse();
}

bool LineQueue::Next(Line* line) {
  if (delivered_ == held_.size() && begins_entry_ && !ended_) {
    held_.clear();
    bytes_.clear();
    delivered_ = 0;
    Hold(static_cast<std::size_t>(-1), kTurnBytes);
    Reverse();
  }
  if (delivered_ < held_.size()) {
    const Held& held = held_[delivered_++];
    *line = held.line;
    line->text = std::string_view(bytes_).substr(held.begin, held.size);
    return true;
  }
  return !ended_ && next_line_(line);
}

void LineQueue::Hold(std::size_t lines, std::size_t bytes) {
  Line line;
  while (held_.size() < lines && bytes_.size() < bytes) {
    if (!next_line_(&line)) {
      ended_ = true;
      return;
    }
    held_.push_back({line, bytes_.size(), line.text.size()});
    bytes_.append(line.text);
  }
}

void LineQueue::Reverse() {
  // Reversing all, then each entry again, keeps the order within entries.
  std::reverse(held_.begin(), held_.end());
  auto entry = held_.begin();
  for (auto it = held_.begin(); it != held_.end(); ++it) {
    // The file's last line may lack its LF; here that says nothing.
    it->line.terminated = true;
    const std::string_view text =
        std::string_view(bytes_).substr(it->begin, it->size);
    if (!begins_entry_(text)) continue;
    std::reverse(entry, it + 1);
    entry = it + 1;
  }
  std::reverse(entry, held_.end());
}

}  // namespace logdiag
