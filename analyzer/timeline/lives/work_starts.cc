// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/work_starts.h"

namespace logdiag {

void WorkStarts::OnPromptQueued(const Event& event) {
  Process& process = lives_->processes.Ensure(event);
  ++process.prompts;
  process.worked = true;
  ++chronicle_->counts.prompts;
  if (lives_->works.worker_dead()) return;
  const RunningWork* running = lives_->works.running();
  // What began before the log did ends with its own "executed" line.
  const bool begins_inside = !process.start_seen && running != nullptr &&
                             running->bar &&
                             running->bar->done < running->bar->total;
  if (running != nullptr && running->implicit && !begins_inside) {
    ends_->Finish(event, "");
  }
  const bool idle = lives_->works.running() == nullptr;
  lives_->works.Queue(event);
  if (idle) {
    process.phase = "prompt-validation";
    chronicle_->AddMilestone(event, &process, "prompt-start");
  }
}

}  // namespace logdiag
