// SPDX-License-Identifier: Apache-2.0
// The memory there is, and what a need says about it.
#ifndef LOGDIAG_MEMORY_FIT_H_
#define LOGDIAG_MEMORY_FIT_H_

#include <optional>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// The memory of a card.
struct Room {
  double total_mib = 0;  // least Total VRAM
  double min_mib = 0;    // usable, at least and at most
  double max_mib = 0;
  bool flash = true;  // the card has flash attention
};

Room RoomOfCard(const Hardware& hardware, const GpuCard& card);
// What the job's log prints, else what its card has; nullopt if neither is
// known.
std::optional<Room> RoomOfJob(const Hardware& hardware, const Job& job);

// Sampling: needs are without the context, which is added here.
Fit FitOfSampling(const Hardware& hardware, const DiffusionModel& model,
                  const Spread& need, const std::optional<Room>& room);
// The other phases: by low and high alone.
Fit FitOfPhase(const Hardware& hardware, const Spread& need,
               const std::optional<Room>& room);
// A peak that was printed, and what the allocator cached if that was.
Fit FitOfPeak(const Hardware& hardware, double allocated_mib,
              std::optional<double> reserved_mib,
              const std::optional<Room>& room);
Fit FitOfRam(const Spread& need, std::optional<double> limit_mib);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_FIT_H_
