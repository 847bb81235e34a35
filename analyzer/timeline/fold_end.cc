// The end of the log, and what the user knows about it.
#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/exit_code.h"
#include "analyzer/timeline/fold.h"
#include "analyzer/timeline/node_packs.h"
#include "analyzer/timeline/silence.h"

namespace logdiag {

// True if the end of the log tells of trouble in a start: a failed step
// anywhere, or a symptom in the last lines. Earlier symptoms are those of packs
// that did not load.
bool TimelineBuilder::Fold::InTrouble(const Process& process) const {
  return std::any_of(
      process.seen.begin(), process.seen.end(), [this](const auto& seen) {
        const Role role = catalogue_->markers[seen.first].role;
        return role == Role::kStepFailed ||
               (role == Role::kSymptom &&
                seen.second.last_line + kLastLines >= last_line_);
      });
}

// True if `time_ns` is known and later than the log's end.
bool TimelineBuilder::Fold::IsLater(std::optional<std::int64_t> time_ns) const {
  return time_ns && now_ns_ && *time_ns > *now_ns_;
}

// The hang that was just found was proved by nothing but the time at which the
// log was taken.
void TimelineBuilder::Fold::NoteWatched(bool watched) {
  Failure* hang = failures_.open();
  if (watched && hang != nullptr && hang->proof == HangProof::kClock) {
    hang->proof = HangProof::kCollected;
  }
}

// The exit code that the user gives for a process that the log leaves running:
// it ended there. What the log itself proves of that end stays the incident.
void TimelineBuilder::Fold::EndByCode(const Event& end, const Given& given) {
  const bool killed = given.oom_killed.value_or(false);
  Process* process = sessions_.current();
  if (process == nullptr || process->end != ProcessEnd::kRunning ||
      (!given.exit_code && !killed)) {
    return;
  }
  const int code = given.exit_code.value_or(kExitKilled);
  RunningPrompt* running = prompts_.running();
  const bool working =
      running != nullptr && running->prompt.state == PromptState::kRunning;
  const bool starting = process->ready_line == 0 && process->prompts == 0;
  if (IsOrderlyExit(code)) {
    if (working && code != 0) CutShort(end);
    process->end = ProcessEnd::kStopped;
    return;
  }
  // An earlier failure that nothing repaired is what the code is about.
  if (!working && !starting && failures_.HasUnrepaired()) return;
  process->end = ProcessEnd::kDied;
  const bool hangs = worker_dead_ || WorkHangs(end, kOthersWentOnFor_s) ||
                     StartHangs(end, kJobGaveUpAfter_s);
  Failure* open = failures_.open();
  if (hangs || (open != nullptr && open->kind != FailureKind::kOutput)) {
    if (open != nullptr) open->ended_process = true;
    return;
  }
  Failure failure = MakeFailure(
      starting && !working ? FailureKind::kStartup : FailureKind::kDeath, end);
  if (starting && !working) failure.seen = process->seen;
  if (working && running->bar && running->bar->open) {
    failure.quote = running->bar_quote;
  }
  failure.ended_process = true;
  failure.end_given = true;
  failures_.Open(std::move(failure));
  AddMilestone(end, "end-given");
}

// What the end of the log says about the prompt that runs. `watched`: it is
// known how long nothing followed.
void TimelineBuilder::Fold::EndRunning(const Event& end, bool watched) {
  RunningPrompt* running = prompts_.running();
  if (running == nullptr || running->prompt.state != PromptState::kRunning) {
    return;
  }
  const bool full_bar = running->bar && running->full_bars > 0 &&
                        running->bar->done >= running->bar->total;
  if (running->implicit && (full_bar || running->saved)) {
    ++timeline_.counts.executed;
    JudgeFinished(*running, end);
    failures_.OnSuccess(running->prompt, end.line);
    prompts_.Finish(end);
  } else if (running->began_after_another && running->prompt.phases.empty()) {
    running->prompt.state = PromptState::kQueued;
  } else if ((watched || last_line_ > running->last_progress.line) &&
             !worker_dead_ && WorkHangs(end, kOthersWentOnFor_s)) {
    NoteWatched(watched);
  }
}

Story TimelineBuilder::Fold::Finish(const std::vector<Event>& events,
                                    const Given& given) {
  for (const Event& event : events) OnEvent(event);
  Event end;
  end.line = last_line_;
  end.time_ns = now_ns_;
  const std::vector<Quote> last = tail_.Before(0, 1);
  if (!last.empty()) {
    end.offset = last.back().offset;
    end.text = last.back().text;
  }
  EndByCode(end, given);
  const Process* last_process = sessions_.current();
  const bool watched = IsLater(given.CollectedAt(clock_)) &&
                       last_process != nullptr &&
                       last_process->end == ProcessEnd::kRunning;
  if (watched) end.time_ns = given.CollectedAt(clock_);
  EndRunning(end, watched);
  if ((watched || last_line_ > start_progress_.line) &&
      StartHangs(end, kJobGaveUpAfter_s)) {
    NoteWatched(watched);
  }
  AddMilestone(end, "log-end");
  KeepPrompts(prompts_.Abandon());
  Process* process = sessions_.current();
  if (process != nullptr) process->last_line = last_line_;
  if (process != nullptr && process->end == ProcessEnd::kRunning &&
      process->ready_line == 0 && process->prompts == 0 &&
      timeline_.counts.executed == 0 && failures_.open() == nullptr &&
      InTrouble(*process)) {
    Failure failure = MakeFailure(FailureKind::kStartup, end);
    failure.seen = process->seen;
    failures_.Open(std::move(failure));
  }
  timeline_.clock = clock_;
  timeline_.counts.containers = sessions_.containers();
  timeline_.counts.sessions = sessions_.sessions();
  timeline_.processes = sessions_.Take();
  timeline_.failures = failures_.Take();
  LinkMissingNodes(&timeline_.failures);
  timeline_.gaps = gaps_.Longest();
  timeline_.tail = tail_.Before(0, kContextLines);
  return {std::move(timeline_), std::move(facts_)};
}

}  // namespace logdiag
