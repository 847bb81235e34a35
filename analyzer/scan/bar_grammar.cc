// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/bar_grammar.h"

#include <algorithm>
#include <cmath>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A terminal of 300 columns, three times misread, is shorter than this.
constexpr std::size_t kMaxCells = 4096;
constexpr double kMaxCount = 1e17;

// Cells are blanks, marks and anything beyond ASCII; never letters.
bool IsCell(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || IsDigit(c) ||
         std::string_view(" #=->.*?\\").find(c) != std::string_view::npos;
}

// Reads a text piece by piece from the left.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::string_view rest() const { return text_.substr(at_); }

  bool Take(std::string_view piece) {
    if (!StartsWith(rest(), piece)) return false;
    at_ += piece.size();
    return true;
  }
  void SkipBlanks() {
    while (Peek() == ' ') ++at_;
  }
  bool TakeUntil(char stop, std::string_view* taken) {
    const std::size_t found = text_.find(stop, at_);
    if (found == std::string_view::npos) return false;
    *taken = text_.substr(at_, found - at_);
    at_ = found;
    return true;
  }
  // Digits with an optional fraction.
  std::optional<double> TakeNumber() {
    if (!IsDigit(Peek())) return std::nullopt;
    double value = 0;
    for (; IsDigit(Peek()); ++at_) value = value * 10 + (Peek() - '0');
    if (Peek() == '.' && at_ + 1 < text_.size() && IsDigit(text_[at_ + 1])) {
      ++at_;
      for (double unit = 0.1; IsDigit(Peek()); ++at_, unit /= 10) {
        value += unit * (Peek() - '0');
      }
    }
    return value;
  }
  // The factor of a unit prefix; 1 if there is none.
  double TakeScale() {
    double scale = 1;
    switch (Peek()) {
      case 'k':
      case 'K':
        scale = 1e3;
        break;
      case 'M':
        scale = 1e6;
        break;
      case 'G':
        scale = 1e9;
        break;
      case 'T':
        scale = 1e12;
        break;
      default:
        return 1;
    }
    ++at_;
    return scale;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

std::optional<std::int64_t> TakeCount(Cursor* cursor) {
  const std::optional<double> number = cursor->TakeNumber();
  if (!number) return std::nullopt;
  const double count = *number * cursor->TakeScale();
  if (!(count < kMaxCount)) return std::nullopt;
  return std::llround(count);
}

// `mm:ss` or `h:mm:ss`.
std::optional<std::int64_t> TakeElapsed(Cursor* cursor) {
  double seconds = 0;
  int fields = 0;
  do {
    if (!IsDigit(cursor->Peek())) return std::nullopt;
    seconds = seconds * 60 + *cursor->TakeNumber();
    ++fields;
  } while (cursor->Take(":"));
  if (fields < 2 || !(seconds < kMaxCount)) return std::nullopt;
  return std::llround(seconds);
}

// `?it/s`, ` 1.20it/s`, `12.3s/it`, `1.2kit/s`, `3.4MB/s`.
std::optional<double> TakeRate(Cursor* cursor, bool* bytes) {
  cursor->SkipBlanks();
  const std::optional<double> number = cursor->TakeNumber();
  if (!number) {
    *bytes = cursor->Take("?B/s");
    return std::nullopt;
  }
  if (cursor->Take("s/")) return number;
  Cursor scaled = *cursor;
  double per_second = *number;
  const double scale = scaled.TakeScale();
  *bytes = scaled.Take("B/s") || scaled.Take("iB/s");
  if (*bytes || scaled.Take("it/s")) per_second *= scale;
  if (!(per_second > 0)) return std::nullopt;
  return 1 / per_second;
}

// The part between '[' and ']'; the cursor stands behind the '['.
bool ReadClock(Cursor cursor, Redraw* redraw) {
  const std::optional<std::int64_t> elapsed = TakeElapsed(&cursor);
  if (!elapsed) return false;
  std::string_view left;
  if (redraw->total > 0 || cursor.Peek() == '<') {
    if (!cursor.Take("<") || !cursor.TakeUntil(',', &left)) return false;
    // A bar past its total expects to end "-1 day, 23:59:59" from now.
    if (EndsWith(left, "day") || EndsWith(left, "days")) {
      cursor.Take(",");
      if (!cursor.TakeUntil(',', &left)) return false;
    }
    const bool is_time =
        left == "?" ||
        left.find_first_not_of("0123456789: ") == std::string_view::npos;
    if (!is_time) return false;
  }
  if (!cursor.Take(",")) return false;
  redraw->elapsed_s = *elapsed;
  redraw->seconds_per_step = TakeRate(&cursor, &redraw->bytes);
  std::string_view rest;
  if (!cursor.TakeUntil(']', &rest)) return false;
  const std::size_t comma = rest.find(',');
  if (comma != std::string_view::npos) redraw->postfix = rest.substr(comma);
  redraw->end = cursor.at() + 1;
  return true;
}

// The text before a bar is its label if a colon ends it; otherwise somebody
// else wrote it.
void ReadLabel(std::string_view segment, std::size_t from, std::size_t number,
               Redraw* redraw) {
  redraw->begin = number;
  const std::string_view before =
      TrimRight(segment.substr(from, number - from));
  if (!EndsWith(before, ":")) return;
  redraw->label = TrimLeft(before.substr(0, before.size() - 1));
  redraw->begin =
      static_cast<std::size_t>(redraw->label.data() - segment.data());
}

std::size_t NumberBefore(std::string_view segment, std::size_t from,
                         std::size_t end) {
  std::size_t begin = end;
  while (begin > from && (IsDigit(segment[begin - 1]) ||
                          (segment[begin - 1] == '.' && begin < end))) {
    --begin;
  }
  return begin;
}

std::optional<Redraw> ReadAtPercent(std::string_view segment, std::size_t from,
                                    std::size_t percent) {
  const std::size_t number = NumberBefore(segment, from, percent);
  if (number == percent) return std::nullopt;
  const std::size_t cells = percent + kPercentMark.size();
  const std::size_t bar = segment.substr(0, cells + kMaxCells).find('|', cells);
  if (bar == std::string_view::npos) return std::nullopt;
  if (!std::all_of(segment.begin() + static_cast<std::ptrdiff_t>(cells),
                   segment.begin() + static_cast<std::ptrdiff_t>(bar), IsCell))
    return std::nullopt;
  Redraw redraw;
  Cursor cursor(segment, bar + 1);
  cursor.SkipBlanks();
  const std::optional<std::int64_t> done = TakeCount(&cursor);
  if (!done || !cursor.Take("/")) return std::nullopt;
  const std::optional<std::int64_t> total = TakeCount(&cursor);
  if (!total || !cursor.Take(" [")) return std::nullopt;
  redraw.done = *done;
  redraw.total = *total;
  if (!ReadClock(cursor, &redraw)) return std::nullopt;
  ReadLabel(segment, from, number, &redraw);
  return redraw;
}

std::optional<Redraw> ReadAtTotalless(std::string_view segment,
                                      std::size_t from, std::size_t mark) {
  std::size_t end = mark;
  if (end > from && std::string_view("kMGT").find(segment[end - 1]) !=
                        std::string_view::npos) {
    --end;
  }
  const std::size_t number = NumberBefore(segment, from, end);
  if (number == end) return std::nullopt;
  Redraw redraw;
  Cursor count(segment.substr(0, mark), number);
  const std::optional<std::int64_t> done = TakeCount(&count);
  if (!done || count.at() != mark) return std::nullopt;
  redraw.done = *done;
  if (!ReadClock(Cursor(segment, mark + kTotallessMark.size()), &redraw)) {
    return std::nullopt;
  }
  ReadLabel(segment, from, number, &redraw);
  return redraw;
}

}  // namespace

std::optional<Redraw> FindRedraw(std::string_view segment, std::size_t from) {
  std::size_t percent = segment.find(kPercentMark, from);
  std::size_t totalless = segment.find(kTotallessMark, from);
  while (percent != std::string_view::npos ||
         totalless != std::string_view::npos) {
    if (percent < totalless) {
      if (auto redraw = ReadAtPercent(segment, from, percent)) return redraw;
      percent = segment.find(kPercentMark, percent + 1);
    } else {
      if (auto redraw = ReadAtTotalless(segment, from, totalless)) {
        return redraw;
      }
      totalless = segment.find(kTotallessMark, totalless + 1);
    }
  }
  return std::nullopt;
}

bool LooksLikeRedraw(std::string_view text) {
  const std::size_t percent = text.find('%');
  if (percent == std::string_view::npos) {
    // Cut off within the number, or a label of the next redraw.
    const std::string_view rest = TrimLeft(text);
    return rest.size() <= 3 && std::all_of(rest.begin(), rest.end(), IsDigit);
  }
  const bool is_mark =
      percent + 1 == text.size() || text[percent + 1] == kPercentMark[1];
  return is_mark && NumberBefore(text, 0, percent) != percent;
}

}  // namespace logdiag
