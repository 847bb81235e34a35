// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/validate.h"

#include <gtest/gtest.h>

#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

BudgetRequest Good() {
  BudgetRequest request;
  request.model = "wan-2.2-14b";
  request.dtype = "fp8";
  request.size = "704x704";
  request.frames = "121";
  request.gpu = "RTX 4090";
  return request;
}

BudgetAnswer Check(const BudgetRequest& request) {
  return Validate(request, KnownHardware());
}

TEST(ValidateTest, GoodRequest) {
  BudgetRequest request = Good();
  request.block_swap = "20";
  request.ram_limit_mib = 47684;
  request.vram_mib = 24111;
  const BudgetAnswer answer = Check(request);
  ASSERT_TRUE(answer.job);
  EXPECT_TRUE(answer.bad.empty());
  EXPECT_FALSE(answer.below);
  EXPECT_EQ(answer.job->models, std::vector<std::string>{"wan-2.2-14b"});
  EXPECT_EQ(answer.job->dtype, "fp8");
  EXPECT_EQ(answer.job->width, 704);
  EXPECT_EQ(answer.job->frames, 121);
  EXPECT_EQ(answer.job->swapped_blocks, 20);
  EXPECT_EQ(answer.job->ram_limit_mib, 47684);
  EXPECT_EQ(answer.job->vram_mib, 24111);
  EXPECT_EQ(answer.job->gpu, "GeForce RTX 4090");
}

TEST(ValidateTest, OnlyWhatIsNeeded) {
  BudgetRequest request = Good();
  request.model = "flux-dev-12b";
  request.dtype = request.frames = "";
  const BudgetAnswer answer = Check(request);
  ASSERT_TRUE(answer.job);
  EXPECT_EQ(answer.job->dtype, "");
  EXPECT_EQ(answer.job->frames, 1);
  EXPECT_FALSE(answer.job->swapped_blocks);
}

TEST(ValidateTest, WaysToNameAModelAndACard) {
  const struct {
    const char* model;
    const char* gpu;
  } kCases[] = {
      {"Wan 2.2 14B (two experts)", "rtx 4090"},
      {"wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors",
       "NVIDIA GeForce RTX 4090"},
      {"i2v_14B_2.2", "nvidia geforce rtx 4090"},
  };
  for (const auto& c : kCases) {
    BudgetRequest request = Good();
    request.model = c.model;
    request.gpu = c.gpu;
    const BudgetAnswer answer = Check(request);
    ASSERT_TRUE(answer.job) << c.model;
    EXPECT_EQ(answer.job->models[0], "wan-2.2-14b") << c.model;
    EXPECT_EQ(answer.job->gpu, "GeForce RTX 4090") << c.gpu;
  }
}

TEST(ValidateTest, ACardThatNobodyKnowsNeedsItsMemory) {
  BudgetRequest request = Good();
  request.gpu = "RTX 4090 48GB";
  EXPECT_FALSE(Check(request).job);
  request.vram_mib = 48500;
  ASSERT_TRUE(Check(request).job);
  EXPECT_EQ(Check(request).job->vram_mib, 48500);
}

// Only a wrapper swaps blocks; without any, either may sample.
TEST(ValidateTest, SwappedBlocksTellWhoseCodeSamples) {
  BudgetRequest request = Good();
  EXPECT_EQ(Check(request).job->path, CodePath::kUnknown);
  request.block_swap = "0";
  EXPECT_EQ(Check(request).job->path, CodePath::kUnknown);
  request.block_swap = "20";
  EXPECT_EQ(Check(request).job->path, CodePath::kWrapper);
}

TEST(ValidateTest, TypeFromTheNameOfTheFile) {
  BudgetRequest request = Good();
  request.dtype = "";
  request.model = "Wan2_1-I2V-14B-480P_fp8_e4m3fn.safetensors";
  EXPECT_EQ(Check(request).job->dtype, "fp8");
}

