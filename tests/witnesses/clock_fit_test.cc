// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/clock_fit.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "analyzer/support/timestamp.h"
#include "tests/witnesses/records.h"

namespace logdiag {
namespace {

using Kind = SourceFile::Fit;

const char kUtc[] =
    "2025-10-23T16:00:00.000000000Z first line of a start\n"
    "2025-10-23T16:00:10.000000000Z second line of a start\n"
    "2025-10-23T16:00:20.000000000Z third line of a start\n"
    "2025-10-23T16:00:30.000000000Z a line that comes twice\n"
    "2025-10-23T16:00:40.000000000Z a line that comes twice\n";

ClockProfile ProfileOf(const std::string& text) {
  TextLog log(text);
  return ClockProfile(log.stream());
}

ClockProfile::Fit FitOf(const std::string& main, const std::string& other) {
  return ProfileOf(main).FitOf(ProfileOf(other));
}

TEST(ClockFitTest, LinesThatBothHaveSetALocalClock) {
  const auto fit = FitOf(kUtc,
                         "[2025-10-23 18:00:00.100] first line of a start\n"
                         "[2025-10-23 18:00:10.100] second line of a start\n"
                         "[2025-10-23 18:00:20.100] third line of a start\n"
                         "[2025-10-23 18:00:31.000] a line that comes twice\n");
  EXPECT_EQ(fit.kind, Kind::kShared);
  EXPECT_NEAR(static_cast<double>(fit.offset_ns) / kNsPerSecond, -7200.1, 0.01);
  EXPECT_EQ(fit.shared, 3u);
}

TEST(ClockFitTest, OneLineThatIsFarOffChangesNothing) {
  const auto fit =
      FitOf(std::string(kUtc) +
                "2025-10-23T16:00:50.000000000Z a fourth line of a start\n",
            "[2025-10-23 18:00:00.000] first line of a start\n"
            "[2025-10-23 18:00:10.000] second line of a start\n"
            "[2025-10-23 23:00:20.000] third line of a start\n"
            "[2025-10-23 18:00:50.000] a fourth line of a start\n");
  EXPECT_EQ(fit.kind, Kind::kShared);
  EXPECT_EQ(fit.offset_ns, -7200 * kNsPerSecond);
  EXPECT_EQ(fit.shared, 3u);
}

TEST(ClockFitTest, AnotherStartWithTheSameWordsSetsNothing) {
  const std::string other =
      "[2025-10-23 11:00:00.000] first line of a start\n"
      "[2025-10-23 11:00:12.000] second line of a start\n"
      "[2025-10-23 11:00:29.000] third line of a start\n";
  EXPECT_EQ(FitOf(kUtc, other).kind, Kind::kAssumed);
  // No zone is days away, and no clock that says UTC is hours off.
  const std::string days =
      "[2025-10-20 16:00:00.000] first line of a start\n"
      "[2025-10-20 16:00:10.000] second line of a start\n"
      "[2025-10-20 16:00:20.000] third line of a start\n";
  EXPECT_EQ(FitOf(kUtc, days).kind, Kind::kAssumed);
  const std::string utc =
      "2025-10-23T12:00:00.000000000Z first line of a start\n"
      "2025-10-23T12:00:10.000000000Z second line of a start\n"
      "2025-10-23T12:00:20.000000000Z third line of a start\n";
  EXPECT_EQ(FitOf(kUtc, utc).kind, Kind::kSame);
}

TEST(ClockFitTest, YearsGoBackFromTheEndOfTheFile) {
  ClockProfile profile = ProfileOf(
      "Dec 31 23:59:58 host kernel: a line of the old year\n"
      "Jan  1 00:00:02 host kernel: a line of the new year\n");
  // 2026-01-01T00:00:00Z
  const auto years = profile.SetYears(1'767'225'600 * kNsPerSecond);
  ASSERT_TRUE(years);
  EXPECT_EQ(years->last_year, 2026);
  EXPECT_EQ(*profile.last_ns() - *profile.first_ns(), 4 * kNsPerSecond);
  // After the day that leap years have.
  ClockProfile leap = ProfileOf(
      "Feb 10 00:00:00 host kernel: a line of February\n"
      "Oct 23 16:00:00 host kernel: a line of October\n");
  ASSERT_TRUE(leap.SetYears(1'761'235'200 * kNsPerSecond));
  EXPECT_EQ(*leap.last_ns(), 1'761'235'200 * kNsPerSecond);
}

TEST(ClockFitTest, ClocksThatSayUtcAreTheSameUnlessLinesSayOtherwise) {
  EXPECT_EQ(FitOf(kUtc, "2025-10-23T16:05:00Z start container\n").kind,
            Kind::kSame);
  const std::string late =
      "2025-10-23T16:03:00.000000000Z first line of a start\n"
      "2025-10-23T16:03:10.000000000Z second line of a start\n";
  EXPECT_EQ(FitOf(kUtc, late).kind, Kind::kSame);
  const auto fit = FitOf(
      kUtc, late + "2025-10-23T16:03:20.000000000Z third line of a start\n");
  EXPECT_EQ(fit.kind, Kind::kShared);
  EXPECT_EQ(fit.offset_ns, -180 * kNsPerSecond);
}

TEST(ClockFitTest, TheKernelsClockIsSetByAnAuditRecord) {
  const auto fit =
      FitOf(kUtc,
            "[ 1985.427323] audit: type=1701 audit(1761235230.427:12): auid=1 "
            "pid=9 comm=\"python3\" sig=11 res=1\n"
            "[ 1990.000000] python3[9]: segfault at 0 ip 0 sp 0 error 4\n");
  EXPECT_EQ(fit.kind, Kind::kStated);
  EXPECT_NEAR(static_cast<double>(fit.offset_ns) / kNsPerSecond,
              1761235230.427 - 1985.427, 0.01);
}

TEST(ClockFitTest, ALineThatAStartScriptCopiedSetsTheKernelsClock) {
  const auto fit = FitOf(
      std::string(kUtc) +
          "2025-10-23T16:01:00.000000000Z start.sh: [ 2000.500000] NVRM: Xid "
          "(PCI:0000:41:00): 79, GPU has fallen off the bus.\n",
      "[ 2000.500000] NVRM: Xid (PCI:0000:41:00): 79, GPU has fallen off the "
      "bus.\n");
  EXPECT_EQ(fit.kind, Kind::kShared);
  EXPECT_EQ(fit.shared, 1u);
}

TEST(ClockFitTest, WhereNothingTellsItIsSaid) {
  EXPECT_EQ(
      FitOf(kUtc, "[2025-10-23 16:00:00.000] some other line here\n").kind,
      Kind::kAssumed);
  EXPECT_EQ(FitOf(kUtc, "[ 1985.427323] something of the kernel\n").kind,
            Kind::kUnknown);
  EXPECT_EQ(FitOf(kUtc, "no clock is in this line\n").kind, Kind::kNone);
  const auto year = FitOf(kUtc, "Oct 23 16:00:00 host kernel: a line of it\n");
  EXPECT_EQ(year.kind, Kind::kAssumed);
}

TEST(ClockFitTest, CopiesAreKnownByBodyAndTime) {
  const ClockProfile main = ProfileOf(kUtc);
  const std::int64_t first = *main.first_ns();
  EXPECT_TRUE(main.Has("first line of a start", first, kNsPerSecond));
  EXPECT_FALSE(main.Has("first line of a start", first + 9 * kNsPerSecond,
                        kNsPerSecond));
  EXPECT_TRUE(main.Has("a line that comes twice", first + 40 * kNsPerSecond,
                       kNsPerSecond));
  EXPECT_FALSE(main.Has("never said by anybody", first, kNsPerSecond));
  EXPECT_EQ(main.SharedWith(ProfileOf("a line that comes twice\n"
                                      "a line that comes twice\n"
                                      "third line of a start\n")),
            2u);
}

}  // namespace
}  // namespace logdiag
