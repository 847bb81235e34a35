// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/process_ends.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "analyzer/timeline/endings/exit_code.h"
#include "analyzer/timeline/endings/silence.h"

namespace logdiag {
namespace {

// A regex names a group once; alternatives need other names for the code.
constexpr std::array<std::string_view, 5> kCodeGroups = {
    "exit_code", "code", "exitcode", "status", "returncode"};

std::optional<int> StatedCode(const MarkerHit& hit) {
  const std::string signal = CaptureOf(hit, "signal");
  for (const std::string_view group : kCodeGroups) {
    const std::string code = CaptureOf(hit, group);
    if (!code.empty()) return ExitCodeOf(code, signal);
  }
  return ExitCodeOf("", signal);
}

}  // namespace

void ProcessEnds::OnRestartAnnounced(const Event& event) {
  Process& process = lives_->processes.Ensure(event);
  process.end = ProcessEnd::kAnnounced;
  process.end_quote = QuoteOf(event);
  chronicle_->AddMilestone(event, &process, "restart-announced");
  // A restart during work may be the answer to a hang.
  hangs_->WorkHangs(event, kGaveUpAfter_s);
}

void ProcessEnds::OnStopped(const Event& event) {
  Process& process = lives_->processes.Ensure(event);
  if (process.end != ProcessEnd::kRunning) return;
  // Asked before the end is known: a start that hung was given up.
  const bool hung =
      !lives_->Working() && hangs_->StartHangs(event, kGaveUpAfter_s);
  process.end = ProcessEnd::kStopped;
  process.end_quote = QuoteOf(event);
  chronicle_->AddMilestone(event, &process, "stopped", event.text);
  if (hung) return;
  const bool starting = process.start_seen && process.ready_line == 0;
  const RunningWork* outer = lives_->works.outer();
  const bool at_work = lives_->Working() ||
                       (lives_->works.running() == nullptr &&
                        outer != nullptr && outer->work.kind != WorkKind::kJob);
  if (at_work) {
    hangs_->CutShort(event);
  } else if (starting && !process.worked && failures_->open() == nullptr) {
    failures_->Open(maker_->Make(FailureKind::kInterrupt, event));
  }
}

void ProcessEnds::OnDied(const Event& event, const MarkerHit& hit) {
  const std::optional<int> code = StatedCode(hit);
  if (code && IsOrderlyExit(*code)) return OnStopped(event);
  Process& process = lives_->processes.Ensure(event);
  Failure* open = failures_->open();
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
    if (code) open->exit_code = code;
    return;
  }
  NoteDeath(event, code, &process);
}

void ProcessEnds::OnShellReturned(const Event& event) {
  Process* process = lives_->processes.current();
  if (process == nullptr || process->end != ProcessEnd::kRunning) return;
  const bool told = failures_->open() != nullptr;
  const bool began = process->start_seen || process->worked;
  if (!began || told || !(lives_->Working() || lives_->Starting())) {
    process->end = ProcessEnd::kStopped;
    return;
  }
  process->end = ProcessEnd::kDied;
  process->end_quote = QuoteOf(event);
  NoteDeath(event, std::nullopt, process);
}

void ProcessEnds::NoteDeath(const Event& event, std::optional<int> code,
                            Process* process) {
  // A log that shows nothing of a start tells of something that ran.
  const bool unseen = !process->start_seen && process->container == 0;
  const bool served = process->ready_line != 0 || process->worked || unseen ||
                      lives_->works.running() != nullptr ||
                      lives_->works.outer() != nullptr;
  Failure failure =
      maker_->Make(served ? FailureKind::kDeath : FailureKind::kStartup, event);
  if (!served) failure.seen = process->seen;
  // A death right after a failure is its effect.
  const Failure* before = failures_->newest();
  if (!lives_->Working() && before != nullptr && !before->repaired_by &&
      before->kind == FailureKind::kException &&
      before->process == failure.process &&
      before->last_line + kLastWords >= event.line) {
    failure.phase = before->phase;
  }
  failure.ended_process = true;
  failure.exit_code = code;
  failure.same_point_deaths = failures_->DeathsIn(failure.phase) + 1;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, process, "died", event.text);
}

