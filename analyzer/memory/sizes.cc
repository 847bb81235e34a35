// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/sizes.h"

#include <algorithm>
#include <cmath>

namespace logdiag {

int SideMultiple(const DiffusionModel& model) {
  return model.stride_side * model.patch;
}

Nearby ValidSide(const DiffusionModel& model, int side) {
  const int multiple = SideMultiple(model);
  const int below = std::max(multiple, side / multiple * multiple);
  return {below, below >= side ? below : below + multiple};
}

Nearby ValidFrames(const DiffusionModel& model, int frames) {
  const int step = model.frame_step;
  if (step == 0) return {1, 1};
  const int below = std::max(1, (frames - 1) / step * step + 1);
  return {below, below >= frames ? below : below + step};
}

JobSize CorrectedSize(const Hardware& hardware, const DiffusionModel& model,
                      const Job& job) {
  JobSize size;
  size.width = ValidSide(model, job.width).below;
  size.height = ValidSide(model, job.height).below;
  size.frames = ValidFrames(model, job.frames).below;
  Job valid = job;
  valid.width = size.width;
  valid.height = size.height;
  valid.frames = size.frames;
  size.tokens = TokensOf(hardware, model, valid);
  return size;
}

int FramesAtOnce(const Hardware& hardware, const Job& job) {
  if (job.windows <= 1) return job.frames;
  return std::min(job.frames, hardware.constants.window_frames);
}

double LatentFrames(const DiffusionModel& model, int frames) {
  return (frames - 1) / model.stride_frames + 1;
}

double TokenCount(const DiffusionModel& model, int width, int height,
                  int frames, int batch) {
  const double multiple = SideMultiple(model);
  return LatentFrames(model, frames) * std::ceil(width / multiple) *
         std::ceil(height / multiple) * batch * model.token_factor;
}

double TokensOf(const Hardware& hardware, const DiffusionModel& model,
                const Job& job) {
  // In windows the printed figure may be that of the whole video.
  if (job.tokens && job.windows <= 1) return *job.tokens;
  return TokenCount(model, job.width, job.height, FramesAtOnce(hardware, job),
                    job.batch);
}

double UnitMib(const DiffusionModel& model, double tokens) {
  return tokens * model.dim * 2 / kBytesPerMib;
}

}  // namespace logdiag
