// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/summary.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

constexpr const char* kLine =
    R"({"schema":"logdiag.summary/1","id":"x","log":"a.log","outcome":"crash",)"
    R"("cause":"memory/vram-oom","severity":"error","traits":{"host":"n"},)"
    R"("lost_seconds":7,"partial":true})";

TEST(ReadSummary, ReadsWhatWriteSummaryWrites) {
  const auto summary = ReadSummary(kLine);
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary.value().cause, "memory/vram-oom");
  EXPECT_EQ(summary.value().traits.at("host"), "n");
  EXPECT_EQ(summary.value().lost_seconds, 7u);
  EXPECT_TRUE(summary.value().partial);
  EXPECT_TRUE(summary.value().failed());
  const auto again = ReadSummary(WriteSummary(summary.value()));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again.value(), summary.value());
}

TEST(ReadSummary, SaysWhyALineIsNone) {
  const auto why = [](const char* line) {
    const auto summary = ReadSummary(line);
    return summary.ok() ? std::string() : summary.error().message;
  };
  EXPECT_EQ(why("no json"), "this is no JSON object");
  EXPECT_EQ(why("[]"), "this is no JSON object");
  EXPECT_NE(why(R"({"schema":"logdiag.report/2"})").find("--format summary"),
            std::string::npos);
  EXPECT_EQ(why(R"({"schema":"logdiag.summary/1","id":"x"})"),
            "it has no id or no outcome");
}

// Anybody can write such a line.
TEST(ReadSummary, TakesNothingForMoreThanItIs) {
  const auto summary = ReadSummary(
      R"({"schema":"logdiag.summary/1","id":"x","outcome":"crash","log":5,)"
      R"("title":"a\n\u001b[31mb","traits":{"a":1,"b":"v"},)"
      R"("lost_seconds":-3,"partial":"yes"})");
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary.value().log, "");
  EXPECT_EQ(summary.value().title.find('\n'), std::string::npos);
  EXPECT_EQ(summary.value().title.find('\x1b'), std::string::npos);
  EXPECT_EQ(summary.value().traits.size(), 1u);
  EXPECT_EQ(summary.value().lost_seconds, 0u);
  EXPECT_FALSE(summary.value().partial);
}

}  // namespace
}  // namespace logdiag
