// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/outer_ends.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/timeline/endings/silence.h"
#include "analyzer/timeline/troubles/repairs.h"

namespace logdiag {
namespace {

WorkKind KindOf(std::string_view name) {
  if (name == "job") return WorkKind::kJob;
  if (name == "request") return WorkKind::kRequest;
  if (name == "training") return WorkKind::kTraining;
  if (name == "download") return WorkKind::kDownload;
  if (name == "install") return WorkKind::kInstall;
  if (name == "task") return WorkKind::kTask;
  return WorkKind::kScript;
}

// Work that shows that the program serves. A pod installs and downloads on its
// way there, and a handler takes jobs before the server beside it is ready.
bool Serves(WorkKind kind) {
  return kind == WorkKind::kRequest || kind == WorkKind::kTraining ||
         kind == WorkKind::kScript;
}

}  // namespace

void OuterEnds::Finish(const Event& event) {
  RunningWork* outer = lives_->works.outer();
  if (outer == nullptr) return;
  ++chronicle_->counts.others_done;
  // No prompt runs inside a training: what moved its phases was itself.
  const RunningWork* running = lives_->works.running();
  if (outer->work.kind == WorkKind::kTraining && running != nullptr &&
      running->implicit &&
      running->work.queued_line >= outer->work.queued_line) {
    lives_->works.Finish(event);
  }
  Process& process = lives_->processes.Ensure(event);
  if (Serves(outer->work.kind) || outer->work.kind == WorkKind::kJob) {
    process.worked = true;
    Repairs(failures_).OnSuccess(outer->work, event.line);
    Repairs(failures_).OnReady(process.number, event.line);
  } else {
    Repairs(failures_).OnSetUp(outer->work, event.line);
  }
  chronicle_->AddMilestone(event, &process, "work-done", event.text);
  lives_->works.NoteDone(event.line);
  Close(event, WorkState::kExecuted);
}

void OuterEnds::Close(const Event& event, WorkState state) {
  RunningWork* outer = lives_->works.outer();
  if (outer == nullptr) return;
  outer->work.end_line = event.line;
  outer->work.end_ns = event.time_ns;
  chronicle_->KeepOther(outer->work, state);
  lives_->works.EndOuter();
}

void OuterEnds::OnJobFinished(const Event& event) {
  const RunningWork* job = lives_->works.outer();
  RunningWork* running = lives_->works.running();
  // A handler that is done with a job whose prompt still runs has given it up.
  if (job != nullptr && lives_->Working() && !running->implicit &&
      running->work.queued_line > job->work.queued_line) {
    running->gave_up = event;
    Close(event, WorkState::kFailed);
    return;
  }
  // Handlers say so of jobs that failed, too.
  if (job == nullptr || failures_->UnrepairedSince(job->work.queued_line)) {
    Close(event, WorkState::kFailed);
    return;
  }
  Finish(event);
}

void OuterEnds::OnBegins(const Event& event, const Marker& marker) {
  const WorkKind kind = KindOf(marker.work);
  const RunningWork* outer = lives_->works.outer();
  // Steps of one work begin one after the other.
  if (outer != nullptr && outer->work.kind == kind) return;
  if (outer != nullptr && outer->work.kind == WorkKind::kJob) return;
  Process& process = lives_->processes.Ensure(event);
  lives_->works.BeginOuter(kind, event);
  if (Serves(kind)) process.worked = true;
  chronicle_->AddMilestone(event, &process, "work-begins", event.text);
}

void OuterEnds::OnDone(const Event& event, const Marker& marker) {
  const WorkKind kind = KindOf(marker.work);
  RunningWork* outer = lives_->works.outer();
  if (kind == WorkKind::kScript && !IsScript()) return;
  if (outer != nullptr && outer->work.kind != kind) return;
  // Sums and times are printed after failures, too.
  const bool serves = Serves(kind) || kind == WorkKind::kJob;
  if (outer != nullptr && serves &&
      failures_->UnrepairedSince(outer->work.queued_line)) {
    Close(event, WorkState::kFailed);
    return;
  }
  // The log begins inside it.
  if (outer == nullptr) lives_->works.BeginOuter(kind, event);
  Finish(event);
}

// Whether the log is of a script: what it says of its end counts only there.
bool OuterEnds::IsScript() {
  const Process* process = lives_->processes.current();
  const bool serves =
      process != nullptr && (process->start_seen || process->ready_line != 0 ||
                             process->prompts != 0);
  return chronicle_->programs.empty() && !serves;
}

void OuterEnds::OnFailed(const Event& event, const Marker& marker) {
  const RunningWork* outer = lives_->works.outer();
  // Without its begin in the log, what came closely before is of it.
  const std::uint64_t near = FailureLog::kGatherLines;
  const std::uint64_t begun = outer != nullptr
                                  ? outer->work.queued_line
                                  : event.line - std::min(event.line, near);
  Failure* open = failures_->open();
  if (open != nullptr && open->first_line >= begun) {
    open->last_line = event.line;  // told already, in other words
  } else {
    Failure failure = maker_->Make(FailureKind::kWork, event);
    if (!marker.phase.empty()) failure.phase = marker.phase;
    failure.working = true;
    tracebacks_->Claim(begun, &failure);
    failures_->Open(std::move(failure));
    chronicle_->AddMilestone(event, lives_->processes.current(), "work-failed",
                             event.text);
  }
  Close(event, WorkState::kFailed);
}

void OuterEnds::OnJobQueued(const Event& event) {
  // Not every handler says that a job that failed is over.
  const RunningWork* before = lives_->works.outer();
  if (before != nullptr &&
      failures_->UnrepairedSince(before->work.queued_line)) {
    chronicle_->KeepOther(before->work, WorkState::kFailed);
  }
  lives_->works.BeginOuter(WorkKind::kJob, event);
}

void OuterEnds::OnJobFailed(const Event& event, const Marker& marker) {
  if (hangs_->StartHangs(event, kJobGaveUpAfter_s)) return;
  RunningWork* running = lives_->works.running();
  const RunningWork* job = lives_->works.outer();
  const std::uint64_t job_line = job != nullptr ? job->work.queued_line : 0;
  // A bad result is told before the handler gives up because of it.
  const Failure* newest = failures_->newest();
  const bool degraded =
      newest != nullptr && newest->kind == FailureKind::kDegraded;
  const bool already = !degraded && failures_->newest_line() > 0 &&
                       failures_->newest_line() >= job_line &&
                       failures_->newest_line() <= event.line;
  Failure* open = failures_->open();
  if (open != nullptr && already) {
    open->last_line = event.line;
    return;
  }
  if (already && job != nullptr) return;
  if (hangs_->WorkHangs(event, kJobGaveUpAfter_s)) return;
  Failure failure = maker_->Make(FailureKind::kJob, event);
  if (!marker.phase.empty()) failure.phase = marker.phase;
  if (running == nullptr) failure.seen = chronicle_->recent.Since(job_line);
  tracebacks_->Claim(job_line, &failure);
  // Work that nobody announced was this job's.
  if (running != nullptr && running->implicit) {
    running->work.state = WorkState::kFailed;
  }
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(), "job-failed",
                           event.text);
}

}  // namespace logdiag
