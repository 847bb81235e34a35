// The life of prompts and jobs.
#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/fold.h"
#include "analyzer/timeline/silence.h"

namespace logdiag {
namespace {

// A prompt that finished was pathologically slow from here on: this long a
// step on average, and this long in all. Judgement: large video jobs take one
// to two minutes a step on small cards and are merely slow.
constexpr double kSlowStep_s = 60;
constexpr double kSlowPrompt_s = 1500;

bool HasEnded(const RunningPrompt& running) {
  return running.prompt.state != PromptState::kRunning;
}

}  // namespace

void TimelineBuilder::Fold::OnPromptQueued(const Event& event) {
  Process& process = sessions_.Ensure(event);
  ++process.prompts;
  ++timeline_.counts.prompts;
  if (worker_dead_) return;
  RunningPrompt* running = prompts_.running();
  // What began before the log did ends with its own "executed" line.
  const bool begins_inside = !process.start_seen && running != nullptr &&
                             running->bar &&
                             running->bar->done < running->bar->total;
  if (running != nullptr && running->implicit && !begins_inside) {
    FinishRunning(event, "");
  }
  const bool idle = prompts_.running() == nullptr;
  prompts_.Queue(event);
  if (idle) {
    process.phase = "prompt-validation";
    AddMilestone(event, "prompt-start");
  }
}

RunningPrompt& TimelineBuilder::Fold::EnsureRunning(const Event& event) {
  RunningPrompt* running = prompts_.running();
  return running != nullptr ? *running : prompts_.RunImplicit(event);
}

void TimelineBuilder::Fold::OnPromptExecuted(const Event& event,
                                             const MarkerHit& hit) {
  Process& process = sessions_.Ensure(event);
  if (process.end == ProcessEnd::kDied) {
    process.end = ProcessEnd::kRunning;
    process.end_quote.reset();
    failures_.OnSurvived(process.number, event.line);
  }
  EnsureRunning(event);
  FinishRunning(event, CaptureOf(hit, "duration"));
  process.phase = prompts_.running() == nullptr ? "idle" : "prompt-validation";
}

void TimelineBuilder::Fold::FinishRunning(const Event& event,
                                          const std::string& duration) {
  std::optional<RunningPrompt> finished = prompts_.Finish(event);
  if (!finished) return;
  Prompt& prompt = finished->prompt;
  prompt.duration = duration;
  const bool announced_end = !duration.empty();
  if (prompt.state == PromptState::kRunning && announced_end) {
    prompt.state = PromptState::kExecuted;
    ++timeline_.counts.executed;
    AddMilestone(event, "prompt-executed", duration);
    Failure* open = failures_.open();
    if (open != nullptr && open->kind == FailureKind::kOutput &&
        open->prompt == prompt.number) {
      open->finished = true;
    } else {
      failures_.OnSuccess(prompt, event.line);
    }
    JudgeFinished(*finished, event);
  }
  if (!finished->implicit) KeepPrompts({prompt});
  finished_ = std::move(finished);
  // What is told after the end of a prompt is not about its failure, unless
  // the failure is the server's own.
  const Failure* open = failures_.open();
  if (open != nullptr && open->kind != FailureKind::kDeath &&
      open->kind != FailureKind::kWorker) {
    failures_.Close();
  }
}

// A bad result of the prompt that runs, or of the one that has just finished:
// uploads and checks of results come after "Prompt executed".
void TimelineBuilder::Fold::OnDegraded(const Event& event,
                                       const Marker& marker) {
  RunningPrompt* running = prompts_.running();
  // The next one of the queue may have begun; it has not come far yet.
  const bool only_queued =
      running != nullptr && finished_ &&
      std::all_of(running->prompt.phases.begin(), running->prompt.phases.end(),
                  [](const PhaseSpan& span) {
                    return span.phase == "prompt-validation";
                  });
  if (running != nullptr && !only_queued) {
    if (running->bad_result) return;
    running->bad_result = event;
    running->bad_phase = marker.phase.empty() ? Phase() : marker.phase;
    return;
  }
  if (!finished_ || finished_->prompt.state != PromptState::kExecuted ||
      finished_->bad_result) {
    return;
  }
  finished_->bad_result = event;
  Failure failure = FailureOf(FailureKind::kDegraded, *finished_, event);
  failure.phase = marker.phase.empty() ? "save" : marker.phase;
  AddSighting(event, &failure.seen);
  failures_.Add(std::move(failure));
}

void TimelineBuilder::Fold::OnSaved(const Event& event) {
  if (RunningPrompt* running = prompts_.running()) running->saved = true;
  // A step of an image build may fail and be allowed to.
  if (!timeline_.build_log) return;
  failures_.OnImageBuilt(event.line);
  timeline_.image_built = true;
}

Failure TimelineBuilder::Fold::FailureOf(FailureKind kind,
                                         const RunningPrompt& finished,
                                         const Event& shown) {
  Failure failure = MakeFailure(kind, shown);
  failure.prompt = finished.prompt.number;
  failure.work = finished.prompt.work;
  failure.auxiliary = finished.prompt.auxiliary;
  failure.seen = finished.seen;
  failure.bar = finished.bar;
  failure.bar_line = finished.bar_quote.line;
  failure.finished = true;
  return failure;
}

void TimelineBuilder::Fold::JudgeFinished(const RunningPrompt& finished,
                                          const Event& event) {
  if (finished.bad_result) {
    Failure failure =
        FailureOf(FailureKind::kDegraded, finished, *finished.bad_result);
    failure.phase = finished.bad_phase;
    AddSighting(*finished.bad_result, &failure.seen);
    failures_.Add(std::move(failure));
  }
  const std::optional<ProgressBar>& bar = finished.bar;
  if (bar && bar->seconds_per_step && *bar->seconds_per_step >= kSlowStep_s &&
      bar->elapsed_s >= kSlowPrompt_s) {
    Event shown = event;
    shown.line = finished.bar_quote.line;
    shown.offset = finished.bar_quote.offset;
    shown.time_ns = finished.bar_quote.time_ns;
    shown.text = finished.bar_quote.text;
    Failure failure = FailureOf(FailureKind::kSlow, finished, shown);
    failure.last_line = event.line;
    failure.phase = "sampling";
    failures_.Add(std::move(failure));
  }
}

void TimelineBuilder::Fold::OnPromptFailed(const Event& event,
                                           const MarkerHit& hit) {
  RunningPrompt& running = EnsureRunning(event);
  if (running.prompt.state == PromptState::kFailed) return;
  const std::string error = CaptureOf(hit, "error");
  const bool interrupted = running.interrupt_requested ||
                           Contains(error, "InterruptProcessingException");
  if (interrupted) return OnPromptInterrupted(event);
  Failure failure = MakeFailure(FailureKind::kException, event);
  failure.node = CaptureOf(hit, "node");
  running.prompt.state = PromptState::kFailed;
  ++timeline_.counts.failed;
  failures_.Open(std::move(failure));
  AddMilestone(event, "prompt-failed", error.empty() ? event.text : error);
}

void TimelineBuilder::Fold::OnOutputRejected(const Event& event) {
  Prompt* prompt = prompts_.newest();
  Failure* open = failures_.open();
  const bool told = open != nullptr && open->kind == FailureKind::kOutput &&
                    event.line - open->last_line <= kGatherLines &&
                    (prompt == nullptr || prompt->number == open->prompt);
  if (told) open->last_line = event.line;
  if (told || (prompt != nullptr && prompt->outputs_rejected)) return;
  Failure failure = MakeFailure(FailureKind::kOutput, event);
  failure.phase = "prompt-validation";
  failure.bar.reset();
  failure.work.clear();
  if (prompt != nullptr) {
    prompt->outputs_rejected = true;
    failure.prompt = prompt->number;
    failure.first_line = prompt->queued_line;
    failure.seen = recent_.Since(prompt->queued_line);
  }
  failures_.Open(std::move(failure));
}

void TimelineBuilder::Fold::OnPromptRejected(const Event& event) {
  const std::optional<Prompt> prompt = prompts_.RejectNewest(event.line);
  const std::uint64_t number = prompt ? prompt->number : 0;
  if (prompt) KeepPrompts({*prompt});
  if (prompt) ++timeline_.counts.failed;
  Failure* open = failures_.open();
  if (open != nullptr && open->kind == FailureKind::kOutput &&
      open->prompt == number) {
    open->kind = FailureKind::kRejected;
  } else if (open != nullptr && open->kind == FailureKind::kRejected &&
             number == 0 && event.line - open->last_line <= kGatherLines) {
    open->last_line = event.line;  // another line of the same refusal
    return;
  } else {
    Failure failure = MakeFailure(FailureKind::kRejected, event);
    failure.prompt = number;
    failure.bar.reset();
    failure.work.clear();
    const std::uint64_t from = prompt ? prompt->queued_line : event.line;
    failure.first_line = from;
    failure.seen = recent_.Since(from);
    if (pending_traceback_ && pending_traceback_->line >= from) {
      SetTraceback(*pending_traceback_,
                   std::get<Traceback>(pending_traceback_->what), &failure);
      pending_traceback_.reset();
    }
    open = &failures_.Open(std::move(failure));
  }
  open->phase = "prompt-validation";
  open->last_line = event.line;
  if (prompts_.running() == nullptr) sessions_.Ensure(event).phase = "idle";
  AddMilestone(event, "prompt-rejected", event.text);
}

void TimelineBuilder::Fold::OnInterruptRequest(const Event& event) {
  RunningPrompt* running = prompts_.running();
  if (running != nullptr) running->interrupt_requested = true;
  AddMilestone(event, "interrupt-request");
}

// ComfyUI looks for an interrupt between nodes and at each step, never inside a
// load: what was cut short after the load of a main model was its sampling.
std::string TimelineBuilder::Fold::PhaseCutShort() {
  const RunningPrompt* running = prompts_.running();
  const std::string phase = Phase();
  if (running == nullptr || phase != "model-load" || !running->loads_main) {
    return phase;
  }
  return "sampling";
}

void TimelineBuilder::Fold::OnPromptInterrupted(const Event& event) {
  RunningPrompt& running = EnsureRunning(event);
  if (HasEnded(running)) return;
  Failure* open = failures_.open();
  const bool rejected_outputs = open != nullptr &&
                                open->kind == FailureKind::kOutput &&
                                open->prompt == running.prompt.number;
  Failure failure = MakeFailure(FailureKind::kInterrupt, event);
  failure.phase = PhaseCutShort();
  running.prompt.state = PromptState::kInterrupted;
  ++timeline_.counts.interrupted;
  if (rejected_outputs) {
    failures_.Close();
    failures_.Add(std::move(failure));
  } else {
    failures_.Open(std::move(failure));
  }
  AddMilestone(event, "prompt-interrupted");
}

// Records a hang of the running prompt if its silence up to `event` proves one.
bool TimelineBuilder::Fold::WorkHangs(const Event& event, double threshold_s) {
  const RunningPrompt* running = prompts_.running();
  if (running == nullptr || HasEnded(*running)) return false;
  const Failure* open = failures_.open();
  if (open != nullptr && open->kind == FailureKind::kHang &&
      open->prompt == running->prompt.number) {
    return false;  // told already
  }
  const std::optional<Silence> silence = ProvedSilence(
      *running, event.time_ns ? event.time_ns : now_ns_, threshold_s);
  if (!silence) return false;
  Failure failure = MakeFailure(FailureKind::kHang, event);
  failure.silence_s = silence->seconds;
  failure.proof = silence->proof;
  // Validation takes moments; then the first nodes run, and they load models.
  if (failure.phase == "prompt-validation") failure.phase = "model-load";
  failure.quote = running->last_progress;
  failure.first_line = running->last_progress.line;
  failures_.Open(std::move(failure));
  AddMilestone(event, "hang");
  return true;
}

// Somebody stopped the running prompt: after a proved silence because it hung,
// otherwise because they wanted to.
void TimelineBuilder::Fold::CutShort(const Event& event) {
  if (WorkHangs(event, kGaveUpAfter_s)) return;
  Failure failure = MakeFailure(FailureKind::kInterrupt, event);
  failure.phase = PhaseCutShort();
  ++timeline_.counts.interrupted;
  prompts_.running()->prompt.state = PromptState::kInterrupted;
  failures_.Open(std::move(failure));
  AddMilestone(event, "prompt-interrupted");
}

// The process never got ready, and whoever waited for it gave up at `event`
// after a proved silence, or said so in a log without a clock: then that is
// recorded as a hang.
bool TimelineBuilder::Fold::StartHangs(const Event& event, double threshold_s,
                                       bool somebody_gave_up) {
  const Process* process = sessions_.current();
  if (process == nullptr || !process->start_seen ||
      process->end != ProcessEnd::kRunning || process->ready_line != 0 ||
      process->prompts != 0 || timeline_.counts.executed != 0 ||
      failures_.open() != nullptr) {
    return false;
  }
  std::optional<double> silence_s;
  if (event.time_ns && start_progress_.time_ns) {
    silence_s =
        static_cast<double>(*event.time_ns - *start_progress_.time_ns) / 1e9;
    if (*silence_s < threshold_s) return false;
  } else if (!somebody_gave_up) {
    return false;
  }
  Failure failure = MakeFailure(FailureKind::kHang, event);
  failure.silence_s = silence_s;
  failure.proof = silence_s ? HangProof::kClock : HangProof::kWaiter;
  failure.quote = start_progress_;
  failure.first_line = start_progress_.line;
  failure.seen = process->seen;
  failures_.Open(std::move(failure));
  AddMilestone(event, "hang");
  return true;
}

void TimelineBuilder::Fold::OnJobFailed(const Event& event,
                                        const Marker& marker) {
  if (StartHangs(event, kJobGaveUpAfter_s)) return;
  RunningPrompt* running = prompts_.running();
  const std::uint64_t job_line = job_ ? job_->line : 0;
  // A bad result is told before the handler gives up because of it.
  const Failure* newest = failures_.newest();
  const bool degraded =
      newest != nullptr && newest->kind == FailureKind::kDegraded;
  const bool already = !degraded && failures_.newest_line() > 0 &&
                       failures_.newest_line() >= job_line &&
                       failures_.newest_line() <= event.line;
  Failure* open = failures_.open();
  if (open != nullptr && already) {
    open->last_line = event.line;
    return;
  }
  if (already && job_) return;
  if (WorkHangs(event, kJobGaveUpAfter_s)) return;
  Failure failure = MakeFailure(FailureKind::kJob, event);
  if (!marker.phase.empty()) failure.phase = marker.phase;
  if (running == nullptr) failure.seen = recent_.Since(job_line);
  if (pending_traceback_ && pending_traceback_->line >= job_line) {
    SetTraceback(*pending_traceback_,
                 std::get<Traceback>(pending_traceback_->what), &failure);
    pending_traceback_.reset();
  }
  // Work that nobody announced was this job's.
  if (running != nullptr && running->implicit) {
    running->prompt.state = PromptState::kFailed;
  }
  failures_.Open(std::move(failure));
  AddMilestone(event, "job-failed", event.text);
}

}  // namespace logdiag
