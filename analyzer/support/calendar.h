// SPDX-License-Identifier: Apache-2.0
// Dates as numbers, for the readers of stamps.
#ifndef LOGDIAG_SUPPORT_CALENDAR_H_
#define LOGDIAG_SUPPORT_CALENDAR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logdiag {

inline constexpr int kFirstYear = 1970;
inline constexpr int kLastYear = 2200;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
// Stands in for the year of a stamp that states none: a leap year.
inline constexpr int kAssumedYear = 1972;

// The two digits at `at`, which must lie within `text`; -1 if they are not.
inline int TwoDigits(std::string_view text, std::size_t at) {
  const auto high = static_cast<unsigned>(text[at] - '0');
  const auto low = static_cast<unsigned>(text[at + 1] - '0');
  return high > 9 || low > 9 ? -1 : static_cast<int>(high * 10 + low);
}

inline bool IsLeap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

inline bool IsDate(int year, int month, int day) {
  constexpr std::array<int, 13> kDays = {0,  31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12)
    return false;
  const int last = kDays[static_cast<std::size_t>(month)] +
                   (month == 2 && IsLeap(year) ? 1 : 0);
  return day >= 1 && day <= last;
}

// Days since 1970-01-01 of a valid date. Years are counted from March, so that
// the leap day comes last.
inline std::int64_t DaysSinceEpoch(int year, int month, int day) {
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 719469;
}

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_CALENDAR_H_
