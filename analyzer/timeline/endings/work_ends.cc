// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/work_ends.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/endings/silence.h"
#include "analyzer/timeline/record/sightings.h"
#include "analyzer/timeline/troubles/repairs.h"

namespace logdiag {
namespace {

// Work that finished was pathologically slow from here on: this long a step on
// average, and this long in all. Judgement: large video jobs take one to two
// minutes a step on small cards and are merely slow.
constexpr double kSlowStep_s = 60;
constexpr double kSlowWork_s = 1500;

bool HasEnded(const RunningWork& running) {
  return running.work.state != WorkState::kRunning;
}

}  // namespace

RunningWork& WorkEnds::EnsureRunning(const Event& event) {
  RunningWork* running = lives_->works.running();
  return running != nullptr ? *running : lives_->works.RunImplicit(event);
}

void WorkEnds::OnExecuted(const Event& event, const MarkerHit& hit) {
  Process& process = lives_->processes.Ensure(event);
  if (process.end == ProcessEnd::kDied) {
    process.end = ProcessEnd::kRunning;
    process.end_quote.reset();
    Repairs(failures_).OnSurvived(process.number, event.line);
  }
  chronicle_->KeepWorks(lives_->works.DropUnseen(event));
  EnsureRunning(event);
  Finish(event, CaptureOf(hit, "duration"));
  process.phase =
      lives_->works.running() == nullptr ? "idle" : "prompt-validation";
}

void WorkEnds::PassOn(const Event& event) {
  const RunningWork* running = lives_->works.running();
  if (running != nullptr && HasEnded(*running) && lives_->works.any_waiting()) {
    Finish(event, "");
  }
}

void WorkEnds::Finish(const Event& event, const std::string& duration) {
  std::optional<RunningWork> finished = lives_->works.Finish(event);
  if (!finished) return;
  Work& work = finished->work;
  work.duration = duration;
  const bool announced_end = !duration.empty();
  if (work.state == WorkState::kRunning && announced_end) {
    work.state = WorkState::kExecuted;
    ++chronicle_->counts.executed;
    chronicle_->AddMilestone(event, lives_->processes.current(),
                             "prompt-executed", duration);
    Failure* open = failures_->open();
    if (open != nullptr && open->kind == FailureKind::kOutput &&
        open->prompt == work.number) {
      open->finished = true;
    } else {
      Repairs(failures_).OnSuccess(work, event.line);
    }
    Judge(*finished, event);
  }
  if (!finished->implicit) chronicle_->KeepWorks({work});
  finished_ = std::move(finished);
  // What is told after the end of a work is not about its failure, unless the
  // failure is the server's own.
  const Failure* open = failures_->open();
  if (open != nullptr && open->kind != FailureKind::kDeath &&
      open->kind != FailureKind::kWorker) {
    failures_->Close();
  }
}

void WorkEnds::OnDegraded(const Event& event, const Marker& marker) {
  RunningWork* running = lives_->works.running();
  // The next one of the queue may have begun; it has not come far yet.
  const bool only_queued =
      running != nullptr && finished_ && IsOnlyQueued(running->work);
  if (running != nullptr && !only_queued) {
    if (running->bad_result) return;
    running->bad_result = event;
    running->bad_phase =
        marker.phase.empty() ? lives_->Phase() : marker.phase.str();
    return;
  }
  if (!finished_ || finished_->work.state != WorkState::kExecuted ||
      finished_->bad_result) {
    return;
  }
  finished_->bad_result = event;
  Failure failure = maker_->MakeOf(FailureKind::kDegraded, *finished_, event);
  failure.phase = marker.phase.empty() ? "save" : marker.phase;
  AddSighting(event, &failure.seen);
  failures_->Add(std::move(failure));
}

void WorkEnds::Judge(const RunningWork& finished, const Event& event) {
  if (finished.bad_result) {
    Failure failure =
        maker_->MakeOf(FailureKind::kDegraded, finished, *finished.bad_result);
    failure.phase = finished.bad_phase;
    AddSighting(*finished.bad_result, &failure.seen);
    failures_->Add(std::move(failure));
  }
  const std::optional<ProgressBar>& bar = finished.bar;
  if (bar && bar->seconds_per_step && *bar->seconds_per_step >= kSlowStep_s &&
      bar->elapsed_s >= kSlowWork_s) {
    Event shown = event;
    shown.line = finished.bar_quote.line;
    shown.offset = finished.bar_quote.offset;
    shown.time_ns = finished.bar_quote.time_ns;
    shown.text = finished.bar_quote.text;
    Failure failure = maker_->MakeOf(FailureKind::kSlow, finished, shown);
    failure.last_line = event.line;
    failure.phase = "sampling";
    failures_->Add(std::move(failure));
  }
}

void WorkEnds::OnFailed(const Event& event, const MarkerHit& hit) {
  RunningWork& running = EnsureRunning(event);
  if (running.work.state == WorkState::kFailed) return;
  const std::string error = CaptureOf(hit, "error");
  const bool interrupted = running.interrupt_requested ||
                           Contains(error, "InterruptProcessingException");
  if (interrupted) return OnInterrupted(event);
  Failure failure = maker_->Make(FailureKind::kException, event);
  failure.node = CaptureOf(hit, "node");
  running.work.state = WorkState::kFailed;
  ++chronicle_->counts.failed;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(), "prompt-failed",
                           error.empty() ? event.text : error);
}

