// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/budget.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/memory/spread.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

Budget Make(const Job& job, const Mishap& mishap = {}) {
  const std::optional<Budget> budget = MakeBudget(job, KnownHardware(), mishap);
  EXPECT_TRUE(budget);
  return budget.value_or(Budget());
}

const PhaseNeed& Phase(const Budget& budget, BudgetPhase phase) {
  return budget.phases.at(static_cast<std::size_t>(phase));
}

bool Has(const Budget& budget, Assumption assumption) {
  return std::find(budget.assumptions.begin(), budget.assumptions.end(),
                   assumption) != budget.assumptions.end();
}

Job StatedJob() {
  Job job = JobFor("wan-2.1-i2v-14b", 512, 512, 121, "fp8");
  job.path = CodePath::kWrapper;
  job.swapped_blocks = 20;
  job.gpu = "NVIDIA GeForce RTX 4090";
  job.vram_mib = 24217;
  job.ram_limit_mib = 64 * kGib;
  job.encoder_dtype = "fp16";
  job.non_blocking = false;
  return job;
}

TEST(BudgetTest, NoModelNoBudget) {
  Job job = StatedJob();
  job.models = {};
  EXPECT_FALSE(MakeBudget(job, KnownHardware(), {}));
  job.models = {"not-a-model"};
  EXPECT_FALSE(MakeBudget(job, KnownHardware(), {}));
  EXPECT_FALSE(MakeBudget(StatedJob(), Hardware(), {}));
  job = StatedJob();
  job.width = 0;
  EXPECT_FALSE(MakeBudget(job, KnownHardware(), {}));
}

TEST(BudgetTest, EverythingStatedAssumesNothing) {
  const Budget budget = Make(StatedJob());
  EXPECT_TRUE(budget.assumptions.empty());
  EXPECT_EQ(budget.model_name, "Wan 2.1 14B image to video");
  EXPECT_EQ(budget.context_mib, 563);
  ASSERT_EQ(budget.phases.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(budget.phases[i].phase, static_cast<BudgetPhase>(i));
    EXPECT_EQ(budget.phases[i].fit, Fit::kFits) << i;
  }
  EXPECT_EQ(budget.ram.fit, Fit::kFits);
  EXPECT_TRUE(budget.usable->printed);
  EXPECT_EQ(budget.usable->card, "RTX 4090");
  EXPECT_DOUBLE_EQ(budget.usable->min_mib, 0.98 * 24217);
  EXPECT_DOUBLE_EQ(budget.usable->max_mib, 0.98 * 24217);
  EXPECT_TRUE(budget.offers.empty());
}

TEST(BudgetTest, NothingStatedIsTold) {
  Job job = JobFor("wan-2.2-14b", 480, 360, 60, "");
  job.models = {"wan-2.2-14b", "wan-2.1-i2v-14b"};
  job.model_from = KnownFrom::kFamily;
  job.gpu = "NVIDIA GeForce RTX 4090";
  job.lora_patches = 480;
  job.windows = 2;
  const Budget budget = Make(job);
  EXPECT_EQ(budget.assumptions,
            (std::vector<Assumption>{
                Assumption::kModelGuessed, Assumption::kDtypeUnknown,
                Assumption::kSwapUnknown, Assumption::kCodePathUnknown,
                Assumption::kEncoderUnknown, Assumption::kPinnedUnknown,
                Assumption::kLoraCounted, Assumption::kSizeRounded,
                Assumption::kWindowed, Assumption::kCardFromTable,
                Assumption::kCardSeveralSizes, Assumption::kRamLimitUnknown}));
  EXPECT_EQ(budget.asked.height, 360);
  EXPECT_EQ(budget.corrected.height, 352);
  EXPECT_EQ(budget.above.height, 368);
  EXPECT_EQ(budget.corrected.frames, 57);
  EXPECT_EQ(budget.above.frames, 61);
  ASSERT_EQ(budget.other_models.size(), 1U);
  EXPECT_EQ(budget.other_models[0].model, "wan-2.1-i2v-14b");
  EXPECT_GT(budget.other_models[0].total.central,
            Phase(budget, BudgetPhase::kSampling).need.central);
}

