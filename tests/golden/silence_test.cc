// SPDX-License-Identifier: Apache-2.0
// What silences prove, from the lines of a log to the words of the verdict.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

constexpr std::string_view kStart =
    "T ** ComfyUI startup time: 2026-07-03 18:21:03.196\n"
    "T Total VRAM 24564 MB, total RAM 64318 MB\n"
    "T pytorch version: 2.7.1+cu128\n"
    "T Device: cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync\n"
    "T Starting server\n"
    "T To see the GUI go to: http://0.0.0.0:8188\n";
constexpr std::string_view kPrompt = "T got prompt\n";
constexpr std::string_view kLoad = "T Requested to load WAN21\n";

// `lines` at that time; each begins with a T where its stamp goes.
std::string At(const std::string& stamp, std::string_view lines) {
  std::string text;
  bool begins = true;
  for (const char c : lines) {
    text += begins && c == 'T' ? stamp + ".000000000Z" : std::string(1, c);
    begins = c == '\n';
  }
  return text;
}

// Only that a prompt was taken is shown, not that anything was begun.
TEST(Silence, WhereItHangsIsOnlyPossibleIfNoLineSaysSo) {
  const std::string begun = At("2025-10-01T00:00:00", kPrompt);
  const std::string later = At("2025-10-01T00:11:00", kPrompt);
  for (const std::string& start :
       {std::string(), At("2025-09-30T23:59:00", kStart)}) {
    const Diagnosis inferred = DiagnoseText(start + begun + later);
    EXPECT_EQ(inferred.outcome, "hang");
    EXPECT_EQ(inferred.cause, "hang/hang-model-load");
    EXPECT_EQ(inferred.confidence, Confidence::kPossible);
    const Diagnosis shown =
        DiagnoseText(start + begun + At("2025-10-01T00:00:00", kLoad) + later);
    EXPECT_EQ(shown.cause, "hang/hang-model-load");
    EXPECT_EQ(shown.confidence, Confidence::kLikely);
  }
}

TEST(Silence, GapsOfMonthsProveNothing) {
  const std::string before = At("2025-10-01T00:00:00", kStart) +
                             At("2025-10-01T00:01:00", kPrompt) +
                             At("2025-10-01T00:01:01", kLoad);
  for (const char* later : {"2026-05-04T05:00:00", "2025-10-09T00:00:00"}) {
    EXPECT_NE(DiagnoseText(before + At(later, kPrompt)).outcome, "hang");
  }
  EXPECT_EQ(DiagnoseText(before + At("2025-10-02T00:00:00", kPrompt)).outcome,
            "hang");
}

// Whoever it is of, one line is no sign that the work goes on.
TEST(Silence, OneForeignLineIsNoSignOfLife) {
  const std::string before = At("2025-10-01T00:00:00", kStart) +
                             At("2025-10-01T00:01:00", kPrompt) +
                             At("2025-10-01T00:01:01", kLoad);
  const std::string after = At("2025-10-01T00:41:00", kPrompt);
  for (const char* foreign :
       {"T CRON[4127]: (root) CMD (run-parts /etc/cron.hourly)\n",
        "T 10.0.0.7 - - \"GET /health HTTP/1.1\" 200 12\n",
        "T 2025-10-01T00:40:00Z INFO vector::topology: Reloading.\n",
        "T what nobody has ever printed\n"}) {
    for (const char* stamp : {"2025-10-01T00:20:00", "2025-10-01T00:40:59"}) {
      const Diagnosis diagnosis =
          DiagnoseText(before + At(stamp, foreign) + after);
      EXPECT_EQ(diagnosis.outcome, "hang") << stamp << foreign;
      EXPECT_EQ(diagnosis.cause, "hang/hang-model-load") << stamp << foreign;
    }
  }
}

// The start that follows is the end of the hang, however late it shows.
TEST(Silence, AStartDoesNotUndoAHang) {
  std::string log = At("2025-10-01T00:00:00", kStart) +
                    At("2025-10-01T00:01:00", kPrompt) +
                    At("2025-10-01T00:01:01", kLoad);
  for (const char* hour : {"01", "02", "03", "04", "05"}) {
    log += At("2025-10-01T" + std::string(hour) + ":00:00", kPrompt);
  }
  for (const bool whole : {true, false}) {
    const std::string_view start =
        whole ? kStart : kStart.substr(0, kStart.find("Total") - 2);
    const Diagnosis diagnosis = DiagnoseText(
        log + At("2025-10-01T05:01:00", start) +
        At("2025-10-01T05:01:20", "T To see the GUI go to: http://x:8188\n"));
    EXPECT_EQ(diagnosis.outcome, "hang") << whole;
    EXPECT_EQ(diagnosis.cause, "hang/hang-model-load") << whole;
  }
}

}  // namespace
}  // namespace logdiag
