// SPDX-License-Identifier: Apache-2.0
#include "reports/words/report_values.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/knowledge/names.h"
#include "analyzer/support/text.h"
#include "reports/words/fingerprint.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

std::string Get(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? "(none)" : found->second;
}

TEST(ReportValues, OfASilentDeath) {
  const Values values = ReportValues(SilentDeath());
  EXPECT_EQ(Get(values, "cause_slug"), "oom-silent-kill");
  EXPECT_EQ(Get(values, "file"), "pod-17.log");
  EXPECT_EQ(Get(values, "line"), "399");
  EXPECT_EQ(Get(values, "end_time"), "2025-11-04 09:13:00.010 UTC");
  EXPECT_EQ(Get(values, "restart_gap"), "10.500 s");
  EXPECT_EQ(Get(values, "death_latest"), "8.550 s");
  EXPECT_EQ(Get(values, "next_start_line"), "402");
  EXPECT_EQ(Get(values, "bar"), "0/4");
  EXPECT_EQ(Get(values, "deaths"), "(none)");
  EXPECT_EQ(Get(values, "fewer_frames"), "61");
  EXPECT_EQ(Get(values, "few_frames"), "33");
  EXPECT_EQ(Get(values, "smaller_width"), "512");
  EXPECT_EQ(Get(values, "tokens_computed"), "60,016");
  EXPECT_EQ(Get(values, "gap"), "10.5") << "left as the diagnosis has it";
}

// `patterns lint` refuses a placeholder that it does not know.
TEST(ReportValues, TheNamesAreKnownToWhoeverWritesSentences) {
  for (const auto& [sample, diagnosis] : AllSamples()) {
    for (const auto& [name, value] : ReportValues(diagnosis)) {
      const bool of_fact =
          diagnosis.facts.contains(name) ||
          (EndsWith(name, "_line") &&
           diagnosis.facts.contains(name.substr(0, name.size() - 5)));
      const Names known = ValueNames();
      EXPECT_TRUE(of_fact ||
                  std::find(known.begin(), known.end(), name) != known.end())
          << name << " of " << sample;
    }
  }
}

TEST(ReportValues, SmallerJobsAreValid) {
  Diagnosis d;
  for (int frames = 9; frames < 400; ++frames) {
    d.facts["frames"] = {std::to_string(frames), 1};
    d.facts["width"] = {std::to_string(frames * 3), 1};
    d.facts["height"] = {"480", 1};
    const Values values = ReportValues(d);
    EXPECT_EQ(std::stoi(Get(values, "fewer_frames")) % 4, 1);
    EXPECT_LT(std::stoi(Get(values, "fewer_frames")), frames);
    EXPECT_EQ(std::stoi(Get(values, "smaller_width")) % 16, 0);
  }
}

TEST(ReportValues, WhatIsNotKnownHasNoEntry) {
  const Values values = ReportValues(Foreign());
  for (const char* name : {"first_time", "end_time", "frames", "restart_gap",
                           "phase", "prompts", "session"}) {
    EXPECT_EQ(Get(values, name), "(none)") << name;
  }
}

TEST(ReportValues, StrangeFiguresAreIgnored) {
  Diagnosis d;
  d.facts = {{"frames", {"many", 1}},
             {"width", {"99999999999999", 1}},
             {"height", {"-5", 1}}};
  const Values values = ReportValues(d);
  EXPECT_EQ(Get(values, "fewer_frames"), "(none)");
  EXPECT_EQ(Get(values, "tokens_computed"), "(none)");
}

TEST(MomentText, FollowsTheClock) {
  constexpr std::int64_t kDay = 86'400'000'000'000;
  constexpr std::int64_t kTime = 730 * kDay + 1'500'000'000;
  LogSource source;
  source.clock_resolution_ns = 1;
  EXPECT_EQ(MomentText(source, kTime), "");
  source.clock = "utc";
  EXPECT_EQ(MomentText(source, std::nullopt), "");
  EXPECT_EQ(MomentText(source, kTime), "1972-01-01 00:00:01.500");
  // The uptime of a host is no date.
  EXPECT_EQ(MomentText(source, 1'500'000'000), "");
  source.clock = "no-year";
  EXPECT_EQ(MomentText(source, kTime), "01-01 00:00:01.500");
  source.clock = "no-date";
  EXPECT_EQ(MomentText(source, kTime), "00:00:01.500");
  EXPECT_EQ(MomentText(source, kTime + kDay), "+1 d 00:00:01.500");
  source.clock = "monotonic";
  EXPECT_EQ(MomentText(source, 1'500'000'000), "1.500 s");
}

TEST(Fingerprint, IgnoresDigitsAndNothingElse) {
  Diagnosis a = VramError();
  Diagnosis b = a;
  b.evidence[0].quote.text = "torch.OutOfMemoryError: Allocation on device 17";
  EXPECT_EQ(Fingerprint(a), Fingerprint(b));
  EXPECT_EQ(Fingerprint(a).size(), 16u);
  b.phase = "save";
  EXPECT_NE(Fingerprint(a), Fingerprint(b));
}

}  // namespace
}  // namespace logdiag
