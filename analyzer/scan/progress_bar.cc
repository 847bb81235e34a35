// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/progress_bar.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "analyzer/scan/bar_grammar.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxBars = 64;

// A bar being read.
struct Track {
  Redraw last;  // positions are of the body
  std::int64_t longest_step_s = 0;
  bool repeated = false;        // the last two redraws agree
  bool repeated_later = false;  // ... and time passed between them
};

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\x1b") == std::string_view::npos;
}

std::size_t EndOf(std::string_view text, char stop, std::size_t from) {
  return std::min(text.find(stop, from), text.size());
}

// True if text follows the last redraw of `line`, which ends at `from`. A
// redraw that was cut off is no text.
bool TextFollows(std::string_view line, std::size_t from) {
  bool same_segment = true;
  while (from < line.size()) {
    const std::size_t end = EndOf(line, '\r', from);
    const std::string_view text = line.substr(from, end - from);
    if (!IsBlank(text) && (same_segment || !LooksLikeRedraw(text))) return true;
    same_segment = false;
    from = end + 1;
  }
  return false;
}

class Reader {
 public:
  void Read(std::string_view line) {
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = EndOf(line, '\r', begin);
      ReadSegment(line.substr(begin, end - begin), begin);
      begin = end + 1;
    }
  }

  // Behind the last redraw of all.
  std::size_t end() const { return end_; }

  std::vector<Track> Take() {
    std::sort(tracks_.begin(), tracks_.end(),
              [](const Track& a, const Track& b) {
                return a.last.begin < b.last.begin;
              });
    return std::move(tracks_);
  }

 private:
  void ReadSegment(std::string_view segment, std::size_t offset) {
    std::size_t from = 0;
    while (auto redraw = FindRedraw(segment, from)) {
      from = redraw->end;
      redraw->begin += offset;
      redraw->end += offset;
      end_ = redraw->end;
      Add(*redraw);
    }
  }

  void Add(const Redraw& redraw) {
    // From the back: the newest bar of that label is the one that goes on.
    const auto found = std::find_if(
        tracks_.rbegin(), tracks_.rend(),
        [&redraw](const Track& t) { return t.last.label == redraw.label; });
    if (found == tracks_.rend() || !GoesOn(found->last, redraw)) {
      if (tracks_.size() < kMaxBars) tracks_.push_back({redraw, 0, {}, {}});
      return;
    }
    const std::int64_t step = redraw.elapsed_s - found->last.elapsed_s;
    found->longest_step_s = std::max(found->longest_step_s, step);
    found->repeated = redraw.done == found->last.done &&
                      redraw.total == found->last.total &&
                      redraw.postfix == found->last.postfix;
    found->repeated_later = found->repeated && step > 0;
    found->last = redraw;
  }

  // ComfyUI gives a bar its total with the first step.
  static bool GoesOn(const Redraw& before, const Redraw& now) {
    const bool same_total = before.total == now.total || before.total == 0;
    return same_total && now.done >= before.done &&
           now.elapsed_s >= before.elapsed_s;
  }

  std::vector<Track> tracks_;
  std::size_t end_ = 0;
};

ProgressBar BarOf(const Track& track, bool unterminated, bool text_follows) {
  const Redraw& last = track.last;
  ProgressBar bar;
  bar.label = std::string(CutUtf8(last.label, kMaxEventText));
  bar.done = last.done;
  bar.total = last.total;
  bar.elapsed_s = static_cast<double>(last.elapsed_s);
  bar.seconds_per_step = last.seconds_per_step;
  bar.bytes = last.bytes;
  bar.longest_step_s = static_cast<double>(track.longest_step_s);
  if (last.total == 0 || last.done >= last.total) return bar;
  bar.closed_early =
      !unterminated && (text_follows ? track.repeated_later : track.repeated);
  bar.open = unterminated || (text_follows && !bar.closed_early);
  return bar;
}

void ReadLine(std::string_view line, std::size_t offset, bool unterminated,
              std::vector<BarReading>* readings) {
  Reader reader;
  reader.Read(line);
  const bool text_follows = TextFollows(line, reader.end());
  for (const Track& track : reader.Take()) {
    const Redraw& last = track.last;
    const std::string_view text =
        line.substr(last.begin, last.end - last.begin);
    readings->push_back({BarOf(track, unterminated, text_follows),
                         offset + last.begin, CutUtf8(text, kMaxEventText)});
  }
}

}  // namespace

void ReadProgressBars(std::string_view body, bool unterminated,
                      std::vector<BarReading>* readings) {
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = EndOf(body, '\n', begin);
    ReadLine(body.substr(begin, end - begin), begin,
             unterminated && end == body.size(), readings);
    begin = end + 1;
  }
}

}  // namespace logdiag
