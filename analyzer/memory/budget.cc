// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/budget.h"

#include <utility>

#include "analyzer/memory/assumed.h"
#include "analyzer/memory/config_table.h"
#include "analyzer/memory/fit.h"
#include "analyzer/memory/match.h"
#include "analyzer/memory/phases.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/memory/spread.h"

namespace logdiag {
namespace {

JobSize SizeAbove(const DiffusionModel& model, const Job& job) {
  JobSize size;
  size.width = ValidSide(model, job.width).above;
  size.height = ValidSide(model, job.height).above;
  size.frames = ValidFrames(model, job.frames).above;
  size.tokens =
      TokenCount(model, size.width, size.height, size.frames, job.batch);
  return size;
}

void FillSizes(const Hardware& hardware, const DiffusionModel& model,
               Budget* budget) {
  const Job& job = budget->job;
  budget->corrected = CorrectedSize(hardware, model, job);
  budget->above = SizeAbove(model, job);
  budget->asked = {job.width, job.height, job.frames, budget->corrected.tokens};
}

std::optional<UsableVram> UsableOf(const Hardware& hardware, const Job& job) {
  const std::optional<Room> room = RoomOfJob(hardware, job);
  if (!room) return std::nullopt;
  const GpuCard* card = MatchCard(hardware, job.gpu);
  return UsableVram{room->min_mib, room->max_mib, job.vram_mib.has_value(),
                    card == nullptr ? "" : card->name};
}

PhaseNeed SamplingPhase(const Hardware& hardware, const DiffusionModel& model,
                        const std::optional<Room>& room, Budget* budget) {
  const Spread estimate = budget->weights + budget->activations;
  const Job& job = budget->job;
  if (!job.peak_mib) {
    return {BudgetPhase::kSampling, estimate,
            FitOfSampling(hardware, model, estimate, room)};
  }
  budget->printed = {*job.peak_mib, job.reserved_mib, estimate};
  return {BudgetPhase::kSampling, Flat(*job.peak_mib),
          FitOfPeak(hardware, *job.peak_mib, job.reserved_mib, room)};
}

// `valid` is the job at its corrected size.
void FillPhases(const Hardware& hardware, const DiffusionModel& model,
                const Job& valid, const std::optional<Room>& room,
                Budget* budget) {
  const auto add = [&](BudgetPhase phase, const Spread& need) {
    budget->phases.push_back({phase, need, FitOfPhase(hardware, need, room)});
  };
  const SamplingNeed sampling = NeedOfSampling(hardware, model, valid, room);
  budget->weights = sampling.weights;
  budget->activations = sampling.activations;
  add(BudgetPhase::kLoad, NeedOfLoad(hardware, model, valid, room));
  add(BudgetPhase::kTextEncode,
      NeedOfTextEncode(hardware, model, valid.encoder_dtype));
  budget->phases.push_back(SamplingPhase(hardware, model, room, budget));
  add(BudgetPhase::kVaeDecode, NeedOfVae(hardware, model, valid));
  budget->ram.need = NeedOfRam(hardware, model, valid);
  budget->ram.limit_mib = valid.ram_limit_mib;
  budget->ram.fit = FitOfRam(budget->ram.need, valid.ram_limit_mib);
}

void FillOtherModels(const Hardware& hardware, const std::optional<Room>& room,
                     Budget* budget) {
  for (const std::string& id : budget->job.models) {
    const DiffusionModel* model = hardware.FindModel(id);
    if (model == nullptr || id == budget->model) continue;
    Job job = budget->job;
    const JobSize size = CorrectedSize(hardware, *model, job);
    job.width = size.width;
    job.height = size.height;
    job.frames = size.frames;
    const SamplingNeed need = NeedOfSampling(hardware, *model, job, room);
    const Spread total = need.Total();
    budget->other_models.push_back(
        {id, model->name, need.weights, need.activations, total,
         FitOfSampling(hardware, *model, total, room)});
  }
}

const DiffusionModel* ModelOf(const Hardware& hardware, const Job& job) {
  for (const std::string& id : job.models) {
    if (const DiffusionModel* model = hardware.FindModel(id)) return model;
  }
  return nullptr;
}

}  // namespace

std::optional<Budget> MakeBudget(const Job& job, const Hardware& hardware,
                                 const Mishap& mishap) {
  const DiffusionModel* model = ModelOf(hardware, job);
  if (model == nullptr || job.width < 1 || job.height < 1 || job.frames < 1) {
    return std::nullopt;
  }
  const std::optional<Room> room = RoomOfJob(hardware, job);
  Budget budget;
  budget.job = job;
  budget.model = model->id;
  budget.model_name = model->name;
  budget.context_mib = hardware.constants.context_mib;
  FillSizes(hardware, *model, &budget);
  Job valid = job;
  valid.width = budget.corrected.width;
  valid.height = budget.corrected.height;
  valid.frames = budget.corrected.frames;
  FillPhases(hardware, *model, valid, room, &budget);
  budget.usable = UsableOf(hardware, job);
  FillOtherModels(hardware, room, &budget);
  budget.assumptions = AssumptionsOf(hardware, *model, budget);
  if (room) {
    budget.offers = Offers(hardware, *model, valid, *room, mishap);
    budget.largest_frames = LargestFrames(hardware, *model, valid, *room);
  }
  budget.table = ConfigTable(hardware, *model, valid, room, budget.offers);
  return budget;
}

}  // namespace logdiag
