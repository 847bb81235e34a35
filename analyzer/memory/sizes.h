// SPDX-License-Identifier: Apache-2.0
// Sizes of a job: what a model takes, and how many tokens it makes of them.
#ifndef LOGDIAG_MEMORY_SIZES_H_
#define LOGDIAG_MEMORY_SIZES_H_

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// Between the units of memory.
inline constexpr double kBytesPerMib = 1048576.0;
inline constexpr double kMibPerGib = 1024.0;

// The valid values nearest to one that may not be; equal if it is valid.
struct Nearby {
  int below = 0;
  int above = 0;
};

// Sides are multiples of this, in pixels.
int SideMultiple(const DiffusionModel& model);
Nearby ValidSide(const DiffusionModel& model, int side);
// n * frame_step + 1; an image model takes 1.
Nearby ValidFrames(const DiffusionModel& model, int frames);

// What the software makes of an invalid size: it rounds down. Tokens of one
// window, if the job is done in windows.
JobSize CorrectedSize(const Hardware& hardware, const DiffusionModel& model,
                      const Job& job);

// Frames that are worked on at once: all, or those of one window.
int FramesAtOnce(const Hardware& hardware, const Job& job);
double LatentFrames(const DiffusionModel& model, int frames);
double TokenCount(const DiffusionModel& model, int width, int height,
                  int frames, int batch);
// As the log prints them, else of the size.
double TokensOf(const Hardware& hardware, const DiffusionModel& model,
                const Job& job);

// One [tokens, dim] tensor in 16 bit, MiB.
double UnitMib(const DiffusionModel& model, double tokens);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_SIZES_H_
