// Containers and processes.
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/exit_code.h"
#include "analyzer/timeline/fold.h"
#include "analyzer/timeline/silence.h"

namespace logdiag {
void TimelineBuilder::Fold::OnContainerStart(const Event& event) {
  if (sessions_.SameContainerStart(event)) return;
  EndProcess(event, true);
  failures_.OnContainerStart(event.line);
  sessions_.BeginContainer(event);
  AddMilestone(event, "container-start");
}

void TimelineBuilder::Fold::OnContainerStop(const Event& event) {
  OnStopped(event);
}

void TimelineBuilder::Fold::OnProcessStart(const Event& event,
                                           const Marker& marker) {
  if (!sessions_.BeginsProcess(marker.stage)) {
    sessions_.SetStage(marker.stage);
    return;
  }
  const Process* process = sessions_.current();
  if (process != nullptr && (process->start_seen || process->prompts != 0)) {
    EndProcess(event, false);
  }
  sessions_.BeginProcess(event, marker.stage);
  AddMilestone(event, "process-start");
}

void TimelineBuilder::Fold::OnReady(const Event& event) {
  Process& process = sessions_.Ensure(event);
  if (process.ready_line != 0) return;
  process.ready_line = event.line;
  if (prompts_.running() == nullptr) process.phase = "idle";
  failures_.OnReady(process.number, event.line);
  AddMilestone(event, "ready");
}

void TimelineBuilder::Fold::OnRestartAnnounced(const Event& event) {
  Process& process = sessions_.Ensure(event);
  process.end = ProcessEnd::kAnnounced;
  process.end_quote = QuoteOf(event);
  AddMilestone(event, "restart-announced");
  // A restart during work may be the answer to a hang.
  WorkHangs(event, kGaveUpAfter_s);
}

void TimelineBuilder::Fold::OnStopped(const Event& event) {
  Process& process = sessions_.Ensure(event);
  if (process.end != ProcessEnd::kRunning) return;
  process.end = ProcessEnd::kStopped;
  process.end_quote = QuoteOf(event);
  AddMilestone(event, "stopped", event.text);
  const RunningPrompt* running = prompts_.running();
  const bool working =
      running != nullptr && running->prompt.state == PromptState::kRunning;
  const bool starting = process.start_seen && process.ready_line == 0;
  if (working) {
    CutShort(event);
  } else if (StartHangs(event, kGaveUpAfter_s)) {
    return;
  } else if (starting && process.prompts == 0 && failures_.open() == nullptr) {
    failures_.Open(MakeFailure(FailureKind::kInterrupt, event));
  }
}

void TimelineBuilder::Fold::OnProcessDied(const Event& event,
                                          const MarkerHit& hit) {
  const std::optional<double> code = ReadNumber(CaptureOf(hit, "exit_code"));
  if (code && IsOrderlyExit(static_cast<int>(*code))) return OnStopped(event);
  Process& process = sessions_.Ensure(event);
  Failure* open = failures_.open();
  const bool told =
      open != nullptr && open->process == process.number &&
      (open->kind == FailureKind::kDeath ||
       open->kind == FailureKind::kStartup || open->kind == FailureKind::kStep);
  const bool ended = process.end == ProcessEnd::kStopped ||
                     process.end == ProcessEnd::kAnnounced;
  if (ended && !told) return;
  process.end = ProcessEnd::kDied;
  process.end_quote = QuoteOf(event);
  if (told) {
    open->ended_process = true;
    return;
  }
  const bool served = process.ready_line != 0 || process.prompts != 0 ||
                      prompts_.running() != nullptr;
  Failure failure =
      MakeFailure(served ? FailureKind::kDeath : FailureKind::kStartup, event);
  if (!served) failure.seen = process.seen;
  failure.ended_process = true;
  failure.same_point_deaths = failures_.DeathsIn(failure.phase) + 1;
  failures_.Open(std::move(failure));
  AddMilestone(event, "died", event.text);
}

void TimelineBuilder::Fold::EndProcess(const Event& event, bool banner) {
  Process* process = sessions_.current();
  if (process == nullptr) return;
  LineTail::Boundary boundary;
  if (banner) {
    boundary = own_tail_.BeforeBanner(event.line);
    // A log of the platform alone has no other lines.
    if (boundary.last.line == 0) boundary = tail_.BeforeBanner(event.line);
  } else {
    const std::vector<Quote> before = tail_.Before(event.line, 1);
    if (!before.empty()) boundary.last = before.back();
    boundary.next_ns = event.time_ns;
  }
  const Quote& last = boundary.last;
  process->last_line = last.line;
  process->last_ns = last.time_ns;
  std::optional<double> gap_s;
  // A clock that was set back says nothing about the gap.
  if (last.time_ns && boundary.next_ns && *boundary.next_ns >= *last.time_ns) {
    gap_s = static_cast<double>(*boundary.next_ns - *last.time_ns) / 1e9;
  }
  if (process->end == ProcessEnd::kRunning) {
    process->end = ProcessEnd::kSilent;
    NoteSilentEnd(*process, event, last, gap_s);
  }
  if (Failure* failure = failures_.open();
      failure != nullptr && failure->process == process->number) {
    failure->restart_gap_s = gap_s;
  }
  failures_.Close();
  worker_dead_ = false;
  pending_traceback_.reset();
  job_.reset();
  finished_.reset();
  std::vector<Prompt> lost = prompts_.Abandon();
  for (Prompt& prompt : lost) {
    const bool open = prompt.state == PromptState::kRunning ||
                      prompt.state == PromptState::kQueued;
    if (open) prompt.state = PromptState::kLost;
  }
  KeepPrompts(std::move(lost));
  sessions_.Keep();
}

void TimelineBuilder::Fold::NoteSilentEnd(const Process& process,
                                          const Event& event, const Quote& last,
                                          std::optional<double> gap_s) {
  const RunningPrompt* running = prompts_.running();
  const bool working =
      running != nullptr && running->prompt.state == PromptState::kRunning;
  const bool starting = process.ready_line == 0 && process.prompts == 0 &&
                        (process.start_seen || process.container != 0);
  if (!working && (!starting || failures_.open() != nullptr)) return;
  Event at = event;
  at.line = last.line;
  at.offset = last.offset;
  at.time_ns = last.time_ns;
  at.text = last.text;
  at.unterminated = last.unterminated;
  Failure failure =
      MakeFailure(working ? FailureKind::kSilence : FailureKind::kStartup, at);
  if (!working) failure.seen = process.seen;
  if (working && running->bar && running->bar->open) {
    failure.quote = running->bar_quote;
  }
  failure.ended_process = true;
  failure.restart_gap_s = gap_s;
  failure.same_point_deaths = failures_.DeathsIn(failure.phase) + 1;
  failures_.Open(std::move(failure));
  AddMilestone(at, "silent-end", last.text);
}

void TimelineBuilder::Fold::KeepPrompts(std::vector<Prompt> prompts) {
  std::vector<Prompt>& kept = timeline_.prompts;
  for (Prompt& prompt : prompts) {
    if (kept.size() == kMaxPrompts) kept.erase(kept.begin() + kMaxPrompts / 8);
    kept.push_back(std::move(prompt));
  }
}

}  // namespace logdiag
