// SPDX-License-Identifier: Apache-2.0
// Reading clocks out of log lines, and writing times for people. The only home
// of Boost.DateTime.
//
// A time is nanoseconds since 1970-01-01T00:00:00 in the clock's own zone: UTC
// where the log says so, otherwise the unnamed local zone of the machine that
// wrote it.
#ifndef LOGDIAG_SUPPORT_TIMESTAMP_H_
#define LOGDIAG_SUPPORT_TIMESTAMP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logdiag {

inline constexpr std::int64_t kNsPerSecond = 1'000'000'000;

// What a stamp at the start of a text said, and how long it was.
struct Stamp {
  std::int64_t time_ns = 0;
  std::int64_t resolution_ns = kNsPerSecond;
  std::size_t size = 0;   // bytes of text that the stamp takes
  bool has_zone = false;  // 'Z' or an offset; then time_ns is UTC
  bool has_year = true;   // false: the year of time_ns is kAssumedYear
  bool has_date = true;   // false: the day of time_ns is that year's first
};

// Reads `YYYY-MM-DD?hh:mm[:ss[(.|,)f{1,9}]][Z|(+|-)hh[:]mm]` at the start of
// `text`, where `?` is 'T' or a space. Calendar-checked (no February 30th,
// years 1970 to 2200). nullopt if there is none.
std::optional<Stamp> ReadIsoStamp(std::string_view text);

// Reads `Mon DD hh:mm:ss` (journald short, kern.log). The year is not stated:
// kAssumedYear stands in for it, so only differences mean anything.
std::optional<Stamp> ReadSyslogStamp(std::string_view text);

// Reads `Www Mon DD hh:mm:ss YYYY` (dmesg -T).
std::optional<Stamp> ReadCtimeStamp(std::string_view text);

// Reads `Www, DD Mon YYYY hh:mm:ss +hhmm` (RFC 1123, kubectl describe).
std::optional<Stamp> ReadRfc1123Stamp(std::string_view text);

// `time_ns` with `year` in place of its own. A February 29th of a year that has
// none becomes March 1st.
std::int64_t WithYear(std::int64_t time_ns, int year);

// The year in which `time_ns` lies.
int YearOf(std::int64_t time_ns);

// "2025-10-23 16:28:13.007". Naming the zone (" UTC", "local time of the log")
// is left to the caller. Digits follow the resolution: 9, 6, 3 or none, and no
// seconds for minutes.
std::string FormatTime(std::int64_t time_ns, std::int64_t resolution_ns);

// RFC 3339, "2025-10-23T16:28:13.007846741Z"; `utc` false leaves the Z off.
std::string FormatRfc3339(std::int64_t time_ns, std::int64_t resolution_ns,
                          bool utc);

// "10.389 s", "54 s", "4 min 12 s", "2 h 05 min", "3 d 04 h". Rounds towards
// zero.
std::string FormatDuration(std::int64_t duration_ns);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_TIMESTAMP_H_
