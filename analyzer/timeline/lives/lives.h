// SPDX-License-Identifier: Apache-2.0
// The lives that are open now: the process that runs and its work.
#ifndef LOGDIAG_TIMELINE_LIVES_LIVES_H_
#define LOGDIAG_TIMELINE_LIVES_LIVES_H_

#include <string>
#include <string_view>

#include "analyzer/timeline/lives/process_line.h"
#include "analyzer/timeline/lives/work_queue.h"

namespace logdiag {

// The dialect of programs that no dialect knows.
inline constexpr std::string_view kUnknownProgram = "unknown";

struct Lives {
  ProcessLine processes;
  WorkQueue works;

  // The phase of the process that runs; "unknown" if none is known.
  std::string Phase() {
    const Process* process = processes.current();
    if (process == nullptr || process->phase.empty()) return "unknown";
    return process->phase;
  }
  // Whether work has begun and has not ended.
  bool Working() {
    const RunningWork* running = works.running();
    return running != nullptr && running->work.state == WorkState::kRunning;
  }
  // Whether the process that runs is on its way to ready.
  bool Starting() {
    const Process* process = processes.current();
    return process != nullptr && process->ready_line == 0 && !process->worked;
  }
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_LIVES_H_
