// SPDX-License-Identifier: Apache-2.0
// Fuzz target: the body of a record -> progress bars.
#include <algorithm>
#include <cmath>
#include <vector>

#include "analyzer/scan/progress_bar.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

constexpr std::size_t kBarsPerLine = 64;  // as the header promises

void Check(std::string_view body, const std::vector<BarReading>& readings) {
  const auto lines =
      static_cast<std::size_t>(std::count(body.begin(), body.end(), '\n') + 1);
  Require(readings.size() <= kBarsPerLine * lines, "bars of a line are capped");
  for (const BarReading& reading : readings) {
    Require(reading.position <= body.size(), "a bar stands in its body");
    Require(reading.text.data() >= body.data() &&
                reading.text.data() + reading.text.size() <=
                    body.data() + body.size(),
            "the text of a bar views the body");
    const ProgressBar& bar = reading.bar;
    Require(bar.done >= 0 && bar.total >= 0, "counts are not negative");
    Require(std::isfinite(bar.elapsed_s) && bar.elapsed_s >= 0,
            "the time that passed is a time");
    Require(!bar.seconds_per_step || std::isfinite(*bar.seconds_per_step),
            "a pace is a figure");
    Require(std::isfinite(bar.longest_step_s), "a step takes a time");
    Require(!(bar.open && bar.closed_early), "a bar ends in one way");
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const std::string_view body = TextOf(data, size);
  for (const bool unterminated : {false, true}) {
    std::vector<BarReading> readings;
    ReadProgressBars(body, unterminated, &readings);
    Check(body, readings);
  }
  return 0;
}
