// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/fit.h"

#include "analyzer/memory/match.h"

namespace logdiag {

Room RoomOfCard(const Hardware& hardware, const GpuCard& card) {
  const double share = hardware.constants.usable_share;
  return {card.total_min_mib, share * card.total_min_mib,
          share * card.total_max_mib, card.flash};
}

std::optional<Room> RoomOfJob(const Hardware& hardware, const Job& job) {
  const GpuCard* card = MatchCard(hardware, job.gpu);
  if (job.vram_mib) {
    const double usable = hardware.constants.usable_share * *job.vram_mib;
    return Room{*job.vram_mib, usable, usable, card == nullptr || card->flash};
  }
  if (card == nullptr) return std::nullopt;
  return RoomOfCard(hardware, *card);
}

Fit FitOfSampling(const Hardware& hardware, const DiffusionModel& model,
                  const Spread& need, const std::optional<Room>& room) {
  if (!room) return Fit::kCannotTell;
  const MemoryConstants& c = hardware.constants;
  if (need.floor + c.context_mib > room->max_mib) return Fit::kDoesNotFit;
  if (model.data == "few") return Fit::kCannotTell;
  if (need.ceiling + c.context_mib > room->min_mib) return Fit::kCannotTell;
  // What the allocator caches does not fit beside it.
  const double reserved = need.high * c.reserved_share;
  return reserved + c.context_mib > room->min_mib ? Fit::kTight : Fit::kFits;
}

Fit FitOfPhase(const Hardware& hardware, const Spread& need,
               const std::optional<Room>& room) {
  if (!room) return Fit::kCannotTell;
  const double context = hardware.constants.context_mib;
  if (need.high + context <= room->min_mib) return Fit::kFits;
  return need.low + context > room->max_mib ? Fit::kDoesNotFit
                                            : Fit::kCannotTell;
}

Fit FitOfPeak(const Hardware& hardware, double allocated_mib,
              std::optional<double> reserved_mib,
              const std::optional<Room>& room) {
  if (!room) return Fit::kCannotTell;
  const MemoryConstants& c = hardware.constants;
  const double reserved =
      reserved_mib.value_or(allocated_mib * c.reserved_share);
  if (reserved + c.context_mib <= room->min_mib) return Fit::kFits;
  // It ran, so it fits; a figure above the card's memory is one that spilled.
  return allocated_mib > room->total_mib ? Fit::kDoesNotFit : Fit::kTight;
}

Fit FitOfRam(const Spread& need, std::optional<double> limit_mib) {
  if (!limit_mib) return Fit::kCannotTell;
  if (need.ceiling <= *limit_mib) return Fit::kFits;
  return need.floor > *limit_mib ? Fit::kDoesNotFit : Fit::kCannotTell;
}

}  // namespace logdiag
