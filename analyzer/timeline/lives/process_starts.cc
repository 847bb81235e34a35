// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/process_starts.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/timeline/endings/silence.h"
#include "analyzer/timeline/troubles/repairs.h"

namespace logdiag {
namespace {

constexpr std::int64_t kPreface_ns = 60'000'000'000;

}  // namespace

bool ProcessStarts::OnContainerStart(const Event& event) {
  if (lives_->processes.SameContainerStart(event)) return false;
  ends_->Replace(event, chronicle_->BeforeBanner(event.line));
  Repairs(failures_).OnContainerStart(event.line);
  lives_->processes.BeginContainer(event);
  marks_.Begin(Event());
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "container-start");
  return true;
}

PossibleStart ProcessStarts::StartAt(const Event& event) {
  PossibleStart start;
  start.event = event;
  const std::vector<Quote> before = chronicle_->tail.Before(event.line, 1);
  if (!before.empty()) start.before = before.back();
  start.working = lives_->Working();
  if (!start.working || !event.time_ns) return start;
  const Quote& progress = lives_->works.running()->last_progress;
  for (const Quote& quote :
       chronicle_->tail.Before(event.line, LineTail::kCapacity)) {
    // A machine that boots, or what starts the program, prints before it does.
    if (!quote.time_ns || !progress.time_ns ||
        *event.time_ns - *quote.time_ns < kPreface_ns) {
      continue;
    }
    const auto silence_s =
        static_cast<double>(*quote.time_ns - *progress.time_ns) / 1e9;
    if (silence_s >= kJobGaveUpAfter_s) start.hangs_since = progress;
  }
  return start;
}

bool ProcessStarts::OnProcessStart(const Event& event) {
  if (lives_->processes.BeginsProcess()) {
    const bool replaces = Begin(StartAt(event));
    marks_.Begin(event);
    return replaces;
  }
  const std::optional<PossibleStart> proved = marks_.Take(StartAt(event));
  return proved && Begin(*proved);
}

bool ProcessStarts::Begin(const PossibleStart& start) {
  const Process* process = lives_->processes.current();
  const bool replaces =
      process != nullptr && (process->start_seen || process->worked);
  if (replaces) {
    RunningWork* running = lives_->works.running();
    if (start.hangs_since.line != 0 && running != nullptr &&
        running->last_progress.line >= start.event.line) {
      running->last_progress = start.hangs_since;
    }
    ends_->Replace(start.event, {start.before, start.event.time_ns});
  }
  lives_->processes.BeginProcess(start.event);
  // What came before the start was certain is of it, too.
  Process& begun = *lives_->processes.current();
  if (replaces) begun.seen = chronicle_->recent.Since(start.event.line);
  chronicle_->AddMilestone(start.event, &begun, "process-start");
  return replaces;
}

bool ProcessStarts::OnReady(const Event& event) {
  bool replaces = false;
  Process* process = &lives_->processes.Ensure(event);
  const std::size_t marker = std::get<MarkerHit>(event.what).marker;
  if (process->end == ProcessEnd::kStopped) {
    // What was stopped does not become ready.
    replaces = Begin(StartAt(event));
    process = lives_->processes.current();
  } else if (process->ready_line != 0) {
    if (marker != ready_marker_ ||
        event.line <= process->ready_line + kReadyLines) {
      return false;
    }
    if (const std::optional<PossibleStart> proved = marks_.TakeReady()) {
      replaces = Begin(*proved);
    } else if (process->worked) {
      // A second process, whose other words are missing.
      replaces = Begin(StartAt(event));
      marks_.Begin(event);
    } else {
      return false;
    }
    process = lives_->processes.current();
  }
  process->ready_line = event.line;
  ready_marker_ = marker;
  if (lives_->works.running() == nullptr) process->phase = "idle";
  Repairs(failures_).OnReady(process->number, event.line);
  chronicle_->AddMilestone(event, process, "ready");
  return replaces;
}

bool ProcessStarts::OnFatalTraceback() {
  const std::optional<PossibleStart> proved = marks_.TakeReady();
  return proved && Begin(*proved);
}

bool ProcessStarts::OnLogEnd() {
  if (!marks_.possible() || !marks_.possible()->working) return false;
  return OnFatalTraceback();
}

}  // namespace logdiag
