// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/timestamp.h"

#include <algorithm>
#include <array>
#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <cstdio>

#include "analyzer/support/calendar.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::int64_t kMinuteNs = 60 * kNsPerSecond;

// Seconds of "hh:mm:ss" at `at`; -1 if it is not there. A leap second counts
// as the second before it.
std::int64_t ReadClock(std::string_view text, std::size_t at) {
  if (text.size() < at + 8 || text[at + 2] != ':' || text[at + 5] != ':')
    return -1;
  const int hour = TwoDigits(text, at);
  const int minute = TwoDigits(text, at + 3);
  const int second = TwoDigits(text, at + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 60) {
    return -1;
  }
  return (hour * 60 + minute) * 60 + std::min(second, 59);
}

// Adds the fraction at `stamp->size` ("." or "," and digits), if there is one.
void ReadFraction(std::string_view text, Stamp* stamp) {
  std::size_t i = stamp->size;
  if (i + 1 >= text.size() || (text[i] != '.' && text[i] != ',') ||
      !IsDigit(text[i + 1])) {
    return;
  }
  std::int64_t unit = kNsPerSecond;
  std::int64_t fraction = 0;
  for (++i; i < text.size() && unit > 1 && IsDigit(text[i]); ++i) {
    unit /= 10;
    fraction = fraction * 10 + (text[i] - '0');
  }
  stamp->time_ns += fraction * unit;
  stamp->resolution_ns = unit;
  stamp->size = i;
}

// Applies the zone at `stamp->size`, if there is one.
void ReadZone(std::string_view text, Stamp* stamp) {
  const std::string_view zone = text.substr(stamp->size);
  if (zone.empty()) return;
  if (zone[0] == 'Z') {
    stamp->has_zone = true;
    stamp->size += 1;
    return;
  }
  if ((zone[0] != '+' && zone[0] != '-') || zone.size() < 5) return;
  const std::size_t colon = zone[3] == ':' ? 1 : 0;
  if (zone.size() < 5 + colon) return;
  const int hours = TwoDigits(zone, 1);
  const int minutes = TwoDigits(zone, 3 + colon);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return;
  const std::int64_t offset = (hours * 60 + minutes) * kMinuteNs;
  stamp->time_ns -= zone[0] == '-' ? -offset : offset;
  stamp->has_zone = true;
  stamp->size += 5 + colon;
}

// 1 to 12 for the English "Jan" to "Dec" at `at`; 0 for anything else.
int ReadMonth(std::string_view text, std::size_t at) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() < at + 3) return 0;
  const std::size_t found = kMonths.find(text.substr(at, 3));
  return found == std::string_view::npos || found % 3 != 0
             ? 0
             : static_cast<int>(found / 3) + 1;
}

// The day "23" or " 3" at `at`; -1 if it is not there.
int ReadPaddedDay(std::string_view text, std::size_t at) {
  if (text.size() < at + 2) return -1;
  if (text[at] == ' ') return IsDigit(text[at + 1]) ? text[at + 1] - '0' : -1;
  return TwoDigits(text, at);
}

struct CivilTime {
  int year, month, day, hour, minute, second;
  std::int64_t fraction_ns;
};

// Times outside the calendar of Boost are shown as its nearest end.
CivilTime ToCivil(std::int64_t time_ns) {
  std::int64_t seconds = time_ns / kNsPerSecond;
  std::int64_t fraction = time_ns % kNsPerSecond;
  if (fraction < 0) {
    fraction += kNsPerSecond;
    --seconds;
  }
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const boost::gregorian::date date =
      boost::gregorian::date(kFirstYear, 1, 1) +
      boost::gregorian::days(static_cast<int>(days));
  const auto ymd = date.year_month_day();
  return {static_cast<int>(ymd.year),
          static_cast<int>(ymd.month.as_number()),
          static_cast<int>(ymd.day.as_number()),
          static_cast<int>(rest / 3600),
          static_cast<int>(rest / 60 % 60),
          static_cast<int>(rest % 60),
          fraction};
}

// "2025-10-23T16:28:13.007" with `separator` between date and clock.
std::string Format(std::int64_t time_ns, std::int64_t resolution_ns,
                   char separator) {
  const CivilTime t = ToCivil(time_ns);
  std::array<char, 96> text;
  int size =
      std::snprintf(text.data(), text.size(), "%04d-%02d-%02d%c%02d:%02d",
                    t.year, t.month, t.day, separator, t.hour, t.minute);
  std::string out(text.data(), static_cast<std::size_t>(size));
  if (resolution_ns >= kMinuteNs) return out;
  size = std::snprintf(text.data(), text.size(), ":%02d.%09lld", t.second,
                       static_cast<long long>(t.fraction_ns));
  std::size_t digits = 9;
  if (resolution_ns >= 1'000) digits = 6;
  if (resolution_ns >= 1'000'000) digits = 3;
  out.append(text.data(), resolution_ns >= kNsPerSecond ? 3 : 4 + digits);
  return out;
}

}  // namespace

