// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/phases.h"

#include <algorithm>
#include <vector>

#include "analyzer/memory/sizes.h"
#include "analyzer/memory/spread.h"
#include "analyzer/memory/weights.h"

namespace logdiag {
namespace {

// Patches of LoRAs that are not merged, for the weights that stay.
Spread NeedOfLora(const Hardware& hardware, const DiffusionModel& model,
                  const Job& job, const Spread& weights) {
  const double total = TotalWeightsMib(
      hardware, model, BoundsOf(hardware, job).central, job.path);
  if (total <= 0) return {};
  const double share = std::min(1.0, weights.central / total);
  return hardware.constants.lora_mib_per_patch * (job.lora_patches * share);
}

// The attention matrix in 32 bit, which only the math kernel builds: as scores,
// and once more as their softmax.
Spread NeedOfMathAttention(const DiffusionModel& model, const Job& job,
                           double tokens, const std::optional<Room>& room) {
  const double matrix = tokens * tokens * model.heads * 4 / kBytesPerMib;
  if (job.math_attention) return Spread{1, 1, 2, 2, 2} * matrix;
  // It may happen there.
  if (room && !room->flash) return Spread{0, 0, 0, 0, 2} * matrix;
  return {};
}

// Smallest, middle, largest; three times the one that is stated.
struct EncoderSizes {
  double smallest = 0;
  double middle = 0;
  double largest = 0;
};
EncoderSizes SizesOfEncoder(const Hardware& hardware,
                            const DiffusionModel& model,
                            std::string_view dtype) {
  const TextEncoder* encoder = hardware.FindEncoder(model.text_encoder);
  if (encoder == nullptr || encoder->weights.empty()) return {};
  if (!dtype.empty()) {
    const double size = WeightMib(hardware, encoder->weights, dtype);
    return {size, size, size};
  }
  std::vector<double> sizes;
  for (const WeightSize& size : encoder->weights) sizes.push_back(size.mib);
  std::sort(sizes.begin(), sizes.end());
  return {sizes.front(), sizes[sizes.size() / 2], sizes.back()};
}

double VideoMib(const Hardware& hardware, const Job& job) {
  return static_cast<double>(job.frames) * job.width * job.height *
         hardware.constants.frame_bytes / kBytesPerMib;
}

// Weights of the model that wait in RAM: swapped blocks or offloaded weights.
Spread NeedOfSwapped(const Hardware& hardware, const DiffusionModel& model,
                     const Job& job) {
  const bool native = job.path == CodePath::kNative;
  if (native && job.offloaded_mib) return Flat(*job.offloaded_mib);
  const DtypeBounds types = BoundsOf(hardware, job);
  if (native && job.placement == Placement::kNone) {
    const auto all = [&](std::string_view dtype) {
      return TotalWeightsMib(hardware, model, dtype, job.path);
    };
    return Three(all(types.smallest), all(types.central), all(types.largest));
  }
  const std::optional<int> count = SwapCount(hardware, model, job);
  const auto away = [&](std::string_view dtype, int blocks) {
    return BlockMib(hardware, model, dtype) *
           std::clamp(blocks, 0, model.layers);
  };
  return Three(away(types.smallest, count.value_or(0)),
               away(types.central, count.value_or(0)),
               away(types.largest, count.value_or(model.layers)));
}

}  // namespace

Spread SamplingNeed::Total() const { return weights + activations; }

const Spread& LiveTensors(const DiffusionModel& model, CodePath path) {
  if (path == CodePath::kNative) return model.k_native;
  return path == CodePath::kWrapper ? model.k_wrapper : model.k;
}

SamplingNeed NeedOfSampling(const Hardware& hardware,
                            const DiffusionModel& model, const Job& job,
                            const std::optional<Room>& room, const Spread* k) {
  const double tokens = TokensOf(hardware, model, job);
  SamplingNeed need;
  need.weights = Resident(hardware, model, job, room);
  const Spread& live = k != nullptr ? *k : LiveTensors(model, job.path);
  need.activations = live * UnitMib(model, tokens) +
                     NeedOfLora(hardware, model, job, need.weights) +
                     NeedOfMathAttention(model, job, tokens, room);
  return need;
}

Spread NeedOfLoad(const Hardware& hardware, const DiffusionModel& model,
                  const Job& job, const std::optional<Room>& room) {
  const Spread stay = Resident(hardware, model, job, room);
  // A block may visit in 16 bit before it is cast.
  const double block = BlockMib(hardware, model, kSixteenBit);
  const double high = std::max(
      stay.high * hardware.constants.native_unload_share, stay.high + block);
  // ComfyUI's own load takes the weights as they are.
  const double visit = job.path == CodePath::kNative ? 0 : block;
  return {stay.floor, stay.low, stay.central + visit, high, high};
}

Spread NeedOfTextEncode(const Hardware& hardware, const DiffusionModel& model,
                        std::string_view dtype) {
  const EncoderSizes sizes = SizesOfEncoder(hardware, model, dtype);
  const Spread& run = hardware.constants.encoder_run_mib;
  return Three(sizes.smallest + run.low, sizes.middle + run.central,
               sizes.largest + run.high);
}

Spread NeedOfVae(const Hardware& hardware, const DiffusionModel& model,
                 const Job& job, bool encode, int tile) {
  const Vae* vae = hardware.FindVae(model.vae);
  if (vae == nullptr) return {};
  const double width = tile > 0 ? std::min(job.width, tile) : job.width;
  const double height = tile > 0 ? std::min(job.height, tile) : job.height;
  const double rate = encode ? vae->encode_bytes : vae->decode_bytes;
  const double slices =
      vae->per_latent_frame ? LatentFrames(model, job.frames) : 1;
  return Flat(vae->weights) +
         vae->scale * (width * height * rate * slices / kBytesPerMib) +
         vae->frame_copies * VideoMib(hardware, job);
}

Spread NeedOfRam(const Hardware& hardware, const DiffusionModel& model,
                 const Job& job) {
  const DtypeBounds types = BoundsOf(hardware, job);
  const Spread swapped = NeedOfSwapped(hardware, model, job);
  const EncoderSizes encoder =
      SizesOfEncoder(hardware, model, job.encoder_dtype);
  const Spread& process = hardware.constants.process_mib;
  const double video = VideoMib(hardware, job);
  const int others = model.experts - 1;
  const auto total = [&](std::string_view dtype) {
    return TotalWeightsMib(hardware, model, dtype, job.path);
  };
  // A pinned copy may stand beside the swapped blocks, and the file of the
  // model on the card may still be held.
  const double pinned = job.non_blocking.value_or(true) ? swapped.high : 0;
  return Three(swapped.low + others * total(types.smallest) + process.low,
               swapped.central + others * total(types.central) +
                   encoder.middle + video + process.central,
               pinned + model.experts * total(types.largest) + encoder.largest +
                   video + process.high);
}

}  // namespace logdiag
