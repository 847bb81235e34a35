// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/assumed.h"

#include "analyzer/memory/match.h"
#include "analyzer/memory/weights.h"

namespace logdiag {
namespace {

bool FromSize(KnownFrom from) {
  return from == KnownFrom::kBlocks || from == KnownFrom::kWeights;
}

void AddJob(const Hardware& hardware, const DiffusionModel& model,
            const Budget& budget, std::vector<Assumption>* list) {
  const Job& job = budget.job;
  const bool native = job.path == CodePath::kNative;
  const bool swap_known =
      native || model.layers == 0 || SwapCount(hardware, model, job);
  const bool may_pin = !native && SwapCount(hardware, model, job) != 0;
  const auto add = [list](bool holds, Assumption assumption) {
    if (holds) list->push_back(assumption);
  };
  add(job.model_from == KnownFrom::kFamily, Assumption::kModelGuessed);
  add(FromSize(job.model_from), Assumption::kModelFromSize);
  add(job.dtype.empty(), Assumption::kDtypeUnknown);
  add(FromSize(job.dtype_from), Assumption::kDtypeFromSize);
  add(!swap_known, Assumption::kSwapUnknown);
  // With --novram or --highvram there is nothing to decide.
  add(native && job.placement == Placement::kPlaced,
      Assumption::kNativePlacement);
  add(job.path == CodePath::kUnknown && model.k_native != model.k_wrapper,
      Assumption::kCodePathUnknown);
  add(job.encoder_dtype.empty(), Assumption::kEncoderUnknown);
  add(may_pin && !job.non_blocking && model.layers > 0,
      Assumption::kPinnedUnknown);
  add(job.lora_patches > 0, Assumption::kLoraCounted);
  add(budget.corrected != budget.asked, Assumption::kSizeRounded);
  add(job.windows > 1, Assumption::kWindowed);
}

void AddMachine(const Hardware& hardware, const DiffusionModel& model,
                const Budget& budget, std::vector<Assumption>* list) {
  const Job& job = budget.job;
  const GpuCard* card = MatchCard(hardware, job.gpu);
  if (card != nullptr && !job.vram_mib) {
    list->push_back(card->seen == "none" ? Assumption::kCardDerived
                                         : Assumption::kCardFromTable);
    if (card->several_sizes) list->push_back(Assumption::kCardSeveralSizes);
  }
  if (card != nullptr && !card->flash && !job.math_attention) {
    list->push_back(Assumption::kMathAttention);
  }
  if (model.data == "few") list->push_back(Assumption::kFewData);
  if (!job.ram_limit_mib) list->push_back(Assumption::kRamLimitUnknown);
}

}  // namespace

std::vector<Assumption> AssumptionsOf(const Hardware& hardware,
                                      const DiffusionModel& model,
                                      const Budget& budget) {
  std::vector<Assumption> list;
  AddJob(hardware, model, budget, &list);
  AddMachine(hardware, model, budget, &list);
  return list;
}

}  // namespace logdiag