void WorkEnds::OnInterrupted(const Event& event) {
  RunningWork& running = EnsureRunning(event);
  if (HasEnded(running)) return;
  const Failure* open = failures_->open();
  const bool rejected_outputs = open != nullptr &&
                                open->kind == FailureKind::kOutput &&
                                open->prompt == running.work.number;
  Failure failure = maker_->Make(FailureKind::kInterrupt, event);
  failure.phase = hangs_->PhaseCutShort();
  running.work.state = WorkState::kInterrupted;
  ++chronicle_->counts.interrupted;
  if (rejected_outputs) {
    failures_->Close();
    failures_->Add(std::move(failure));
  } else {
    failures_->Open(std::move(failure));
  }
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "prompt-interrupted");
}

void WorkEnds::OnWorkerDied(const Event& event) {
  RunningWork& running = EnsureRunning(event);
  Failure failure = maker_->Make(FailureKind::kWorker, event);
  if (running.work.state == WorkState::kRunning) {
    running.work.state = WorkState::kFailed;
  }
  failures_->Open(std::move(failure));
  lives_->works.set_worker_dead();
  chronicle_->AddMilestone(event, lives_->processes.current(), "worker-died",
                           event.text);
}

bool WorkEnds::FinishUnannounced(const Event& event) {
  if (!lives_->Working()) return false;
  const RunningWork* running = lives_->works.running();
  const bool full_bar = running->bar && running->full_bars > 0 &&
                        running->bar->done >= running->bar->total;
  if (!running->implicit || !(full_bar || running->saved)) return false;
  // What failed after the bar was full failed in this work.
  if (failures_->UnrepairedSince(running->work.queued_line)) return false;
  ++chronicle_->counts.executed;
  Judge(*running, event);
  Repairs(failures_).OnSuccess(running->work, event.line);
  lives_->works.Finish(event);
  return true;
}

void WorkEnds::OnInterruptRequest(const Event& event) {
  RunningWork* running = lives_->works.running();
  if (running != nullptr && !running->interrupt_requested) {
    running->interrupt_requested = true;
    running->interrupt_ns = event.time_ns;
  }
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "interrupt-request");
}

void WorkEnds::OnSaved(const Event& event, Timeline* timeline) {
  if (RunningWork* running = lives_->works.running()) running->saved = true;
  // A step of an image build may fail and be allowed to.
  if (!timeline->build_log) return;
  Repairs(failures_).OnImageBuilt(event.line);
  timeline->image_built = true;
}

}  // namespace logdiag
