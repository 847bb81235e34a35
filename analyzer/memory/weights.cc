// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/weights.h"

#include <algorithm>

#include "analyzer/memory/sizes.h"
#include "analyzer/memory/spread.h"

namespace logdiag {
namespace {

// Fewer blocks on the card than this share of all: some are swapped.
constexpr double kAllBlocks = 0.98;

const WeightSize* SizeIn(const std::vector<WeightSize>& sizes,
                         std::string_view dtype) {
  for (const WeightSize& size : sizes) {
    if (size.dtype == dtype) return &size;
  }
  return nullptr;
}

// What sizes of types that are not listed are scaled from.
const WeightSize* Reference(const std::vector<WeightSize>& sizes) {
  if (const WeightSize* half = SizeIn(sizes, kSixteenBit)) return half;
  if (const WeightSize* eighth = SizeIn(sizes, kEightBit)) return eighth;
  const auto first = std::min_element(
      sizes.begin(), sizes.end(), [](const WeightSize& a, const WeightSize& b) {
        return a.dtype < b.dtype;
      });
  return first == sizes.end() ? nullptr : &*first;
}

// Kept blocks, one that visits if any is swapped, and the rest.
double ResidentSwapped(const Hardware& hardware, const DiffusionModel& model,
                       std::string_view dtype, int swapped, CodePath path) {
  const double block = BlockMib(hardware, model, dtype);
  const int away = std::clamp(swapped, 0, model.layers);
  return TotalWeightsMib(hardware, model, dtype, path) - away * block +
         (away > 0 ? block : 0);
}

// ComfyUI leaves in RAM what its own estimate needs room for.
double ResidentNative(const Hardware& hardware, const DiffusionModel& model,
                      std::string_view dtype, double tokens, const Room& room) {
  const double all = TotalWeightsMib(hardware, model, dtype, CodePath::kNative);
  const MemoryConstants& c = hardware.constants;
  const double estimate = model.comfy_k * UnitMib(model, tokens);
  const double left = room.total_mib - c.context_mib -
                      std::max(c.native_minimum_mib, estimate) -
                      c.native_reserve_mib;
  return std::min(all, std::max(c.native_least_mib, left));
}

// Blocks that stay on the card, as the log prints their size.
std::optional<double> KeptBlocks(const Hardware& hardware,
                                 const DiffusionModel& model, const Job& job,
                                 std::string_view dtype) {
  if (job.gpu_blocks_mib) return job.gpu_blocks_mib;
  if (!job.cpu_blocks_mib) return std::nullopt;
  return std::max(
      0.0, WeightMib(hardware, model.blocks, dtype) - *job.cpu_blocks_mib);
}

}  // namespace

double WeightMib(const Hardware& hardware, const std::vector<WeightSize>& sizes,
                 std::string_view dtype) {
  if (const WeightSize* listed = SizeIn(sizes, dtype)) return listed->mib;
  const WeightSize* reference = Reference(sizes);
  if (reference == nullptr) return 0;
  const WeightType* wanted = hardware.FindDtype(dtype);
  const WeightType* have = hardware.FindDtype(reference->dtype);
  if (wanted == nullptr || have == nullptr) return reference->mib;
  return reference->mib * wanted->bytes / have->bytes;
}

double BlockMib(const Hardware& hardware, const DiffusionModel& model,
                std::string_view dtype) {
  if (model.layers == 0) return 0;
  return WeightMib(hardware, model.blocks, dtype) / model.layers;
}

double TotalWeightsMib(const Hardware& hardware, const DiffusionModel& model,
                       std::string_view dtype, CodePath path) {
  const WeightType* type = hardware.FindDtype(dtype);
  const WeightType* half = hardware.FindDtype(kSixteenBit);
  const bool whole = path == CodePath::kNative && type != nullptr &&
                     type->whole && half != nullptr;
  return WeightMib(hardware, model.blocks, dtype) +
         WeightMib(hardware, model.extra, dtype) +
         model.fixed_mib * (whole ? type->bytes / half->bytes : 1);
}

DtypeBounds BoundsOf(const Hardware& hardware, const Job& job) {
  if (!job.dtype.empty()) return {job.dtype, job.dtype, job.dtype};
  const Assumptions& assume = hardware.assume;
  return {assume.smallest_dtype, assume.central_dtype, assume.largest_dtype};
}

std::optional<int> SwapCount(const Hardware& hardware,
                             const DiffusionModel& model, const Job& job) {
  if (job.swapped_blocks || model.layers == 0) return job.swapped_blocks;
  const std::string dtype = BoundsOf(hardware, job).central;
  const std::optional<double> kept = KeptBlocks(hardware, model, job, dtype);
  if (!kept) return std::nullopt;
  const double block = BlockMib(hardware, model, dtype);
  if (block <= 0) return std::nullopt;
  const double stay = std::min<double>(*kept / block + 0.5, model.layers);
  return model.layers - static_cast<int>(stay);
}

Spread Resident(const Hardware& hardware, const DiffusionModel& model,
                const Job& job, const std::optional<Room>& room) {
  const DtypeBounds types = BoundsOf(hardware, job);
  if (const std::optional<double> kept =
          KeptBlocks(hardware, model, job, types.central)) {
    const double all = WeightMib(hardware, model.blocks, types.central);
    const bool swapped = *kept < kAllBlocks * all;
    return Flat(
        *kept + (swapped ? BlockMib(hardware, model, types.central) : 0) +
        WeightMib(hardware, model.extra, types.central) + model.fixed_mib);
  }
  const auto each = [&](auto one) {
    return Three(one(types.smallest), one(types.central), one(types.largest));
  };
  const auto total = [&](std::string_view dtype) {
    return TotalWeightsMib(hardware, model, dtype, job.path);
  };
  const bool native = job.path == CodePath::kNative;
  if (native && job.placement == Placement::kNone) {
    return hardware.constants.novram_weights_mib;
  }
  if (native && job.placement == Placement::kAll) return each(total);
  if (native && room) {
    const double tokens = TokensOf(hardware, model, job);
    return each([&](std::string_view dtype) {
      return ResidentNative(hardware, model, dtype, tokens, *room);
    });
  }
  const auto swapped = [&](std::string_view dtype, int blocks) {
    return ResidentSwapped(hardware, model, dtype, blocks, job.path);
  };
  if (job.swapped_blocks) {
    return each([&](std::string_view dtype) {
      return swapped(dtype, *job.swapped_blocks);
    });
  }
  return Three(swapped(types.smallest, model.layers), total(types.central),
               total(types.largest));
}

}  // namespace logdiag
