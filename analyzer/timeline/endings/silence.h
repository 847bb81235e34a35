// SPDX-License-Identifier: Apache-2.0
// When a silence proves that work hangs.
#ifndef LOGDIAG_TIMELINE_ENDINGS_SILENCE_H_
#define LOGDIAG_TIMELINE_ENDINGS_SILENCE_H_

#include <cstdint>
#include <optional>

#include "analyzer/model/timeline.h"
#include "analyzer/timeline/lives/work_queue.h"

namespace logdiag {

// Healthy first steps of up to 127 s and loads of minutes are on record
// (RunPod downloads, 2025 to 2026), so short silences prove nothing. The
// thresholds are judgement, set well above those.

// The operator gave up after this: hang rather than interrupt.
inline constexpr double kGaveUpAfter_s = 180;
// A job handler gave up after this.
inline constexpr double kJobGaveUpAfter_s = 300;
// Other lines went on for this long while the work printed nothing.
inline constexpr double kOthersWentOnFor_s = 600;
// The bar's own clock: one step this long that never ended.
inline constexpr double kStepNeverEnded_s = 600;

// A bar that has shown its pace stands still after this many steps' time, and
// this long at least (a provoked deadlock's flush: 72 to 90 s).
inline constexpr double kStepsOfSilence = 20;
inline constexpr double kPaceSilence_s = 60;
// ComfyUI looks for an interrupt at each step: no answer for so long, and for
// kStepsOfSilence steps, is none.
inline constexpr double kInterruptUnanswered_s = 30;
// Longer silences are steps of the clock or logs of other days: no proof.
inline constexpr double kLongestSilence_s = 7.0 * 24 * 3600;

// Seconds from the prompt's last sign of life to `now_ns`; nullopt without a
// clock.
std::optional<double> SilenceOf(const RunningWork& running,
                                std::optional<std::int64_t> now_ns);

// The silence that would prove a hang: `threshold_s`, or less by the pace of
// the bar.
double EnoughSilence(const RunningWork& running, double threshold_s);

struct Silence {
  double seconds = 0;
  HangProof proof = HangProof::kNone;
};

// The silence if it proves a hang by `threshold_s`, or the bar's own clock
// does; nullopt otherwise. `quiet_s` is what a watcher measured, which stands
// for the clock in a log that has none.
std::optional<Silence> ProvedSilence(const RunningWork& running,
                                     std::optional<std::int64_t> now_ns,
                                     double threshold_s,
                                     std::optional<double> quiet_s = {});

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_SILENCE_H_