void ProcessEnds::EndByCode(const Event& end, const Given& given) {
  const bool killed = given.oom_killed.value_or(false);
  Process* process = lives_->processes.current();
  if (process == nullptr || process->end != ProcessEnd::kRunning ||
      (!given.exit_code && !killed && !given.ended)) {
    return;
  }
  const int code = given.exit_code.value_or(kExitKilled);
  const bool working = lives_->Working();
  const bool starting = lives_->Starting();
  if (IsOrderlyExit(code)) {
    if (working && code != 0) hangs_->CutShort(end);
    process->end = ProcessEnd::kStopped;
    return;
  }
  // An earlier failure that nothing repaired is what the code is about.
  if (!working && !starting && failures_->HasUnrepaired()) return;
  const bool hangs = lives_->works.worker_dead() ||
                     hangs_->WorkHangs(end, kOthersWentOnFor_s) ||
                     hangs_->StartHangs(end, kJobGaveUpAfter_s);
  process->end = ProcessEnd::kDied;
  Failure* open = failures_->open();
  if (hangs || (open != nullptr && open->kind != FailureKind::kOutput)) {
    if (open != nullptr) open->ended_process = true;
    return;
  }
  Failure failure = maker_->Make(
      starting && !working ? FailureKind::kStartup : FailureKind::kDeath, end);
  if (starting && !working) failure.seen = process->seen;
  const RunningWork* running = lives_->works.running();
  if (working && running->bar && running->bar->open) {
    failure.quote = running->bar_quote;
  }
  failure.ended_process = true;
  // The code is a given fact, and causes ask for it as that.
  failure.end_given = true;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(end, process, "end-given");
}

void ProcessEnds::Replace(const Event& event,
                          const LineTail::Boundary& boundary) {
  Process* process = lives_->processes.current();
  if (process == nullptr) return;
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
    NoteEnd(process, event, last, gap_s);
  }
  if (Failure* failure = failures_->open();
      failure != nullptr && failure->process == process->number) {
    failure->restart_gap_s = gap_s;
  }
  failures_->Close();
  failures_->CloseTrouble();
  if (const RunningWork* outer = lives_->works.outer()) {
    chronicle_->KeepOther(outer->work, WorkState::kLost);
  }
  std::vector<Work> lost = lives_->works.Abandon();
  for (Work& work : lost) {
    const bool open =
        work.state == WorkState::kRunning || work.state == WorkState::kQueued;
    if (open) work.state = WorkState::kLost;
  }
  chronicle_->KeepWorks(std::move(lost));
  lives_->processes.Keep();
}

// It ended without words of its own: after a proved hang, of a trouble in its
// last lines, or silently.
void ProcessEnds::NoteEnd(Process* process, const Event& event,
                          const Quote& last, std::optional<double> gap_s) {
  Event at = event;
  at.line = last.line;
  at.offset = last.offset;
  at.time_ns = last.time_ns;
  at.text = last.text;
  at.unterminated = last.unterminated;
  // The silence before the last line is proof enough: the start that follows is
  // the end of the hang.
  if (hangs_->WorkHangs(at, kJobGaveUpAfter_s)) {
    failures_->open()->ended_process = true;
    return;
  }
  Failure* trouble = failures_->trouble();
  // A start is certain some lines after its first one; a trouble between them
  // is its own.
  const bool explained = trouble != nullptr && !trouble->repaired_by &&
                         trouble->process == process->number &&
                         trouble->first_line <= last.line &&
                         failures_->open() == nullptr && !WentOn(*trouble) &&
                         trouble->last_line + kLastWords >= last.line;
  if (!explained) return NoteSilentEnd(*process, at, gap_s);
  Failure death = std::move(*trouble);
  failures_->DropTrouble();
  death.kind = lives_->Starting() ? FailureKind::kStartup : FailureKind::kDeath;
  death.ended_process = true;
  death.restart_gap_s = gap_s;
  death.same_point_deaths = failures_->DeathsIn(death.phase) + 1;
  process->end = ProcessEnd::kDied;
  process->end_quote = death.quote;
  failures_->Open(std::move(death));
}

void ProcessEnds::NoteSilentEnd(const Process& process, const Event& at,
                                std::optional<double> gap_s) {
  const RunningWork* running = lives_->works.running();
  const bool working = lives_->Working();
  const bool starting =
      lives_->Starting() && (process.start_seen || process.container != 0);
  if (!working && (!starting || failures_->open() != nullptr)) return;
  Failure failure =
      maker_->Make(working ? FailureKind::kSilence : FailureKind::kStartup, at);
  if (!working) failure.seen = process.seen;
  if (working && running->bar && running->bar->open) {
    failure.quote = running->bar_quote;
  }
  failure.ended_process = true;
  failure.restart_gap_s = gap_s;
  failure.same_point_deaths = failures_->DeathsIn(failure.phase) + 1;
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(at, &process, "silent-end", at.text);
}

}  // namespace logdiag
