#include "analyzer/timeline/endings/silence.h"

#include <algorithm>

namespace logdiag {

std::optional<double> SilenceOf(const RunningWork& running,
                                std::optional<std::int64_t> now_ns) {
  if (!now_ns || !running.last_progress.time_ns) return std::nullopt;
  return static_cast<double>(*now_ns - *running.last_progress.time_ns) / 1e9;
}

std::optional<Silence> ProvedSilence(const RunningWork& running,
                                     std::optional<std::int64_t> now_ns,
                                     double threshold_s) {
  const std::optional<double> silence = SilenceOf(running, now_ns);
  if (silence && *silence >= threshold_s) {
    return Silence{*silence, HangProof::kClock};
  }
  if (running.bar && running.bar->done < running.bar->total &&
      running.bar->longest_step_s >= kStepNeverEnded_s) {
    return Silence{running.bar->longest_step_s, HangProof::kBar};
  }
  return std::nullopt;
}

}  // namespace logdiag
