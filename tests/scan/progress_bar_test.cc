// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/progress_bar.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace logdiag {
namespace {

std::vector<BarReading> ReadBars(std::string_view body,
                                 bool unterminated = false) {
  std::vector<BarReading> readings;
  ReadProgressBars(body, unterminated, &readings);
  return readings;
}

TEST(ProgressBarTest, ReadsARedraw) {
  const struct {
    const char* text;
    const char* label;
    std::int64_t done;
    std::int64_t total;
    double elapsed_s;
    std::optional<double> seconds_per_step;
  } kCases[] = {
      {"  0%|          | 0/12 [00:00<?, ?it/s]", "", 0, 12, 0, {}},
      {" 25%|██▌       | 3/12 [00:07<00:22,  2.50s/it]", "", 3, 12, 7, 2.5},
      {" 50%|█████     | 6/12 [00:03<00:03,  2.00it/s]", "", 6, 12, 3, 0.5},
      {" 50%|#####     | 6/12 [1:02:03<1:02:03, 620.5s/it]", "", 6, 12, 3723,
       620.5},
      {" 33%|###3      | 1/3 [00:01<00:02, 1.25s/it]", "", 1, 3, 1, 1.25},
      {" 10%|\xef\xbf\xbd\xef\xbf\xbd   | 1/10 [00:01<00:09, 1.00it/s]", "", 1,
       10, 1, 1.0},
      {" 10%|â–ˆ         | 1/10 [00:01<00:09, 1.00it/s]", "", 1, 10, 1, 1.0},
      {"Decoding tiles: 1-4:  20%|██        | 2/10 [00:04<00:16, 2.00s/it]",
       "Decoding tiles: 1-4", 2, 10, 4, 2.0},
      {"Fetching 9 files:   0%|          | 0/9 [00:00<?, ?it/s]",
       "Fetching 9 files",
       0,
       9,
       0,
       {}},
      {"100%|██████████| 103.0/103.0 [00:00<00:00, 1.2kit/s]", "", 103, 103, 0,
       1 / 1200.0},
      {"model.gguf:  35%|███▌      | 1.2G/3.4G [00:12<00:22, 100MB/s]",
       "model.gguf", 1'200'000'000, 3'400'000'000, 12, 1e-8},
      {"0it [00:00, ?it/s]", "", 0, 0, 0, {}},
      {"Scanning: 12it [00:06,  2.00it/s]", "Scanning", 12, 0, 6, 0.5},
      {"steps:  50%|█████     | 5/10 [00:05<00:05, 1.00s/it, loss=0.1, lr=1]",
       "steps", 5, 10, 5, 1.0},
      {"0%|  | 0/2 [00:00<-1 day, 23:59:59, ?it/s]", "", 0, 2, 0, {}},
  };
  for (const auto& c : kCases) {
    const auto readings = ReadBars(c.text);
    ASSERT_EQ(readings.size(), 1U) << c.text;
    const ProgressBar& bar = readings[0].bar;
    EXPECT_EQ(bar.label, c.label) << c.text;
    EXPECT_EQ(bar.done, c.done) << c.text;
    EXPECT_EQ(bar.total, c.total) << c.text;
    EXPECT_EQ(bar.elapsed_s, c.elapsed_s) << c.text;
    ASSERT_EQ(bar.seconds_per_step.has_value(), c.seconds_per_step.has_value())
        << c.text;
    if (c.seconds_per_step) {
      EXPECT_NEAR(*bar.seconds_per_step, *c.seconds_per_step,
                  *c.seconds_per_step * 1e-9)
          << c.text;
    }
    EXPECT_FALSE(bar.open) << c.text;
    EXPECT_FALSE(bar.closed_early) << c.text;
  }
}

TEST(ProgressBarTest, OtherTextIsNoBar) {
  for (const char* text :
       {"", "%|", "50%|", "50%|word| 1/2 [00:01<00:01, 1it/s]",
        "disk 93%| full", "50%|██| 1 of 2", "50%|██| 1/2 [soon]",
        "50%|██| 1/2 [00:01<00:01", "it [", "0it [x]", "commit [00:00]",
        "| 45%  Default |", "99999999999999999999it [00:00, ?it/s]",
        "3%|█| 9999999999999999999/9 [00:00<?, ?it/s]"}) {
    EXPECT_TRUE(ReadBars(text).empty()) << text;
  }
}

TEST(ProgressBarTest, SaysHowABarEnded) {
  enum End { kNeither, kOpen, kClosed };
  const std::string zero = "\r  0%|          | 0/4 [00:00<?, ?it/s]";
  const std::string one = "\r 25%|██▌       | 1/4 [00:09<00:27,  9.00s/it]";
  const std::string late = "\r 25%|██▌       | 1/4 [00:31<01:33, 31.00s/it]";
  const std::string full = "\r100%|██████████| 4/4 [00:40<00:00, 10.00s/it]";
  const struct {
    std::string body;
    bool unterminated;
    End end;
  } kCases[] = {
      {zero, true, kOpen},
      {zero + one, true, kOpen},
      {zero + one, false, kNeither},
      {zero + one + late, false, kClosed},
      // Nothing says that LF followed: it may still be running.
      {zero + one + late, true, kOpen},
      // An exception within the first second.
      {zero + zero, false, kClosed},
      {zero + one + full, false, kNeither},
      {zero + one + full, true, kNeither},
      {zero + "got prompt", false, kOpen},
      {zero + "terminate called after throwing", false, kOpen},
      {zero + one + "got prompt", false, kOpen},
      {zero + one + late + "got prompt", false, kClosed},
      {zero + zero + "got prompt", false, kOpen},
      {zero + one + full + "got prompt", false, kNeither},
      {zero + "got prompt" + one, false, kNeither},
      {zero + "\rLoading the next thing", false, kOpen},
      {zero + one + "   \r  ", false, kNeither},
      // A redraw that was cut off is not another writer's text.
      {zero + one + "\r 50%|█████", false, kNeither},
      {zero + one + "\r 5", false, kNeither},
      // set_postfix draws the count again without closing.
      {"\r 50%|██| 1/2 [00:01<00:01, 1.00s/it, loss=3]"
       "\r 50%|██| 1/2 [00:02<00:01, 1.00s/it, loss=2]",
       false, kNeither},
      // The '\n' of a message that was sent whole.
      {zero + one + late + "\ngot prompt", true, kClosed},
  };
  for (const auto& c : kCases) {
    const auto readings = ReadBars(c.body, c.unterminated);
    ASSERT_EQ(readings.size(), 1U) << c.body;
    EXPECT_EQ(readings[0].bar.open, c.end == kOpen) << c.body;
    EXPECT_EQ(readings[0].bar.closed_early, c.end == kClosed) << c.body;
  }
}

TEST(ProgressBarTest, MeasuresTheLongestStep) {
  const auto readings = ReadBars(
      "\r  0%|   | 0/3 [00:00<?, ?it/s]\r 33%|   | 1/3 [01:40<03:20, 100s/it]"
      "\r 67%|   | 2/3 [01:43<00:51, 51s/it]");
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].bar.longest_step_s, 100);
  EXPECT_EQ(readings[0].bar.elapsed_s, 103);
  EXPECT_EQ(readings[0].text, "67%|   | 2/3 [01:43<00:51, 51s/it]");
}

