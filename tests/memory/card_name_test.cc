// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/card_name.h"

#include <gtest/gtest.h>

#include "analyzer/memory/match.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

TEST(CardNameTest, AsPeopleWriteThem) {
  const struct {
    const char* typed;
    const char* card;  // "" = none
  } kCases[] = {
      {"H100 80GB", "H100 SXM"},
      {"h100", "H100 SXM"},
      {"H100 PCIe", "H100 PCIe"},
      {"H100 NVL", "H100 NVL"},
      {"H100 94 GB", "H100 NVL"},
      {"NVIDIA H100 80GB HBM3", "H100 SXM"},
      {"H200", "H200"},
      {"H200 141GB", "H200"},
      {"nvidia h200 nvl", "H200 NVL"},
      {"rtx 4090", "RTX 4090"},
      {"4090", "RTX 4090"},
      {"rtx4090", "RTX 4090"},
      {"RTX-4090 24GB", "RTX 4090"},
      {"NVIDIA GeForce RTX 4090", "RTX 4090"},
      {"4090 laptop", "RTX 4090 Laptop"},
      {"4070 Ti Super", "RTX 4070 Ti SUPER"},
      {"3090ti", "RTX 3090 Ti"},
      {"5090 32gb", "RTX 5090"},
      {"A100-80G", "A100 80GB SXM"},
      {"A100 80GB", "A100 80GB SXM"},
      {"a100-pcie-80gb", "A100 80GB PCIe"},
      {"A100 40 GiB", "A100 40GB PCIe"},
      {"RTX A6000", "RTX A6000"},
      {"a6000", "RTX A6000"},
      {"RTX 6000 Ada Generation", "RTX 6000 Ada"},
      {"pro 6000", "RTX PRO 6000 Blackwell"},
      {"A10G", "A10G"},
      {"a10", "A10"},
      {"l40s 48GB", "L40S"},
      {"Tesla T4", "T4"},
      {"t4", "T4"},
      {"mi300x", "MI300X"},
      {"V100 32GB", "V100-SXM2-32GB"},
      // Two sizes have the name, so that a person must say which.
      {"A100", ""},
      {"V100", ""},
      // No card of this name has so much memory.
      {"RTX 4090 48GB", ""},
      {"4060 Ti 8GB", ""},
      {"H100 8GB", ""},
      {"4099", ""},
      {"NVIDIA", ""},
      {"80GB", ""},
      {"", ""},
      {"-", ""},
  };
  for (const auto& c : kCases) {
    const GpuCard* card = CardNamed(KnownHardware(), c.typed);
    EXPECT_EQ(card == nullptr ? "" : card->name, c.card) << c.typed;
  }
}

TEST(CardNameTest, EveryCardIsFoundByItsOwnNames) {
  for (const GpuCard& card : KnownHardware().gpus) {
    EXPECT_EQ(CardNamed(KnownHardware(), card.name), &card) << card.name;
    EXPECT_EQ(MatchCard(KnownHardware(), DeviceName(card)), &card);
    for (const std::string& name : card.also) {
      EXPECT_EQ(CardNamed(KnownHardware(), name), &card) << name;
    }
    for (const std::string& name : card.match) {
      EXPECT_EQ(CardNamed(KnownHardware(), name), &card) << name;
    }
  }
}

}  // namespace
}  // namespace logdiag
