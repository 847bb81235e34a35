// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/hang_proofs.h"

#include <optional>
#include <utility>

#include "analyzer/timeline/endings/silence.h"

namespace logdiag {

// ComfyUI looks for an interrupt between nodes and at each step, never inside a
// load: what was cut short after the load of a main model was its sampling.
std::string HangProofs::PhaseCutShort() const {
  const RunningWork* running = lives_->works.running();
  const std::string phase = lives_->Phase();
  if (running == nullptr || phase != "model-load" || !running->loads_main) {
    return phase;
  }
  return "sampling";
}

bool HangProofs::WorkHangs(const Event& event, double threshold_s) {
  if (!lives_->Working()) return OuterHangs(event, threshold_s);
  return Hangs(*lives_->works.running(), event, threshold_s);
}

bool HangProofs::OuterHangs(const Event& event, double threshold_s) {
  const RunningWork* outer = lives_->works.outer();
  // A handler's job waits for the server beside it: that is the start's, or a
  // prompt's, silence.
  if (outer == nullptr || outer->work.kind == WorkKind::kJob) return false;
  return Hangs(*outer, event, threshold_s);
}

bool HangProofs::Hangs(const RunningWork& work, const Event& event,
                       double threshold_s) {
  const Failure* open = failures_->open();
  if (open != nullptr && open->kind == FailureKind::kHang &&
      open->prompt == work.work.number) {
    return true;  // told already
  }
  std::optional<Silence> silence = ProvedSilence(
      work, event.time_ns ? event.time_ns : chronicle_->clock.now_ns(),
      threshold_s, quiet_s_);
  if (!silence && !work.gave_up) return false;
  Failure failure = maker_->Make(FailureKind::kHang, event);
  if (silence) {
    failure.silence_s = silence->seconds;
    failure.proof = silence->proof;
  } else {
    failure.proof = HangProof::kWaiter;
    failure.headline = QuoteOf(*work.gave_up);
  }
  // Validation takes moments; then the first nodes run, and they load models.
  if (failure.phase == "prompt-validation") {
    failure.phase = "model-load";
    failure.phase_inferred = true;
  }
  failure.quote = work.last_progress;
  failure.first_line = work.last_progress.line;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(), "hang");
  return true;
}

void HangProofs::OnGaveUp(const Event& event) {
  RunningWork* outer = lives_->works.outer();
  if (lives_->Working()) {
    lives_->works.running()->gave_up = event;
  } else if (outer != nullptr && outer->work.kind != WorkKind::kJob) {
    outer->gave_up = event;
  } else {
    StartHangs(event, kJobGaveUpAfter_s, true);
  }
}

void HangProofs::CutShort(const Event& event) {
  if (WorkHangs(event, kGaveUpAfter_s)) return;
  Failure failure = maker_->Make(FailureKind::kInterrupt, event);
  failure.phase = PhaseCutShort();
  ++chronicle_->counts.interrupted;
  if (RunningWork* running = lives_->works.running()) {
    running->work.state = WorkState::kInterrupted;
  }
  lives_->works.EndOuter();
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "prompt-interrupted");
}

bool HangProofs::StartHangs(const Event& event, double threshold_s,
                            bool somebody_gave_up) {
  const Process* process = lives_->processes.current();
  if (!lives_->Starting() || !process->start_seen ||
      process->end != ProcessEnd::kRunning ||
      chronicle_->counts.executed != 0 || failures_->open() != nullptr) {
    return false;
  }
  const Quote& last = signs_->of_start();
  std::optional<double> silence_s = quiet_s_;
  if (event.time_ns && last.time_ns) {
    silence_s = static_cast<double>(*event.time_ns - *last.time_ns) / 1e9;
  }
  if (silence_s) {
    if (*silence_s < threshold_s) return false;
    if (*silence_s > kLongestSilence_s) silence_s.reset();
  }
  if (!silence_s && !somebody_gave_up) return false;
  Failure failure = maker_->Make(FailureKind::kHang, event);
  failure.silence_s = silence_s;
  failure.proof = silence_s ? HangProof::kClock : HangProof::kWaiter;
  failure.quote = last;
  failure.first_line = last.line;
  failure.seen = process->seen;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, process, "hang");
  return true;
}

}  // namespace logdiag