TEST(BudgetTest, OtherAssumptions) {
  Job job = JobFor("hunyuan-video-13b", 960, 544, 129, "fp8");
  job.model_from = KnownFrom::kWeights;
  job.dtype_from = KnownFrom::kWeights;
  job.path = CodePath::kNative;
  job.gpu = "Tesla T4";
  const Budget budget = Make(job);
  EXPECT_EQ(budget.assumptions,
            (std::vector<Assumption>{
                Assumption::kModelFromSize, Assumption::kDtypeFromSize,
                Assumption::kNativePlacement, Assumption::kEncoderUnknown,
                Assumption::kCardFromTable, Assumption::kMathAttention,
                Assumption::kFewData, Assumption::kRamLimitUnknown}));
  EXPECT_TRUE(budget.other_models.empty());
}

TEST(BudgetTest, CardsOfWhichNoTotalWasSeen) {
  Job job = StatedJob();
  job.vram_mib.reset();
  job.gpu = "NVIDIA RTX 4000 SFF Ada Generation";
  EXPECT_TRUE(Has(Make(job), Assumption::kCardDerived));
}

TEST(BudgetTest, WithoutACardNobodyCanTell) {
  Job job = StatedJob();
  job.gpu = "";
  job.vram_mib.reset();
  const Budget budget = Make(job);
  EXPECT_FALSE(budget.usable);
  for (const PhaseNeed& phase : budget.phases) {
    EXPECT_EQ(phase.fit, Fit::kCannotTell);
  }
  EXPECT_TRUE(budget.offers.empty());
  // The table still says which cards would take it.
  ASSERT_FALSE(budget.table.empty());
  ASSERT_EQ(budget.table[0].fits.size(), 3U);
  EXPECT_EQ(budget.table[0].fits[0].fit, Fit::kCannotTell);
  EXPECT_NE(budget.table[0].fits[1].fit, Fit::kDoesNotFit);
}

TEST(BudgetTest, PrintedTotalGoesBeforeTheCard) {
  Job job = JobFor("wan-2.2-14b", 704, 704, 121, "fp8");
  job.swapped_blocks = 0;
  job.gpu = "NVIDIA GeForce RTX 4090";
  job.vram_mib = 48500;  // rebuilt
  EXPECT_EQ(Phase(Make(job), BudgetPhase::kSampling).fit, Fit::kFits);
}

TEST(BudgetTest, PrintedPeakGoesBeforeTheEstimate) {
  Job job = JobFor("wan-2.2-14b", 704, 704, 121, "fp8");
  job.swapped_blocks = 0;
  job.gpu = "NVIDIA GeForce RTX 4090";
  job.peak_mib = 18000;
  job.reserved_mib = 19000;
  const Budget budget = Make(job);
  const PhaseNeed& sampling = Phase(budget, BudgetPhase::kSampling);
  EXPECT_EQ(sampling.need, Flat(18000));
  EXPECT_EQ(sampling.fit, Fit::kFits);
  ASSERT_TRUE(budget.printed);
  EXPECT_EQ(budget.printed->reserved_mib, 19000);
  EXPECT_NEAR(budget.printed->estimate.central, 23520, 1);
  // It ran, so there is nothing to change about its sampling.
  EXPECT_TRUE(budget.offers.empty());
  EXPECT_EQ(budget.table.at(0).fits.at(0).fit, Fit::kFits);
  const Budget died = Make(job, {true, {}});
  for (const Offer& offer : died.offers) EXPECT_EQ(offer.knob, Knob::kDtype);
}

TEST(BudgetTest, FitOfPrintedPeaks) {
  const struct {
    double allocated;
    std::optional<double> reserved;
    Fit fit;
  } kCases[] = {
      {20000, 21000.0, Fit::kFits},
      {20000, 23500.0, Fit::kTight},
      {22000, std::nullopt, Fit::kTight},
      {30000, std::nullopt, Fit::kDoesNotFit},  // spilled into RAM
  };
  for (const auto& c : kCases) {
    Job job = StatedJob();
    job.peak_mib = c.allocated;
    job.reserved_mib = c.reserved;
    EXPECT_EQ(Phase(Make(job), BudgetPhase::kSampling).fit, c.fit)
        << c.allocated;
  }
}

