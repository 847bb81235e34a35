// SPDX-License-Identifier: Apache-2.0
// What all lanes of a picture draw on.
#ifndef LOGDIAG_REPORTS_PICTURE_CANVAS_H_
#define LOGDIAG_REPORTS_PICTURE_CANVAS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/document/picture.h"
#include "reports/picture/axis.h"
#include "reports/story/page.h"

namespace logdiag {

struct Canvas {
  const Page& page;
  Axis axis;

  // To the second; "" where there is no clock.
  std::string Clock(std::optional<std::int64_t> time_ns) const;
  // The lane of that name in reports/texts, without marks.
  Lane Empty(std::string_view name) const;
  bool IsInside(double from, double to) const;
  // Adds `mark` from value to value of the axis, if some of that is on it; true
  // if it is.
  bool Add(double from, double to, Mark mark, Lane* lane) const;
};

// The lanes, in the order in which a picture has them. Those of which the log
// says nothing have no marks.
Lane ContainerLane(const Canvas& canvas);  // if there was more than one
Lane StartLane(const Canvas& canvas);      // of the program
// Works of one time lie in rows. Of many, thin ones next to each other are one.
Lane WorkLane(const Canvas& canvas);
Lane PhaseLane(const Canvas& canvas);  // of the verdict's work, or the only one
Lane SilenceLane(const Canvas& canvas);
Lane TroubleLane(const Canvas& canvas);
// Seconds a step: of the bars if they tell it often enough, else of the works.
Lane SpeedLane(const Canvas& canvas);
// Each figure of memory that changed while the log was written.
std::vector<Lane> MemoryLanes(const Canvas& canvas);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PICTURE_CANVAS_H_