TEST(ValidateTest, UnknownNamesGetTheNearest) {
  BudgetRequest request = Good();
  request.model = "wan-2.2-14q";
  request.dtype = "fp9";
  request.gpu = "RTX 4091";
  const BudgetAnswer answer = Check(request);
  EXPECT_FALSE(answer.job);
  ASSERT_EQ(answer.bad.size(), 3U);
  EXPECT_EQ(answer.bad[0].field, BudgetField::kModel);
  EXPECT_EQ(answer.bad[0].value, "wan-2.2-14q");
  EXPECT_EQ(answer.bad[0].nearest[0], "wan-2.2-14b");
  EXPECT_EQ(answer.bad[0].nearest.size(), 3U);
  EXPECT_EQ(answer.bad[1].field, BudgetField::kDtype);
  EXPECT_EQ(answer.bad[1].nearest[0], "fp8");
  EXPECT_EQ(answer.bad[2].field, BudgetField::kGpu);
  EXPECT_EQ(answer.bad[2].nearest[0], "RTX 4090");
}

TEST(ValidateTest, PartOfANameIsNear) {
  BudgetRequest request = Good();
  request.gpu = "a100";
  const BudgetAnswer answer = Check(request);
  ASSERT_EQ(answer.bad.size(), 1U);
  for (const std::string& name : answer.bad[0].nearest) {
    EXPECT_NE(name.find("A100"), std::string::npos) << name;
  }
}

TEST(ValidateTest, MissingNamesGetAll) {
  const BudgetAnswer answer = Check({});
  EXPECT_FALSE(answer.job);
  ASSERT_EQ(answer.bad.size(), 3U);
  EXPECT_EQ(answer.bad[0].field, BudgetField::kModel);
  EXPECT_EQ(answer.bad[0].nearest.size(), KnownHardware().models.size());
  EXPECT_EQ(answer.bad[1].field, BudgetField::kSize);
  EXPECT_EQ(answer.bad[2].field, BudgetField::kGpu);
  EXPECT_EQ(answer.bad[2].nearest.size(), KnownHardware().gpus.size());
}

TEST(ValidateTest, SizesThatTheModelDoesNotTake) {
  BudgetRequest request = Good();
  request.size = "480x360";
  request.frames = "60";
  const BudgetAnswer answer = Check(request);
  ASSERT_TRUE(answer.job);
  EXPECT_EQ(answer.job->height, 360);  // as asked
  EXPECT_EQ(answer.below, (JobSize{480, 352, 57, 15 * 30 * 22}));
  EXPECT_EQ(answer.above, (JobSize{480, 368, 61, 16 * 30 * 23}));
}

TEST(ValidateTest, NonsenseNumbers) {
  const struct {
    BudgetField field;
    const char* value;
  } kCases[] = {
      {BudgetField::kSize, "704"},
      {BudgetField::kSize, "704x"},
      {BudgetField::kSize, "x704"},
      {BudgetField::kSize, "0x704"},
      {BudgetField::kSize, "-704x704"},
      {BudgetField::kSize, "704x704x121"},
      {BudgetField::kSize, "1000000000x704"},
      {BudgetField::kSize, "nanxinf"},
      {BudgetField::kFrames, "0"},
      {BudgetField::kFrames, "-5"},
      {BudgetField::kFrames, "1.5"},
      {BudgetField::kFrames, "1e300"},
      {BudgetField::kFrames, "many"},
      {BudgetField::kFrames, "121 "},
      {BudgetField::kBlockSwap, "-1"},
      {BudgetField::kBlockSwap, "41"},
  };
  for (const auto& c : kCases) {
    BudgetRequest request = Good();
    if (c.field == BudgetField::kSize) request.size = c.value;
    if (c.field == BudgetField::kFrames) request.frames = c.value;
    if (c.field == BudgetField::kBlockSwap) request.block_swap = c.value;
    const BudgetAnswer answer = Check(request);
    EXPECT_FALSE(answer.job) << c.value;
    ASSERT_EQ(answer.bad.size(), 1U) << c.value;
    EXPECT_EQ(answer.bad[0].field, c.field) << c.value;
    EXPECT_EQ(answer.bad[0].value, c.value);
    EXPECT_GT(answer.bad[0].most, answer.bad[0].least);
  }
}

TEST(ValidateTest, NonsenseMemory) {
  BudgetRequest request = Good();
  request.ram_limit_mib = 0;
  request.vram_mib = 1e12;
  const BudgetAnswer answer = Check(request);
  ASSERT_EQ(answer.bad.size(), 2U);
  EXPECT_EQ(answer.bad[0].field, BudgetField::kRamLimit);
  EXPECT_EQ(answer.bad[1].field, BudgetField::kVram);
}

}  // namespace
}  // namespace logdiag
