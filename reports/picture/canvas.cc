// SPDX-License-Identifier: Apache-2.0
#include "reports/picture/canvas.h"

#include <algorithm>
#include <utility>

#include "reports/words/report_values.h"

namespace logdiag {

std::string Canvas::Clock(std::optional<std::int64_t> time_ns) const {
  const std::string text = MomentText(page.diagnosis.source, time_ns);
  return text.substr(0, text.find('.'));
}

Lane Canvas::Empty(std::string_view name) const {
  Lane lane;
  lane.title = page.words.Plain("picture.lane." + std::string(name));
  return lane;
}

bool Canvas::IsInside(double from, double to) const {
  return to >= axis.begin() && from <= axis.end();
}

bool Canvas::Add(double from, double to, Mark mark, Lane* lane) const {
  to = std::max(from, to);
  if (!IsInside(from, to)) return false;
  mark.from = axis.At(from);
  mark.to = axis.At(to);
  lane->marks.push_back(std::move(mark));
  return true;
}

}  // namespace logdiag
