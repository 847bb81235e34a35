#include "analyzer/timeline/endings/outer_ends.h"

#include <utility>

#include "analyzer/timeline/endings/silence.h"

namespace logdiag {

void OuterEnds::OnJobQueued(const Event& event) {
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
