// SPDX-License-Identifier: Apache-2.0
// Sizes of weights, and how many of them lie on the card.
#ifndef LOGDIAG_MEMORY_WEIGHTS_H_
#define LOGDIAG_MEMORY_WEIGHTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/memory/fit.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

inline constexpr std::string_view kSixteenBit = "fp16";
inline constexpr std::string_view kEightBit = "fp8";

// Weights in `dtype`; scaled by bytes a weight from 16 bit, else from fp8, else
// from the first type by name, if `sizes` does not list it. 0 if it is empty.
double WeightMib(const Hardware& hardware, const std::vector<WeightSize>& sizes,
                 std::string_view dtype);
// One block that can be swapped; 0 if its size is not known.
double BlockMib(const Hardware& hardware, const DiffusionModel& model,
                std::string_view dtype);
// All weights. A wrapper keeps in 16 bit what is not a block; ComfyUI does so
// only for types that are not `whole`.
double TotalWeightsMib(const Hardware& hardware, const DiffusionModel& model,
                       std::string_view dtype, CodePath path);

// The type of a job three times, or the range where it is not known.
struct DtypeBounds {
  std::string smallest;
  std::string central;
  std::string largest;
};
DtypeBounds BoundsOf(const Hardware& hardware, const Job& job);

// Blocks in RAM: as stated, or from the printed sizes; nullopt if unknown.
std::optional<int> SwapCount(const Hardware& hardware,
                             const DiffusionModel& model, const Job& job);

// Weights on the card while sampling: what is printed of the blocks that stay
// goes first, then ComfyUI's own placement (which needs `room`, unless the
// state of VRAM decides it), then the number of swapped blocks; nothing known:
// from all blocks swapped to none.
Spread Resident(const Hardware& hardware, const DiffusionModel& model,
                const Job& job, const std::optional<Room>& room);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_WEIGHTS_H_
