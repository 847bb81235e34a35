// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/silence.h"

#include <algorithm>

namespace logdiag {

namespace {

// How long the work may stay silent by the pace of its bar; nullopt if no step
// has shown one, or the bar is full.
std::optional<double> PaceOf(const RunningWork& running) {
  const std::optional<ProgressBar>& bar = running.bar;
  if (!bar || bar->bytes || !bar->seconds_per_step || bar->done < 1 ||
      bar->done >= bar->total) {
    return std::nullopt;
  }
  return kStepsOfSilence * *bar->seconds_per_step;
}

std::optional<double> SecondsSince(std::optional<std::int64_t> then_ns,
                                   std::optional<std::int64_t> now_ns) {
  if (!then_ns || !now_ns) return std::nullopt;
  return static_cast<double>(*now_ns - *then_ns) / 1e9;
}

}  // namespace

std::optional<double> SilenceOf(const RunningWork& running,
                                std::optional<std::int64_t> now_ns) {
  return SecondsSince(running.last_progress.time_ns, now_ns);
}

double EnoughSilence(const RunningWork& running, double threshold_s) {
  const std::optional<double> pace = PaceOf(running);
  if (!pace) return threshold_s;
  return std::min(threshold_s, std::max(kPaceSilence_s, *pace));
}

std::optional<Silence> ProvedSilence(const RunningWork& running,
                                     std::optional<std::int64_t> now_ns,
                                     double threshold_s,
                                     std::optional<double> quiet_s) {
  std::optional<double> silence = SilenceOf(running, now_ns);
  if (!silence) silence = quiet_s;
  const std::optional<double> pace = PaceOf(running);
  if (silence && *silence >= EnoughSilence(running, threshold_s) &&
      *silence <= kLongestSilence_s) {
    return Silence{*silence, HangProof::kClock};
  }
  if (running.bar && running.bar->done < running.bar->total &&
      running.bar->longest_step_s >= kStepNeverEnded_s) {
    return Silence{running.bar->longest_step_s, HangProof::kBar};
  }
  if (pace && running.bar_silence_s >= std::max(kPaceSilence_s, *pace) &&
      running.bar_silence_s <= kLongestSilence_s) {
    // The bar's clock stopped with it; only the log's went on.
    return Silence{running.bar_silence_s, HangProof::kClock};
  }
  const std::optional<double> unanswered =
      SecondsSince(running.interrupt_ns, now_ns);
  if (pace && unanswered && *unanswered <= kLongestSilence_s &&
      *unanswered >= std::max(kInterruptUnanswered_s, *pace)) {
    return Silence{*unanswered, HangProof::kInterrupt};
  }
  return std::nullopt;
}

}  // namespace logdiag
