// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/what_if.h"

#include <gtest/gtest.h>

#include "analyzer/memory/budget.h"
#include "analyzer/memory/changes.h"
#include "analyzer/memory/phases.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

constexpr char kCard[] = "NVIDIA GeForce RTX 4090";

Job SwapJob(std::string_view model, int swap) {
  Job job = JobFor(model, 704, 704, 121, "fp8");
  job.gpu = kCard;
  job.swapped_blocks = swap;
  return job;
}

std::vector<Offer> Search(const Job& job, const Mishap& mishap = {}) {
  const Hardware& hardware = KnownHardware();
  return Offers(hardware, *hardware.FindModel(job.models[0]), job,
                *RoomOfJob(hardware, job), mishap);
}

std::vector<Knob> KnobsOf(const std::vector<Offer>& offers) {
  std::vector<Knob> knobs;
  for (const Offer& offer : offers) knobs.push_back(offer.knob);
  return knobs;
}

const Offer* Find(const std::vector<Offer>& offers, Knob knob) {
  for (const Offer& offer : offers) {
    if (offer.knob == knob) return &offer;
  }
  return nullptr;
}

TEST(WhatIfTest, OneOfferAKnobInOrder) {
  const std::vector<Offer> offers = Search(SwapJob("wan-2.2-14b", 0));
  ASSERT_EQ(KnobsOf(offers),
            (std::vector<Knob>{Knob::kDtype, Knob::kMoreSwap, Knob::kFrames,
                               Knob::kSize, Knob::kCard}));
  EXPECT_EQ(offers[0].dtype, "q5_k_m");
  EXPECT_TRUE(offers[0].certain);
  EXPECT_EQ(offers[1].swapped_blocks, 15);
  EXPECT_FALSE(offers[1].certain);  // nobody knows the RAM limit
  EXPECT_EQ(offers[2].frames, 81);
  EXPECT_EQ(offers[3].width, 592);
  EXPECT_EQ(offers[3].height, 592);
  EXPECT_EQ(offers[4].cards,
            (std::vector<std::string>{"RTX 5090", "RTX 5000 Ada"}));
  EXPECT_NEAR(offers[0].need.central / kGib, 19.2, 0.05);
  EXPECT_NEAR(offers[3].need.ceiling / kGib, 22.4, 0.05);
}

TEST(WhatIfTest, EveryCertainOfferFits) {
  const Hardware& hardware = KnownHardware();
  for (const char* model : {"wan-2.2-14b", "wan-2.1-i2v-14b"}) {
    const Job job = SwapJob(model, 0);
    const Room room = *RoomOfJob(hardware, job);
    for (const Offer& offer : Search(job)) {
      if (!offer.certain || offer.knob == Knob::kCard) continue;
      const Spread need = NeedOfSampling(hardware, *hardware.FindModel(model),
                                         Changed(job, offer), room)
                              .Total();
      EXPECT_EQ(need, offer.need);
      EXPECT_LE(need.ceiling + hardware.constants.context_mib, room.min_mib);
    }
  }
}

TEST(WhatIfTest, KnownRamLimitBoundsSwap) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.ram_limit_mib = 64 * kGib;
  const std::vector<Offer> roomy = Search(job);
  ASSERT_NE(Find(roomy, Knob::kMoreSwap), nullptr);
  EXPECT_TRUE(Find(roomy, Knob::kMoreSwap)->certain);
  job.ram_limit_mib = 16 * kGib;
  EXPECT_EQ(Find(Search(job), Knob::kMoreSwap), nullptr);
}

TEST(WhatIfTest, SilentDeathNeverGetsMoreSwap) {
  for (const char* model : {"wan-2.2-14b", "wan-2.1-i2v-14b", "wan-2.1-1.3b"}) {
    for (const int swap : {0, 5, 20, 40}) {
      for (const char* dtype : {"fp16", "fp8", ""}) {
        Job job = SwapJob(model, swap);
        job.dtype = dtype;
        job.ram_limit_mib = 200 * kGib;
        for (const Offer& offer : Search(job, {true, {}})) {
          EXPECT_LE(offer.swapped_blocks.value_or(0), swap);
        }
      }
    }
  }
}

TEST(WhatIfTest, SilentDeathThatTheCardDoesNotExplain) {
  const std::vector<Offer> offers =
      Search(SwapJob("wan-2.1-i2v-14b", 40), {true, {}});
  ASSERT_EQ(KnobsOf(offers), std::vector<Knob>{Knob::kLessSwap});
  EXPECT_EQ(offers[0].swapped_blocks, 20);
  EXPECT_TRUE(offers[0].certain);
}

TEST(WhatIfTest, NothingToOfferWhereItFits) {
  EXPECT_TRUE(Search(SwapJob("wan-2.2-14b", 40)).empty());
}

