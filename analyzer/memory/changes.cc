// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/changes.h"

#include <algorithm>
#include <string>

#include "analyzer/memory/sizes.h"

namespace logdiag {

std::vector<Offer> SmallerTypes(const Hardware& hardware,
                                const DiffusionModel& model, const Job& base) {
  std::vector<Offer> changes;
  // Nothing stays on the card then but one block.
  if (model.layers > 0 && base.swapped_blocks.value_or(0) >= model.layers) {
    return changes;
  }
  for (const std::string& dtype : hardware.search.dtypes) {
    if (BytesOf(hardware, dtype) >= BytesOf(hardware, base.dtype)) continue;
    Offer change;
    change.knob = Knob::kDtype;
    change.dtype = dtype;
    changes.push_back(change);
  }
  return changes;
}

std::vector<Offer> MoreSwap(const Hardware& hardware,
                            const DiffusionModel& model, const Job& base) {
  std::vector<Offer> changes;
  const int step = hardware.search.swap_step;
  const int have = base.swapped_blocks.value_or(0);
  for (int n = (have / step + 1) * step; n <= model.layers; n += step) {
    Offer change;
    change.knob = Knob::kMoreSwap;
    change.swapped_blocks = n;
    changes.push_back(change);
  }
  return changes;
}

std::vector<Offer> LessSwap(const Hardware& hardware,
                            const DiffusionModel& model, const Job& base) {
  std::vector<Offer> changes;
  const int have = std::min(base.swapped_blocks.value_or(0), model.layers);
  for (int n = 0; n < have; n += hardware.search.swap_step) {
    Offer change;
    change.knob = Knob::kLessSwap;
    change.swapped_blocks = n;
    changes.push_back(change);
  }
  return changes;
}

std::vector<Offer> FewerFrames(const Hardware& hardware,
                               const DiffusionModel& model, const Job& base) {
  std::vector<Offer> changes;
  if (model.frame_step == 0) return changes;
  const SearchSteps& search = hardware.search;
  for (int n = search.longest_frames; n >= search.shortest_frames;
       n -= search.frame_step) {
    if (n >= base.frames || ValidFrames(model, n).below != n) continue;
    Offer change;
    change.knob = Knob::kFrames;
    change.frames = n;
    changes.push_back(change);
  }
  return changes;
}

std::vector<Offer> SmallerSizes(const Hardware& hardware,
                                const DiffusionModel& model, const Job& base) {
  std::vector<Offer> changes;
  const int multiple = SideMultiple(model);
  const int shorter = std::min(base.width, base.height);
  const int longer = std::max(base.width, base.height);
  for (int side = shorter - multiple; side >= hardware.search.shortest_side;
       side -= multiple) {
    const double other = static_cast<double>(longer) * side / shorter;
    const int rounded = static_cast<int>(other / multiple + 0.5) * multiple;
    Offer change;
    change.knob = Knob::kSize;
    change.width = base.width <= base.height ? side : rounded;
    change.height = base.width <= base.height ? rounded : side;
    changes.push_back(change);
  }
  return changes;
}

Job Changed(const Job& base, const Offer& offer) {
  Job job = base;
  if (!offer.dtype.empty()) job.dtype = offer.dtype;
  if (offer.swapped_blocks) job.swapped_blocks = offer.swapped_blocks;
  if (offer.width > 0) job.width = offer.width;
  if (offer.height > 0) job.height = offer.height;
  if (offer.frames > 0) job.frames = offer.frames;
  return job;
}

double BytesOf(const Hardware& hardware, std::string_view dtype) {
  const WeightType* type = hardware.FindDtype(dtype);
  return type == nullptr ? 0 : type->bytes;
}

}  // namespace logdiag
