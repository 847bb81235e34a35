#include "analyzer/timeline/lives/process_starts.h"

namespace logdiag {

bool ProcessStarts::OnContainerStart(const Event& event) {
  if (lives_->processes.SameContainerStart(event)) return false;
  ends_->Replace(event, true);
  failures_->OnContainerStart(event.line);
  lives_->processes.BeginContainer(event);
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "container-start");
  return true;
}

bool ProcessStarts::OnProcessStart(const Event& event, const Marker& marker) {
  if (!lives_->processes.BeginsProcess(marker.stage)) {
    lives_->processes.SetStage(marker.stage);
    return false;
  }
  const Process* process = lives_->processes.current();
  const bool replaces =
      process != nullptr && (process->start_seen || process->worked);
  if (replaces) ends_->Replace(event, false);
  lives_->processes.BeginProcess(event, marker.stage);
  chronicle_->AddMilestone(event, lives_->processes.current(), "process-start");
  return replaces;
}

void ProcessStarts::OnReady(const Event& event) {
  Process& process = lives_->processes.Ensure(event);
  if (process.ready_line != 0) return;
  process.ready_line = event.line;
  if (lives_->works.running() == nullptr) process.phase = "idle";
  failures_->OnReady(process.number, event.line);
  chronicle_->AddMilestone(event, &process, "ready");
}

}  // namespace logdiag
