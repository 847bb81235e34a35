// SPDX-License-Identifier: Apache-2.0
// Four sizes of a 14B job of the wrapper on a card of 24 GB, at three ways of
// swapping.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "analyzer/memory/budget.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

struct Expected {
  const char* model;
  int swap;
  double low_gib, high_gib;
  Fit fit;
};

struct Size {
  const char* name;
  int width, height, frames;
  JobSize corrected;
  Expected rows[4];
};

void PrintTo(const Size& size, std::ostream* out) { *out << size.name; }

constexpr char kPair[] = "wan-2.2-14b";
constexpr char kImage[] = "wan-2.1-i2v-14b";

const Size kSizes[] = {
    {"Asked",
     704,
     704,
     121,
     {704, 704, 121, 60016},
     {{kPair, 0, 19.0, 25.4, Fit::kCannotTell},
      {kImage, 0, 21.0, 27.3, Fit::kCannotTell},
      {kImage, 20, 13.8, 20.2, Fit::kFits},
      {kImage, 40, 6.3, 12.7, Fit::kFits}}},
    {"Smaller",
     512,
     512,
     121,
     {512, 512, 121, 31744},
     {{kPair, 0, 16.4, 19.8, Fit::kFits},
      {kImage, 0, 18.4, 21.7, Fit::kTight},
      {kImage, 20, 11.2, 14.6, Fit::kFits},
      {kImage, 40, 3.7, 7.1, Fit::kFits}}},
    {"Shorter",
     512,
     512,
     60,
     {512, 512, 57, 15360},
     {{kPair, 0, 14.9, 16.6, Fit::kFits},
      {kImage, 0, 16.9, 18.5, Fit::kFits},
      {kImage, 20, 9.7, 11.4, Fit::kFits},
      {kImage, 40, 2.2, 3.8, Fit::kFits}}},
    {"Smallest",
     480,
     360,
     121,
     {480, 352, 121, 20460},
     {{kPair, 0, 15.4, 17.6, Fit::kFits},
      {kImage, 0, 17.4, 19.5, Fit::kFits},
      {kImage, 20, 10.2, 12.4, Fit::kFits},
      {kImage, 40, 2.7, 4.8, Fit::kFits}}},
};

const PhaseNeed& Sampling(const Budget& budget) {
  return budget.phases[static_cast<std::size_t>(BudgetPhase::kSampling)];
}

class IncidentTest : public testing::TestWithParam<Size> {};

TEST_P(IncidentTest, Figures) {
  const Size& size = GetParam();
  for (const Expected& row : size.rows) {
    Job job = JobFor(row.model, size.width, size.height, size.frames, "fp8");
    job.path = CodePath::kWrapper;
    job.swapped_blocks = row.swap;
    job.gpu = "NVIDIA GeForce RTX 4090";
    const auto budget = MakeBudget(job, KnownHardware(), {});
    ASSERT_TRUE(budget);
    SCOPED_TRACE(std::string(row.model) + " " + std::to_string(row.swap));
    EXPECT_EQ(budget->corrected, size.corrected);
    EXPECT_NEAR(Sampling(*budget).need.low / kGib, row.low_gib, 0.1);
    EXPECT_NEAR(Sampling(*budget).need.high / kGib, row.high_gib, 0.1);
    EXPECT_EQ(Sampling(*budget).fit, row.fit);
  }
}

std::string SizeName(const testing::TestParamInfo<Size>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Sizes, IncidentTest, testing::ValuesIn(kSizes),
                         SizeName);

TEST(IncidentTableTest, SixteenBitNeedsSwap) {
  const struct {
    int swap;
    Fit fit;
  } kCases[] = {
      {0, Fit::kDoesNotFit}, {20, Fit::kCannotTell}, {40, Fit::kFits}};
  for (const auto& [swap, fit] : kCases) {
    Job job = JobFor(kPair, 704, 704, 121, "fp16");
    job.path = CodePath::kWrapper;
    job.swapped_blocks = swap;
    job.gpu = "NVIDIA GeForce RTX 4090";
    EXPECT_EQ(Sampling(*MakeBudget(job, KnownHardware(), {})).fit, fit) << swap;
  }
}

TEST(IncidentTableTest, RowsAndCards) {
  Job job = JobFor(kPair, 704, 704, 121, "fp8");
  job.path = CodePath::kWrapper;
  job.swapped_blocks = 0;
  job.gpu = "NVIDIA GeForce RTX 4090";
  const auto budget = MakeBudget(job, KnownHardware(), {});
  ASSERT_TRUE(budget);
  const std::vector<ConfigRow>& table = budget->table;
  ASSERT_EQ(table.size(), 4U);
  EXPECT_EQ(table[0].size, (JobSize{704, 704, 121, 60016}));
  EXPECT_EQ(table[1].size.width, 592);  // the first smaller size that fits
  EXPECT_EQ(table[1].size.frames, 121);
  EXPECT_EQ(table[2].size.width, 704);
  EXPECT_EQ(table[2].size.frames, 81);  // the first shorter one that fits
  EXPECT_EQ(table[3].size.width, 592);
  EXPECT_EQ(table[3].size.frames, 81);
  for (const ConfigRow& row : table) {
    ASSERT_EQ(row.fits.size(), 3U);
    EXPECT_EQ(row.fits[0].card, "NVIDIA GeForce RTX 4090");
    EXPECT_EQ(row.fits[2].fit, Fit::kFits);  // 48 GB
    EXPECT_DOUBLE_EQ(row.total.central,
                     row.weights.central + row.activations.central);
  }
  // 13.5 GiB of weights, and 19.2 tensors of 586 MiB.
  EXPECT_NEAR(table[0].total.central / kGib, 24.5, 0.1);
  EXPECT_EQ(table[0].fits[1].card, "RTX 5090");
  EXPECT_EQ(table[0].fits[2].card, "A40");
  EXPECT_EQ(table[0].fits[0].fit, Fit::kCannotTell);
  EXPECT_EQ(table[1].fits[0].fit, Fit::kTight);
}

// Two cards of 24 GB print totals that differ by a little.
TEST(IncidentTableTest, EqualCardsAreNotBigger) {
  Job job = JobFor(kPair, 704, 704, 121, "fp8");
  job.gpu = "NVIDIA GeForce RTX 4090";
  job.vram_mib = 24081;
  const auto budget = MakeBudget(job, KnownHardware(), {});
  ASSERT_TRUE(budget);
  EXPECT_EQ(budget->table[0].fits[1].card, "RTX 5090");
}

}  // namespace
}  // namespace logdiag
