// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/timestamp.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(ReadIsoStamp, ReadsItsForms) {
  const struct {
    const char* text;
    std::int64_t time_ns;
    std::int64_t resolution_ns;
    std::size_t size;
    bool has_zone;
  } kCases[] = {
      {"1970-01-01T00:00:00Z x", 0, kNsPerSecond, 20, true},
      {"2000-02-29 23:59:59", 951'868'799 * kNsPerSecond, kNsPerSecond, 19,
       false},
      {"2025-10-23T16:28:13.007846741Z ", 1'761'236'893'007'846'741, 1, 30,
       true},
      {"2025-10-23 16:28] x", 1'761'236'880 * kNsPerSecond, 60 * kNsPerSecond,
       16, false},
      {"2025-10-23 16:28:13,5 - ", 1'761'236'893'500'000'000, 100'000'000, 21,
       false},
      {"2025-10-23T18:28:13+02:00]", 1'761'236'893 * kNsPerSecond, kNsPerSecond,
       25, true},
      {"2025-10-23T12:28:13.25-0400", 1'761'236'893'250'000'000, 10'000'000, 27,
       true},
      {"2025-10-23 16:28:13. x", 1'761'236'893 * kNsPerSecond, kNsPerSecond, 19,
       false},
      {"2025-10-23 16:28:13 -0400", 1'761'236'893 * kNsPerSecond, kNsPerSecond,
       19, false},
      {"2025-10-23 16:28:13-9999", 1'761'236'893 * kNsPerSecond, kNsPerSecond,
       19, false},
      {"2016-12-31T23:59:60Z", 1'483'228'799 * kNsPerSecond, kNsPerSecond, 20,
       true},
  };
  for (const auto& c : kCases) {
    const std::optional<Stamp> stamp = ReadIsoStamp(c.text);
    ASSERT_TRUE(stamp.has_value()) << c.text;
    EXPECT_EQ(stamp->time_ns, c.time_ns) << c.text;
    EXPECT_EQ(stamp->resolution_ns, c.resolution_ns) << c.text;
    EXPECT_EQ(stamp->size, c.size) << c.text;
    EXPECT_EQ(stamp->has_zone, c.has_zone) << c.text;
  }
}

TEST(ReadIsoStamp, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "2025-10-23", "2025-02-30T00:00:00Z", "2023-02-29 10:00:00",
        "2025-13-01 10:00:00", "2025-00-01 10:00:00", "2025-01-00 10:00:00",
        "1969-12-31 10:00:00", "2201-01-01 10:00:00", "2025-10-23 24:00:00",
        "2025-10-23 10:60:00", "2025-10-23_10:00:00", "2025/10/23 10:00:00",
        "20a5-10-23 10:00:00"}) {
    EXPECT_FALSE(ReadIsoStamp(text).has_value()) << text;
  }
}

TEST(ReadIsoStamp, ReadsEveryCutOfAStampSafely) {
  const std::string text = "2025-10-23T16:28:13.007846741+02:00";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto stamp = ReadIsoStamp(std::string_view(text).substr(0, size));
    EXPECT_EQ(stamp.has_value(), size >= 16) << size;
  }
}

TEST(ReadSyslogStamp, AssumesALeapYear) {
  const auto stamp = ReadSyslogStamp("Feb 29 01:02:03 host kernel: x");
  ASSERT_TRUE(stamp.has_value());
  EXPECT_EQ(FormatTime(stamp->time_ns, stamp->resolution_ns),
            "1972-02-29 01:02:03");
  EXPECT_EQ(stamp->size, 15u);
  EXPECT_TRUE(ReadSyslogStamp("Mar  2 01:02:03").has_value());
  for (const char* text :
       {"Mar 2 01:02:03 x", "Mxr  2 01:02:03", "anF 12 01:02",
        "Feb 30 01:02:03", "Mar 12 25:02:03", "Mar"}) {
    EXPECT_FALSE(ReadSyslogStamp(text).has_value()) << text;
  }
}

TEST(ReadCtimeStamp, ReadsDmesgDates) {
  const auto stamp = ReadCtimeStamp("Thu Oct 23 16:28:13 2025] oom");
  ASSERT_TRUE(stamp.has_value());
  EXPECT_EQ(stamp->time_ns, 1'761'236'893 * kNsPerSecond);
  EXPECT_EQ(stamp->size, 24u);
  for (const char* text :
       {"Thx Oct 23 16:28:13 2025", "Thu Oct 23 16:28:13 x025",
        "Sat Feb 29 16:28:13 2025", "Thu Oct 23 16:28:13"}) {
    EXPECT_FALSE(ReadCtimeStamp(text).has_value()) << text;
  }
}

TEST(FormatTime, ShowsWhatTheClockKnows) {
  constexpr std::int64_t kTime = 1'761'236'893'007'846'741;
  EXPECT_EQ(FormatTime(kTime, 1), "2025-10-23 16:28:13.007846741");
  EXPECT_EQ(FormatTime(kTime, 1'000), "2025-10-23 16:28:13.007846");
  EXPECT_EQ(FormatTime(kTime, 1'000'000), "2025-10-23 16:28:13.007");
  EXPECT_EQ(FormatTime(kTime, kNsPerSecond), "2025-10-23 16:28:13");
  EXPECT_EQ(FormatTime(kTime, 60 * kNsPerSecond), "2025-10-23 16:28");
  EXPECT_EQ(FormatTime(-1, 1), "1969-12-31 23:59:59.999999999");
  EXPECT_EQ(FormatRfc3339(kTime, 1, true), "2025-10-23T16:28:13.007846741Z");
  EXPECT_EQ(FormatRfc3339(kTime, kNsPerSecond, false), "2025-10-23T16:28:13");
  EXPECT_EQ(FormatRfc3339(kTime, 60 * kNsPerSecond, true),
            "2025-10-23T16:28:00Z");
  // The ends of the type.
  EXPECT_EQ(FormatTime(INT64_MAX, kNsPerSecond), "2262-04-11 23:47:16");
  EXPECT_EQ(FormatTime(INT64_MIN, kNsPerSecond), "1677-09-21 00:12:43");
}

TEST(FormatDuration, FitsItsUnits) {
  const struct {
    std::int64_t duration_ns;
    const char* text;
  } kCases[] = {
      {0, "0 s"},
      {54 * kNsPerSecond, "54 s"},
      {10'389'126'964, "10.389 s"},
      {59'999'999'999, "59.999 s"},
      {252 * kNsPerSecond, "4 min 12 s"},
      {(2 * 3600 + 5 * 60) * kNsPerSecond, "2 h 05 min"},
      {(3 * 24 + 4) * 3600 * kNsPerSecond, "3 d 04 h"},
      {-1'500'000'000, "-1.500 s"},
      {INT64_MIN, "-106751 d 23 h"},
  };
  for (const auto& c : kCases) EXPECT_EQ(FormatDuration(c.duration_ns), c.text);
}

}  // namespace
}  // namespace logdiag