std::optional<Stamp> ReadIsoStamp(std::string_view text) {
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ') || text[13] != ':') {
    return std::nullopt;
  }
  const int century = TwoDigits(text, 0);
  const int year = TwoDigits(text, 2);
  const int month = TwoDigits(text, 5);
  const int day = TwoDigits(text, 8);
  const int hour = TwoDigits(text, 11);
  const int minute = TwoDigits(text, 14);
  if (century < 0 || year < 0 || !IsDate(century * 100 + year, month, day) ||
      hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return std::nullopt;
  }
  const std::int64_t days = DaysSinceEpoch(century * 100 + year, month, day);
  std::int64_t seconds = days * kSecondsPerDay + (hour * 60 + minute) * 60;
  Stamp stamp;
  stamp.size = 16;
  stamp.resolution_ns = kMinuteNs;
  if (const std::int64_t clock = ReadClock(text, 11); clock >= 0) {
    seconds = days * kSecondsPerDay + clock;
    stamp.size = 19;
    stamp.resolution_ns = kNsPerSecond;
  }
  stamp.time_ns = seconds * kNsPerSecond;
  if (stamp.size == 19) ReadFraction(text, &stamp);
  ReadZone(text, &stamp);
  return stamp;
}

std::optional<Stamp> ReadSyslogStamp(std::string_view text) {
  if (text.size() < 15 || text[3] != ' ' || text[6] != ' ') return std::nullopt;
  const int month = ReadMonth(text, 0);
  const int day = ReadPaddedDay(text, 4);
  const std::int64_t clock = ReadClock(text, 7);
  if (!IsDate(kAssumedYear, month, day) || clock < 0) return std::nullopt;
  Stamp stamp;
  stamp.time_ns =
      (DaysSinceEpoch(kAssumedYear, month, day) * kSecondsPerDay + clock) *
      kNsPerSecond;
  stamp.size = 15;
  stamp.has_year = false;
  return stamp;
}

std::optional<Stamp> ReadCtimeStamp(std::string_view text) {
  constexpr std::string_view kWeekdays = "Mon Tue Wed Thu Fri Sat Sun ";
  if (text.size() < 24 || text[3] != ' ' || text[19] != ' ' ||
      kWeekdays.find(text.substr(0, 4)) % 4 != 0) {
    return std::nullopt;
  }
  const std::optional<Stamp> rest = ReadSyslogStamp(text.substr(4, 15));
  const int century = TwoDigits(text, 20);
  const int year = TwoDigits(text, 22);
  if (!rest || century < 0 || year < 0) return std::nullopt;
  const int month = ReadMonth(text, 4);
  const int day = ReadPaddedDay(text, 8);
  if (!IsDate(century * 100 + year, month, day)) return std::nullopt;
  Stamp stamp;
  stamp.time_ns =
      (DaysSinceEpoch(century * 100 + year, month, day) * kSecondsPerDay +
       ReadClock(text, 11)) *
      kNsPerSecond;
  stamp.size = 24;
  return stamp;
}

std::optional<Stamp> ReadRfc1123Stamp(std::string_view text) {
  constexpr std::size_t kSize = 31;
  if (text.size() < kSize || text.substr(3, 2) != ", ") return std::nullopt;
  const int month = ReadMonth(text, 8);
  if (month == 0) return std::nullopt;
  std::string iso(text.substr(12, 4));
  iso += month < 10 ? "-0" : "-1";
  iso += static_cast<char>('0' + month % 10);
  iso.append("-").append(text.substr(5, 2)).append("T");
  iso.append(text.substr(17, 8)).append(text.substr(26, 5));
  std::optional<Stamp> stamp = ReadIsoStamp(iso);
  if (stamp) stamp->size = kSize;
  return stamp;
}

std::int64_t WithYear(std::int64_t time_ns, int year) {
  const CivilTime t = ToCivil(time_ns);
  const std::int64_t seconds =
      DaysSinceEpoch(year, t.month, t.day) * kSecondsPerDay +
      (t.hour * 60 + t.minute) * 60 + t.second;
  return seconds * kNsPerSecond + t.fraction_ns;
}

int YearOf(std::int64_t time_ns) { return ToCivil(time_ns).year; }

std::string FormatTime(std::int64_t time_ns, std::int64_t resolution_ns) {
  return Format(time_ns, resolution_ns, ' ');
}

std::string FormatRfc3339(std::int64_t time_ns, std::int64_t resolution_ns,
                          bool utc) {
  std::string out = Format(time_ns, resolution_ns, 'T');
  // RFC 3339 has no form without seconds.
  if (resolution_ns >= kMinuteNs) out += ":00";
  if (utc) out += 'Z';
  return out;
}

std::string FormatDuration(std::int64_t duration_ns) {
  const bool negative = duration_ns < 0;
  const std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(duration_ns)
               : static_cast<std::uint64_t>(duration_ns);
  const auto total_ms = static_cast<long long>(magnitude / 1'000'000);
  const long long seconds = total_ms / 1000;
  std::array<char, 64> text;
  if (seconds < 60 && total_ms % 1000 == 0) {
    std::snprintf(text.data(), text.size(), "%lld s", seconds);
  } else if (seconds < 60) {
    std::snprintf(text.data(), text.size(), "%lld.%03lld s", seconds,
                  total_ms % 1000);
  } else if (seconds < 3600) {
    std::snprintf(text.data(), text.size(), "%lld min %02lld s", seconds / 60,
                  seconds % 60);
  } else if (seconds < 48 * 3600) {
    std::snprintf(text.data(), text.size(), "%lld h %02lld min", seconds / 3600,
                  seconds / 60 % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%lld d %02lld h", seconds / 86400,
                  seconds / 3600 % 24);
  }
  return (negative ? "-" : "") + std::string(text.data());
}

}  // namespace logdiag
