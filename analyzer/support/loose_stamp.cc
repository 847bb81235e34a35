// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/loose_stamp.h"

#include <algorithm>

#include "analyzer/support/calendar.h"
#include "analyzer/support/calendar_words.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongestGap = 4;  // blanks between date and clock

bool IsLetterByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Reads from the front of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Take(char c) {
    if (Peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  std::size_t TakeBlanks(std::size_t most) {
    std::size_t count = 0;
    while (count < most && Take(' ')) ++count;
    return count;
  }
  // A number of `least` to `most` digits, with no digit behind it; -1 if there
  // is none.
  std::int64_t TakeNumber(std::size_t least, std::size_t most) {
    std::size_t size = 0;
    std::int64_t number = 0;
    while (size < most && IsDigit(Peek(size))) {
      number = number * 10 + (Peek(size) - '0');
      ++size;
    }
    if (size < least || IsDigit(Peek(size))) return -1;
    at_ += size;
    return number;
  }
  // Letters, and the dot of a shortened word.
  std::string_view TakeWord() {
    const std::size_t begin = at_;
    while (IsLetterByte(Peek()) && at_ < begin + 16) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (!word.empty()) Take('.');
    return word;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

struct Date {
  int year = kAssumedYear;
  int month = 1;
  int day = 1;
  bool has_year = false;
  bool has_date = false;
};

bool Accept(std::int64_t year, std::int64_t month, std::int64_t day,
            Date* date) {
  if (year < 0 || !IsDate(static_cast<int>(year), static_cast<int>(month),
                          static_cast<int>(day))) {
    return false;
  }
  *date = {static_cast<int>(year), static_cast<int>(month),
           static_cast<int>(day), true, true};
  return true;
}

bool AcceptYearless(std::int64_t month, std::int64_t day, Date* date) {
  if (!Accept(kAssumedYear, month, day, date)) return false;
  date->has_year = false;
  return true;
}

// The blanks, 'T' or ':' between date and clock.
bool TakeGap(Cursor* in) {
  if (in->Take('T') || in->Take('_') || in->Take(':')) return true;
  in->Take(',');
  return in->TakeBlanks(kLongestGap) > 0;
}

// "2025-11-10", "10.11.2025", "11-10".
bool ReadNumericDate(Cursor* in, Date* date) {
  const Cursor start = *in;
  const std::int64_t first = in->TakeNumber(1, 4);
  const char separator = in->Peek();
  if (first < 0 || (separator != '-' && separator != '/' && separator != '.'))
    return false;
  const bool year_first = in->at() - start.at() == 4;
  if (!year_first && in->at() - start.at() > 2) return false;
  in->Take(separator);
  const std::int64_t second = in->TakeNumber(1, 2);
  if (second < 0) return false;
  if (!in->Take(separator))
    return separator == '-' && AcceptYearless(first, second, date);
  const std::int64_t third =
      in->TakeNumber(year_first ? 1 : 4, year_first ? 2 : 4);
  if (year_first) return Accept(first, second, third, date);
  if (separator == '.' || first > 12) return Accept(third, second, first, date);
  if (second > 12) return Accept(third, first, second, date);
  // Day and month cannot be told apart: only the clock is certain.
  Date either;
  return Accept(third, first, second, &either);
}

// "10/Nov/2025", "10 nov. 2025", "10. Nov".
bool ReadDayAndName(Cursor* in, Date* date) {
  const std::int64_t day = in->TakeNumber(1, 2);
  if (day < 0) return false;
  const char separator = in->Peek() == '.' ? ' ' : in->Peek();
  in->Take('.');
  if ((separator != '/' && separator != '-' && separator != ' ') ||
      !in->Take(separator)) {
    return false;
  }
  const int month = MonthOf(in->TakeWord());
  if (month == 0) return false;
  Cursor ahead = *in;
  if (ahead.Take(separator)) {
    const std::int64_t year = ahead.TakeNumber(4, 4);
    if (year >= 0) {
      *in = ahead;
      return Accept(year, month, day, date);
    }
  }
  return AcceptYearless(month, day, date);
}

// "Nov 10", "Mon Nov 10", "Nov 10, 2025", "nov. 10 2025".
bool ReadNameAndDay(Cursor* in, Date* date) {
  std::string_view word = in->TakeWord();
  if (IsWeekday(word)) {
    in->Take(',');
    if (in->TakeBlanks(1) == 0) return false;
    if (IsDigit(in->Peek())) return ReadDayAndName(in, date);
    word = in->TakeWord();
  }
  const int month = MonthOf(word);
  if (month == 0 || in->TakeBlanks(2) == 0) return false;
  const std::int64_t day = in->TakeNumber(1, 2);
  in->Take('.');
  Cursor ahead = *in;
  ahead.Take(',');
  if (ahead.TakeBlanks(1) > 0) {
    const std::int64_t year = ahead.TakeNumber(4, 4);
    if (year >= 0 && ahead.Peek() != ':') {
      *in = ahead;
      return Accept(year, month, day, date);
    }
  }
  return AcceptYearless(month, day, date);
}

bool ReadDate(Cursor* in, Date* date) {
  if (IsLetterByte(in->Peek())) return ReadNameAndDay(in, date);
  const Cursor start = *in;
  if (ReadNumericDate(in, date)) return true;
  *in = start;
  return ReadDayAndName(in, date);
}

void ReadFraction(Cursor* in, Stamp* stamp) {
  if ((in->Peek() != '.' && in->Peek() != ',') || !IsDigit(in->Peek(1))) return;
  in->Take(in->Peek());
  std::int64_t unit = kNsPerSecond;
  while (unit > 1 && IsDigit(in->Peek())) {
    unit /= 10;
    stamp->time_ns += (in->Peek() - '0') * unit;
    in->Take(in->Peek());
  }
  stamp->resolution_ns = unit;
}

// Half a day for PM and back again for 12 AM.
void ReadHalfDay(Cursor* in, std::int64_t hour, Stamp* stamp) {
  Cursor ahead = *in;
  ahead.TakeBlanks(1);
  const char half = ahead.Peek();
  if ((half != 'A' && half != 'P') || ahead.Peek(1) != 'M' ||
      IsLetterByte(ahead.Peek(2)) || hour < 1 || hour > 12) {
    return;
  }
  constexpr std::int64_t kHalfDay = kSecondsPerDay / 2 * kNsPerSecond;
  if (half == 'P' && hour < 12) stamp->time_ns += kHalfDay;
  if (half == 'A' && hour == 12) stamp->time_ns -= kHalfDay;
  ahead.Take(half);
  ahead.Take('M');
  *in = ahead;
}

// "hh:mm:ss", a fraction and half a day; "hh:mm" only behind a date.
bool ReadClock(Cursor* in, bool has_date, Stamp* stamp) {
  const std::int64_t hour = in->TakeNumber(has_date ? 1 : 2, 2);
  if (hour < 0 || hour > 23 || !in->Take(':')) return false;
  const std::int64_t minute = in->TakeNumber(2, 2);
  if (minute < 0 || minute > 59) return false;
  std::int64_t second = 0;
  stamp->resolution_ns = 60 * kNsPerSecond;
  if (in->Peek() == ':') {
    in->Take(':');
    second = in->TakeNumber(2, 2);
    if (second < 0 || second > 60) return false;
    stamp->resolution_ns = kNsPerSecond;
  } else if (!has_date) {
    return false;
  }
  stamp->time_ns +=
      ((hour * 60 + minute) * 60 + std::min<std::int64_t>(second, 59)) *
      kNsPerSecond;
  if (stamp->resolution_ns == kNsPerSecond) ReadFraction(in, stamp);
  ReadHalfDay(in, hour, stamp);
  return true;
}

void ReadZone(Cursor* in, Stamp* stamp) {
  Cursor ahead = *in;
  const bool blank = ahead.TakeBlanks(1) > 0;
  std::optional<int> minutes;
  const char sign = ahead.Peek();
  if (sign == '+' || (sign == '-' && IsDigit(ahead.Peek(1)))) {
    ahead.Take(sign);
    const Cursor digits = ahead;
    std::int64_t zone = ahead.TakeNumber(4, 4);
    if (zone < 0 && !blank) {
      ahead = digits;
      zone = ahead.TakeNumber(2, 2) * 100;
      if (ahead.Take(':')) {
        const std::int64_t rest = ahead.TakeNumber(2, 2);
        zone = rest < 0 ? -1 : zone + rest;
      }
    }
    if (zone < 0 || zone > 1459 || zone % 100 > 59) return;
    minutes = static_cast<int>(zone / 100 * 60 + zone % 100);
    if (sign == '-') minutes = -*minutes;
  } else if (!blank && sign == 'Z' && !IsLetterByte(ahead.Peek(1))) {
    ahead.Take('Z');
    minutes = 0;
  } else {
    const std::string_view word = ahead.TakeWord();
    minutes = ZoneOf(word);
  }
  if (!minutes) return;
  stamp->time_ns -= *minutes * 60 * kNsPerSecond;
  stamp->has_zone = true;
  *in = ahead;
}

// Seconds or milliseconds since 1970, of this century's first half.
std::optional<Stamp> ReadEpoch(std::string_view text) {
  if (text.size() < 10 || text[0] < '1' || text[0] > '2') return std::nullopt;
  Cursor in(text);
  Stamp stamp;
  stamp.has_zone = true;
  std::int64_t number = in.TakeNumber(10, 10);
  if (number >= 0) {
    stamp.time_ns = number * kNsPerSecond;
    ReadFraction(&in, &stamp);
  } else {
    in = Cursor(text);
    number = in.TakeNumber(13, 13);
    stamp.time_ns = number * 1'000'000;
    stamp.resolution_ns = 1'000'000;
  }
  if (number < 0) return std::nullopt;
  stamp.size = in.at();
  return stamp;
}

// The clock behind `date`, with what may follow it.
std::optional<Stamp> ReadRest(Cursor in, const Date& date, bool any_date) {
  Stamp stamp;
  stamp.has_year = date.has_year;
  stamp.has_date = date.has_date;
  stamp.time_ns = DaysSinceEpoch(date.year, date.month, date.day) *
                  kSecondsPerDay * kNsPerSecond;
  if (!ReadClock(&in, any_date, &stamp)) return std::nullopt;
  if (date.has_date && !date.has_year) {
    // ctime() puts the year last.
    Cursor ahead = in;
    Date whole;
    if (ahead.TakeBlanks(1) > 0 &&
        Accept(ahead.TakeNumber(4, 4), date.month, date.day, &whole)) {
      stamp.time_ns = WithYear(stamp.time_ns, whole.year);
      stamp.has_year = true;
      in = ahead;
    }
  }
  // Of a time without a date or a year, the zone shifts nothing that counts.
  if (stamp.has_year) ReadZone(&in, &stamp);
  if (IsDigit(in.Peek()) || IsLetterByte(in.Peek())) return std::nullopt;
  stamp.size = in.at();
  return stamp;
}

}  // namespace

std::optional<Stamp> ReadLooseStamp(std::string_view text) {
  if (text.size() < 8) return std::nullopt;
  Cursor in(text);
  Date date;
  if (!IsDigit(text[0]) && !IsLetterByte(text[0])) return std::nullopt;
  if (text[2] != ':') {
    if (ReadDate(&in, &date) && TakeGap(&in)) return ReadRest(in, date, true);
    return ReadEpoch(text);
  }
  return ReadRest(in, date, false);
}

}  // namespace logdiag