TEST(BudgetTest, RamAgainstTheLimit) {
  const struct {
    double limit_gib;
    Fit fit;
  } kCases[] = {
      {200, Fit::kFits}, {40, Fit::kCannotTell}, {8, Fit::kDoesNotFit}};
  for (const auto& c : kCases) {
    Job job = JobFor("wan-2.2-14b", 704, 704, 121, "fp8");
    job.swapped_blocks = 40;
    job.gpu = "NVIDIA GeForce RTX 4090";
    job.ram_limit_mib = c.limit_gib * kGib;
    EXPECT_EQ(Make(job).ram.fit, c.fit) << c.limit_gib;
  }
}

TEST(BudgetTest, OffloadedWeightsWaitInRam) {
  Job job = JobFor("wan-2.1-i2v-14b", 832, 480, 81, "fp8");
  job.path = CodePath::kNative;
  job.gpu = "NVIDIA GeForce RTX 3060";
  const double before = Make(job).ram.need.central;
  job.offloaded_mib = 5000;
  EXPECT_DOUBLE_EQ(Make(job).ram.need.central, before + 5000);
}

// A card with all the room there is: nothing but the rule places the weights.
TEST(BudgetTest, WhereComfyUiPutsItsWeights) {
  const struct {
    Placement placement;
    double weights_mib, ram_least_mib;
    bool decided;  // by the state of VRAM, not by ComfyUI's estimate
  } kCases[] = {
      {Placement::kPlaced, 13629, 819, false},
      {Placement::kNone, 15, 819 + 13629, true},
      {Placement::kAll, 13629, 819, true},
  };
  for (const auto& c : kCases) {
    Job job = JobFor("wan-2.1-t2v-14b", 832, 480, 81, "fp8");
    job.path = CodePath::kNative;
    job.placement = c.placement;
    job.gpu = "NVIDIA H200";
    const Budget budget = Make(job);
    EXPECT_NEAR(budget.weights.central, c.weights_mib, 1);
    EXPECT_NEAR(budget.ram.need.low, c.ram_least_mib, 1);
    EXPECT_NE(Has(budget, Assumption::kNativePlacement), c.decided);
  }
}

// One job, and whose code samples it.
TEST(BudgetTest, LiveTensorsByCodePath) {
  const struct {
    CodePath path;
    double central_mib;
    bool told;
  } kCases[] = {{CodePath::kUnknown, 13849 + 16.5 * 319.92, true},
                {CodePath::kNative, 13629 + 9.4 * 319.92, false},
                {CodePath::kWrapper, 13849 + 19.2 * 319.92, false}};
  for (const auto& c : kCases) {
    Job job = JobFor("wan-2.1-t2v-14b", 832, 480, 81, "fp8");
    job.path = c.path;
    job.gpu = "NVIDIA H200";
    const Budget budget = Make(job);
    EXPECT_NEAR(Phase(budget, BudgetPhase::kSampling).need.central,
                c.central_mib, 2);
    EXPECT_EQ(Has(budget, Assumption::kCodePathUnknown), c.told);
  }
}

TEST(BudgetTest, HostileNumbersAreData) {
  Job job = JobFor("wan-2.2-14b", 16384, 16384, 20000, "");
  job.gpu = "NVIDIA L4";
  job.swapped_blocks = 1000000;
  job.lora_patches = 1e5;
  job.cpu_blocks_mib = 1e7;
  const Budget budget = Make(job);
  EXPECT_EQ(Phase(budget, BudgetPhase::kSampling).fit, Fit::kDoesNotFit);
  job.gpu_blocks_mib = 1e7;
  EXPECT_EQ(Phase(Make(job), BudgetPhase::kSampling).fit, Fit::kDoesNotFit);
  job = JobFor("wan-2.2-14b", 1, 1, 1, "no-such-type");
  job.gpu = "NVIDIA L4";
  EXPECT_EQ(Make(job).corrected, (JobSize{16, 16, 1, 1}));
}

}  // namespace
}  // namespace logdiag