TEST(ProgressBarTest, OneBarALabel) {
  const auto readings = ReadBars(
      "\ra.bin:   0%|  | 0/2 [00:00<?, ?B/s]\rb.bin:   0%|  | 0/4 [00:00<?, "
      "?B/s]\ra.bin: 100%|##| 2/2 [00:01<00:00, 2B/s]\rb.bin:  50%|# | 2/4 "
      "[00:02<00:02, 1B/s]",
      true);
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].bar.label, "a.bin");
  EXPECT_EQ(readings[0].bar.done, 2);
  EXPECT_FALSE(readings[0].bar.open);
  EXPECT_EQ(readings[1].bar.label, "b.bin");
  EXPECT_EQ(readings[1].bar.done, 2);
  EXPECT_TRUE(readings[1].bar.open);
}

TEST(ProgressBarTest, ABarThatStartsAgainIsAnother) {
  const auto readings = ReadBars(
      "100%|##| 4/4 [00:08<00:00, 2s/it]  0%|  | 0/4 [00:00<?, ?it/s]\r 25%|# "
      "| 1/4 [00:02<00:06, 2s/it]",
      true);
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].bar.done, 4);
  EXPECT_EQ(readings[1].bar.done, 1);
  EXPECT_TRUE(readings[1].bar.open);
}

TEST(ProgressBarTest, ABarMayLearnItsTotalLate) {
  const auto readings = ReadBars(
      "\r0it [00:00, ?it/s]\r  1%|  | 1.0/90.0 [00:01<01:29, 1.0it/s]", true);
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].bar.total, 90);
  EXPECT_TRUE(readings[0].bar.open);
}

TEST(ProgressBarTest, CellsAndCountsAreLimited) {
  const auto bars = [](std::size_t cells, const std::string& total) {
    return ReadBars(" 50%|" + std::string(cells, '#') + "| 1/" + total +
                    " [00:01<00:01, 1.00it/s]")
        .size();
  };
  EXPECT_EQ(bars(4000, "2"), 1U);
  EXPECT_EQ(bars(5000, "2"), 0U);
  EXPECT_EQ(bars(10, "90000000000000000"), 1U);
  EXPECT_EQ(bars(10, "900000000000000000"), 0U);
}

TEST(ProgressBarTest, BarsOfOneRecordAreLimited) {
  std::string body;
  for (int i = 0; i < 5000; ++i) {
    body += "\rfile" + std::to_string(i) + ":  0%|  | 0/2 [00:00<?, ?it/s]";
  }
  EXPECT_EQ(ReadBars(body).size(), 64U);
}

}  // namespace
}  // namespace logdiag
