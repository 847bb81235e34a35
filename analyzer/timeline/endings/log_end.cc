// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/log_end.h"

#include <algorithm>
#include <utility>

#include "analyzer/timeline/endings/silence.h"

namespace logdiag {

bool LogEnd::Close(const Given& given) {
  Event end = chronicle_->EndOfLog();
  process_ends_->EndByCode(end, given);
  const Process* process = lives_->processes.current();
  // It is known how long nothing followed.
  const std::optional<std::int64_t> collected =
      given.CollectedAt(chronicle_->clock.clock(), chronicle_->clock.now_ns());
  const std::optional<std::int64_t> now = chronicle_->clock.now_ns();
  const bool later = collected && now && *collected > *now;
  const bool timed = !now && given.quiet_ns;
  const bool watched = (later || timed) && process != nullptr &&
                       process->end == ProcessEnd::kRunning;
  if (watched && later) end.time_ns = collected;
  if (watched && timed) {
    hangs_->Watch(static_cast<double>(*given.quiet_ns) / 1e9);
  }
  CloseWork(end, watched);
  CloseOuter(end, watched);
  CloseStart(end, watched);
  CloseTrouble(end);
  CloseSymptoms(end);
  hang_in_s_ = UntilHang(end, given);
  const bool open = lives_->Working() || lives_->works.outer() != nullptr;
  chronicle_->AddMilestone(end, lives_->processes.current(), "log-end");
  if (const RunningWork* outer = lives_->works.outer()) {
    chronicle_->KeepOther(outer->work, WorkState::kRunning);
  }
  chronicle_->KeepWorks(lives_->works.Abandon());
  if (Process* last = lives_->processes.current()) {
    last->last_line = chronicle_->clock.last_line();
    last->last_ns = chronicle_->clock.now_ns();
    if (last->end == ProcessEnd::kRunning && lives_->Starting() &&
        chronicle_->counts.executed == 0 && failures_->open() == nullptr &&
        InTrouble(*last)) {
      Failure failure = maker_->Make(FailureKind::kStartup, end);
      failure.seen = last->seen;
      failures_->Open(std::move(failure));
    }
  }
  return open;
}

double LogEnd::SilenceSince(const Quote& last, const Event& end,
                            const Given& given) const {
  if (last.time_ns && end.time_ns) {
    return static_cast<double>(*end.time_ns - *last.time_ns) / 1e9;
  }
  return static_cast<double>(given.quiet_ns.value_or(0)) / 1e9;
}

std::optional<double> LogEnd::UntilHang(const Event& end, const Given& given) {
  const Process* process = lives_->processes.current();
  if (process == nullptr || process->end != ProcessEnd::kRunning ||
      lives_->works.worker_dead()) {
    return std::nullopt;
  }
  const auto left = [&](const RunningWork& work) {
    return EnoughSilence(work, kOthersWentOnFor_s) -
           SilenceSince(work.last_progress, end, given);
  };
  const RunningWork* outer = lives_->works.outer();
  double seconds = 0;
  if (lives_->Working()) {
    seconds = left(*lives_->works.running());
  } else if (outer != nullptr && outer->work.kind != WorkKind::kJob) {
    seconds = left(*outer);
  } else if (lives_->Starting() && process->start_seen &&
             chronicle_->counts.executed == 0 && failures_->open() == nullptr) {
    seconds = kJobGaveUpAfter_s - SilenceSince(signs_->of_start(), end, given);
  }
  // What is over and proved nothing will prove nothing.
  return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

// Work that says nothing of its end is done when its bar is full.
void LogEnd::CloseOuter(const Event& end, bool watched) {
  RunningWork* outer = lives_->works.outer();
  if (outer == nullptr || lives_->Working()) return;
  const bool full = outer->bar && outer->full_bars > 0 &&
                    outer->bar->done >= outer->bar->total;
  const bool serves = outer->work.kind != WorkKind::kJob;
  if (full && serves && !failures_->UnrepairedSince(outer->work.queued_line)) {
    outer_ends_->Finish(end);
    return;
  }
  const bool silent =
      watched || chronicle_->clock.last_line() > outer->last_progress.line;
  if (silent && hangs_->OuterHangs(end, kOthersWentOnFor_s)) {
    NoteWatched(watched);
  }
}

// A log of nothing but the words of a symptom is a paste, and tells of what
// failed.
void LogEnd::CloseSymptoms(const Event& end) {
  const Process* process = lives_->processes.current();
  const bool unseen =
      process == nullptr ||
      (!process->start_seen && !process->worked && process->ready_line == 0);
  if (failures_->open() != nullptr || failures_->trouble() != nullptr ||
      failures_->HasUnrepaired() ||
      chronicle_->counts.executed + chronicle_->counts.others_done > 0 ||
      !unseen || lives_->works.outer() != nullptr) {
    return;
  }
  const Event* first = nullptr;
  for (const auto& [marker, seen] : chronicle_->seen) {
    if (catalogue_->markers[marker].role != Role::kSymptom) continue;
    // The kernel's words stay true whatever follows them.
    const bool last = seen.last_line + kLastWordsOfPaste >= end.line ||
                      seen.first.source == Source::kKernel;
    if (!last) continue;
    if (first == nullptr || seen.first.line < first->line) first = &seen.first;
  }
  if (first == nullptr) return;
  Failure trouble = maker_->Make(FailureKind::kTrouble, *first);
  trouble.seen = chronicle_->recent.Since(first->line);
  trouble.stated = true;
  failures_->OpenTrouble(std::move(trouble));
}

// A start that the log leaves in trouble has failed.
void LogEnd::CloseTrouble(const Event& end) {
  Failure* trouble = failures_->trouble();
  const Process* process = lives_->processes.current();
  if (trouble == nullptr || trouble->repaired_by || process == nullptr ||
      trouble->process != process->number || failures_->open() != nullptr ||
      !lives_->Starting() || trouble->working ||
      (!process->start_seen && process->container == 0) ||
      trouble->last_line + kLastLines < end.line) {
    return;
  }
  Failure failure = std::move(*trouble);
  failures_->DropTrouble();
  failure.kind = FailureKind::kStartup;
  failures_->Open(std::move(failure));
}

void LogEnd::CloseWork(const Event& end, bool watched) {
  if (!lives_->Working() || work_ends_->FinishUnannounced(end)) return;
  RunningWork* running = lives_->works.running();
  const bool silent =
      watched || running->gave_up ||
      chronicle_->clock.last_line() > running->last_progress.line;
  if (running->began_after_another && running->work.phases.empty()) {
    running->work.state = WorkState::kQueued;
  } else if (silent && !lives_->works.worker_dead() &&
             hangs_->WorkHangs(end, kOthersWentOnFor_s)) {
    NoteWatched(watched);
  }
}

void LogEnd::CloseStart(const Event& end, bool watched) {
  const bool silent =
      watched || chronicle_->clock.last_line() > signs_->of_start().line;
  if (silent && hangs_->StartHangs(end, kJobGaveUpAfter_s)) {
    NoteWatched(watched);
  }
}

// True if the end of the log tells of trouble in a start: a failed step
// anywhere, or a symptom in the last lines. Earlier symptoms are those of packs
// that did not load; and work that was done after one was not kept from it.
bool LogEnd::InTrouble(const Process& process) const {
  const std::uint64_t last_line = chronicle_->clock.last_line();
  const std::uint64_t done_line = lives_->works.done_line();
  return std::any_of(
      process.seen.begin(), process.seen.end(), [&](const auto& seen) {
        const Role role = catalogue_->markers[seen.first].role;
        return role == Role::kStepFailed ||
               (role == Role::kSymptom &&
                seen.second.last_line + kLastLines >= last_line &&
                seen.second.last_line > done_line);
      });
}

// The hang that was just found was proved by nothing but the time at which the
// log was taken.
void LogEnd::NoteWatched(bool watched) {
  Failure* hang = failures_->open();
  if (watched && hang != nullptr && hang->proof == HangProof::kClock) {
    hang->proof = HangProof::kCollected;
  }
}

}  // namespace logdiag