TEST(WhatIfTest, NativeJobsHaveNoSwap) {
  Job job = JobFor("wan-2.2-14b", 1280, 720, 121, "fp16");
  job.gpu = kCard;
  job.path = CodePath::kNative;
  const std::vector<Offer> offers = Search(job);
  EXPECT_FALSE(offers.empty());
  for (const Offer& offer : offers) EXPECT_FALSE(offer.swapped_blocks);
}

TEST(WhatIfTest, NoSmallerTypeIfAllBlocksAreSwapped) {
  Job job = SwapJob("wan-2.1-i2v-14b", 40);
  job.width = 1920;
  job.height = 1088;
  EXPECT_EQ(Find(Search(job), Knob::kDtype), nullptr);
}

TEST(WhatIfTest, TogetherOnlyIfNothingFitsAlone) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.dtype = "fp16";
  job.gpu = "NVIDIA GeForce RTX 3060";
  job.width = 1280;
  job.height = 720;
  const std::vector<Offer> offers = Search(job);
  const Offer* together = Find(offers, Knob::kTogether);
  ASSERT_NE(together, nullptr);
  EXPECT_EQ(together->dtype, "fp8");
  EXPECT_EQ(together->swapped_blocks, 40);
  EXPECT_GT(together->frames, 0);
  EXPECT_FALSE(together->certain);  // the swap needs RAM that nobody has seen
  EXPECT_EQ(Find(Search(SwapJob("wan-2.2-14b", 0)), Knob::kTogether), nullptr);
}

TEST(WhatIfTest, FewDataIsNeverCertain) {
  Job job = JobFor("wan-2.1-vace-14b", 1280, 720, 121, "fp8");
  job.gpu = kCard;
  job.swapped_blocks = 0;
  const std::vector<Offer> offers = Search(job);
  EXPECT_FALSE(offers.empty());
  for (const Offer& offer : offers) EXPECT_FALSE(offer.certain);
}

TEST(WhatIfTest, PhasesOfTheirOwn) {
  const Job job = SwapJob("wan-2.2-14b", 0);
  const std::vector<Offer> vae = Search(job, {false, BudgetPhase::kVaeDecode});
  ASSERT_EQ(KnobsOf(vae), std::vector<Knob>{Knob::kVaeTile});
  EXPECT_EQ(vae[0].tile, 512);
  const std::vector<Offer> encoder =
      Search(job, {false, BudgetPhase::kTextEncode});
  ASSERT_EQ(KnobsOf(encoder), std::vector<Knob>{Knob::kEncoderDtype});
  EXPECT_EQ(encoder[0].encoder_dtype, "fp16");
  Job small = job;
  small.gpu = "NVIDIA GeForce GTX 1060";
  EXPECT_EQ(KnobsOf(Search(small, {false, BudgetPhase::kTextEncode})),
            std::vector<Knob>{Knob::kEncoderOnCpu});
}

TEST(WhatIfTest, TheTypeInUseIsNoOffer) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.encoder_dtype = "fp16";
  const std::vector<Offer> offers =
      Search(job, {false, BudgetPhase::kTextEncode});
  ASSERT_EQ(offers.size(), 1U);
  EXPECT_EQ(offers[0].encoder_dtype, "fp8");
}

TEST(WhatIfTest, CardsOfOneSizeAreEqual) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.dtype = "fp16";
  const Offer* card = nullptr;
  const std::vector<Offer> offers = Search(job);
  card = Find(offers, Knob::kCard);
  ASSERT_NE(card, nullptr);
  EXPECT_TRUE(card->certain);
  EXPECT_GT(card->cards.size(), 1U);
  for (const std::string& name : card->cards) {
    EXPECT_EQ(KnownHardware().FindCard(name)->nominal_mib, 49152) << name;
  }
}

// The math kernel of an old card is no matter on a newer one.
TEST(WhatIfTest, OfferedCardsHaveTheirOwnKernels) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.gpu = "Tesla T4";
  const std::vector<Offer> offers = Search(job);
  const Offer* card = Find(offers, Knob::kCard);
  ASSERT_NE(card, nullptr);
  EXPECT_TRUE(card->certain);
}

TEST(WhatIfTest, LargestFrames) {
  const Hardware& hardware = KnownHardware();
  const Job job = SwapJob("wan-2.2-14b", 0);
  const Room room = *RoomOfJob(hardware, job);
  EXPECT_EQ(
      LargestFrames(hardware, *hardware.FindModel("wan-2.2-14b"), job, room),
      85);
  const Job image = JobFor("flux-dev-12b", 1024, 1024, 1, "fp8");
  EXPECT_EQ(
      LargestFrames(hardware, *hardware.FindModel("flux-dev-12b"), image, room),
      0);
}

TEST(WhatIfTest, PrintedTokensOfThePresentRunDoNotStay) {
  Job job = SwapJob("wan-2.2-14b", 0);
  job.tokens = 60016;
  EXPECT_EQ(KnobsOf(Search(job)), KnobsOf(Search(SwapJob("wan-2.2-14b", 0))));
}

}  // namespace
}  // namespace logdiag
