// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/match.h"

#include <gtest/gtest.h>

#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

TEST(MatchTest, Cards) {
  const struct {
    const char* device;
    const char* card;  // "" = none
  } kCases[] = {
      {"NVIDIA GeForce RTX 4090", "RTX 4090"},
      {"NVIDIA GeForce RTX 4090 Laptop GPU", "RTX 4090 Laptop"},
      {"NVIDIA GeForce RTX 4070 Ti SUPER", "RTX 4070 Ti SUPER"},
      {"NVIDIA A10G", "A10G"},
      {"NVIDIA A10", "A10"},
      {"NVIDIA L40S", "L40S"},
      {"NVIDIA L4", "L4"},
      {"NVIDIA H200 NVL", "H200 NVL"},
      {"Tesla T4", "T4"},
      {"geforce rtx 4090", ""},
      {"Some Card 9000", ""},
      {"", ""},
  };
  for (const auto& c : kCases) {
    const GpuCard* card = MatchCard(KnownHardware(), c.device);
    EXPECT_EQ(card == nullptr ? "" : card->name, c.card) << c.device;
  }
}

TEST(MatchTest, Models) {
  const struct {
    const char* name;
    const char* model;
  } kCases[] = {
      {"i2v_14B_2.2", "wan-2.2-14b"},
      {"i2v_480", "wan-2.1-i2v-14b"},
      {"t2v_14B", "wan-2.1-t2v-14b"},
      {"Wan2_1-I2V-14B-480P_fp8_e4m3fn.safetensors", "wan-2.1-i2v-14b"},
      {"wan2.2_t2v_high_noise_14B_fp16.safetensors", "wan-2.2-14b"},
      {"Wan22_ti2v_5B-Q8_0.gguf", "wan-2.2-5b"},
      {"Phantom-Wan-1_3B", "wan-2.1-1.3b"},
      {"Wan2_1-VACE_module_14B_bf16.safetensors", "wan-2.1-vace-14b"},
      {"SkyReelsV2-DF-14B-540P", "skyreels-v2-df-14b"},
      {"ltxv-13b", ""},
      {"flux2-dev", ""},
      {"t2v", ""},
      {"", ""},
      {".safetensors", ""},
  };
  for (const auto& c : kCases) {
    const DiffusionModel* model = MatchModel(KnownHardware(), c.name);
    EXPECT_EQ(model == nullptr ? "" : model->id, c.model) << c.name;
  }
}

TEST(MatchTest, Types) {
  const struct {
    const char* name;
    const char* dtype;
  } kCases[] = {
      {"Wan2_1-I2V-14B-480P_fp8_e4m3fn.safetensors", "fp8"},
      {"torch.bfloat16", "fp16"},
      {"torch.float8_e4m3fn", "fp8"},
      {"wan2.1-i2v-14b-480p-Q4_K_S.gguf", "q4_k_s"},
      {"wan2.1-i2v-14b-480p-Q4_K_M.gguf", "q4_k_m"},
      {"wan-Q8_0.gguf", "q8_0"},
      {"Q5", "q5_k_m"},
      {"fp32", "fp32"},
      {"i2v_14B_2.2", ""},
      {"", ""},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(MatchDtype(KnownHardware(), c.name), c.dtype) << c.name;
  }
}

TEST(MatchTest, ClassesThatOneModelHas) {
  EXPECT_EQ(MatchClass(KnownHardware(), "WAN22")->id, "wan-2.2-5b");
  EXPECT_EQ(MatchClass(KnownHardware(), "WAN21"), nullptr);  // many share it
  EXPECT_EQ(MatchClass(KnownHardware(), "WanTEModel"), nullptr);
}

TEST(MatchTest, SizesOfWeights) {
  const Hardware& hardware = KnownHardware();
  const SizeMatch five = MatchWeights(hardware, "WAN22", 9500);
  ASSERT_NE(five.model, nullptr);
  EXPECT_EQ(five.model->id, "wan-2.2-5b");
  EXPECT_EQ(five.dtype, "fp16");
  const SizeMatch image = MatchWeights(hardware, "WAN21", 15850);
  ASSERT_NE(image.model, nullptr);
  EXPECT_EQ(image.model->id, "wan-2.1-i2v-14b");
  EXPECT_EQ(image.dtype, "fp8");
  EXPECT_EQ(MatchWeights(hardware, "WAN22", 12000).model, nullptr);
  EXPECT_EQ(MatchWeights(hardware, "WAN21", 242).model, nullptr);  // a VAE
}

TEST(MatchTest, SizesOfBlocks) {
  const Hardware& hardware = KnownHardware();
  EXPECT_EQ(MatchBlock(hardware, 335.2).dtype, "fp8");
  EXPECT_EQ(MatchBlock(hardware, 385.3).model->id, "wan-2.1-i2v-14b");
  EXPECT_EQ(MatchBlocks(hardware, 15410.4).model->id, "wan-2.1-i2v-14b");
  EXPECT_EQ(MatchBlocks(hardware, 26811.9).dtype, "fp16");
  EXPECT_EQ(MatchBlock(hardware, 5).model, nullptr);
  // Only what was asked for.
  const DiffusionModel* pair = hardware.FindModel("wan-2.2-14b");
  EXPECT_EQ(MatchBlock(hardware, 335.2, pair).model, pair);
  EXPECT_EQ(MatchBlock(hardware, 385.3, pair).model, nullptr);
}

}  // namespace
}  // namespace logdiag
