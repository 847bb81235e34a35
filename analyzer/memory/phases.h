// SPDX-License-Identifier: Apache-2.0
// How much memory each phase of a job takes, MiB. On the card, as PyTorch
// allocates it: the context is not counted.
#ifndef LOGDIAG_MEMORY_PHASES_H_
#define LOGDIAG_MEMORY_PHASES_H_

#include <optional>
#include <string_view>

#include "analyzer/memory/fit.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// Live [tokens, dim] tensors of a step: k of the code that samples.
const Spread& LiveTensors(const DiffusionModel& model, CodePath path);

// The peak of sampling in its parts. `k`, if given, takes the place of the
// model's own.
struct SamplingNeed {
  Spread weights;
  Spread activations;  // all that is not weights
  Spread Total() const;
};
SamplingNeed NeedOfSampling(const Hardware& hardware,
                            const DiffusionModel& model, const Job& job,
                            const std::optional<Room>& room,
                            const Spread* k = nullptr);

Spread NeedOfLoad(const Hardware& hardware, const DiffusionModel& model,
                  const Job& job, const std::optional<Room>& room);

// The text encoder on the card; all its known sizes if `dtype` is empty.
Spread NeedOfTextEncode(const Hardware& hardware, const DiffusionModel& model,
                        std::string_view dtype);

// The VAE alone on the card. `tile`: side of a tile in pixels, 0 = untiled.
Spread NeedOfVae(const Hardware& hardware, const DiffusionModel& model,
                 const Job& job, bool encode = false, int tile = 0);

// RAM of the process. Fitted to nothing.
Spread NeedOfRam(const Hardware& hardware, const DiffusionModel& model,
                 const Job& job);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_PHASES_H_
