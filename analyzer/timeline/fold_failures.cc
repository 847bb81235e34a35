// Failures, and the tracebacks that explain them.
#include <algorithm>
#include <utility>

#include "analyzer/timeline/blame.h"
#include "analyzer/timeline/fold.h"
#include "analyzer/timeline/silence.h"

namespace logdiag {

Failure TimelineBuilder::Fold::MakeFailure(FailureKind kind,
                                           const Event& event) {
  Failure failure;
  failure.kind = kind;
  failure.source = event.source;
  failure.phase = Phase();
  failure.first_line = event.line;
  failure.last_line = event.line;
  failure.headline = QuoteOf(event);
  failure.quote = failure.headline;
  failure.facts = facts_;
  failure.context = tail_.Before(event.line + 1, kContextLines);
  if (const Process* process = sessions_.current()) {
    failure.process = process->number;
    failure.session = process->session;
    failure.serving = process->ready_line != 0 || process->prompts != 0;
  }
  if (const RunningPrompt* running = prompts_.running()) {
    failure.prompt = running->prompt.number;
    failure.work = running->prompt.work;
    failure.auxiliary = running->prompt.auxiliary;
    failure.seen = running->seen;
    failure.bar = running->bar;
    failure.bar_line = running->bar_quote.line;
  }
  return failure;
}

void TimelineBuilder::Fold::SetTraceback(const Event& event,
                                         const Traceback& traceback,
                                         Failure* failure) {
  failure->traceback = traceback;
  failure->last_line = std::max(failure->last_line, traceback.last_line);
  if (failure->pack.empty()) failure->pack = PackOf(traceback);
  const bool works = failure->kind == FailureKind::kException ||
                     failure->kind == FailureKind::kWorker ||
                     failure->kind == FailureKind::kDeath;
  const std::string phase = frame_phases_.PhaseOf(traceback);
  // Frames of a start tell only that the packs were done with.
  const bool starts =
      failure->kind == FailureKind::kStartup && phase == "comfyui-startup";
  if ((works && !phase.empty()) || starts) {
    failure->phase = phase;
  } else if (works && failure->phase == "prompt-validation") {
    failure->phase = "unknown";  // it ran, so validation was over
  }
  if (!traceback.chain.empty() && traceback.chain.front().line != 0) {
    failure->quote = QuoteOf(event);
    failure->quote.line = traceback.chain.front().line;
    failure->quote.offset = traceback.chain.front().offset;
    const Raised& first = traceback.chain.front();
    failure->quote.text =
        first.message.empty() ? first.type : first.type + ": " + first.message;
  }
}

void TimelineBuilder::Fold::OnTraceback(const Event& event,
                                        const Traceback& traceback) {
  sessions_.Settle();
  if (IsKeyboardInterrupt(traceback)) {
    if (EndsByKeyboard(traceback)) OnStopped(event);
    return;
  }
  timeline_.ours =
      timeline_.ours || frame_phases_.IsOwn(traceback);
  if (IsPromptInterrupt(traceback)) return;
  if (AttachTraceback(event, traceback)) return;
  if (EndsInterpreter(traceback)) {
    OnFatalTraceback(event, traceback);
    return;
  }
  pending_traceback_ = event;
}

// A traceback that belongs to the failure whose headline came just before it.
bool TimelineBuilder::Fold::AttachTraceback(const Event& event,
                                            const Traceback& traceback) {
  Failure* open = failures_.open();
  if (open == nullptr || open->traceback) return false;
  switch (open->kind) {
    case FailureKind::kException:
    case FailureKind::kWorker:
    case FailureKind::kRejected:
    case FailureKind::kJob:
      break;
    case FailureKind::kDeath:
    case FailureKind::kStartup:
      if (!EndsInterpreter(traceback)) return false;
      break;
    default:
      return false;
  }
  if (traceback.first_line > open->last_line + kGatherLines) return false;
  SetTraceback(event, traceback, open);
  return true;
}

void TimelineBuilder::Fold::OnFatalTraceback(const Event& event,
                                             const Traceback& traceback) {
  Process& process = sessions_.Ensure(event);
  const bool main = EndsMain(traceback);
  // A child of a server that is up (an install script, say) is not the server.
  if (process.ready_line != 0 && !main) {
    pending_traceback_ = event;
    return;
  }
  const bool worked = process.prompts != 0 || prompts_.running() != nullptr;
  if (main && !process.start_seen && process.ready_line == 0 && !worked) {
    sessions_.BeginProcess(event, 0);  // it died before its first words
  }
  // A pack that fails to import never ends main.py.
  if (main && process.phase == "custom-node-import") {
    process.phase = "comfyui-startup";
  }
  Failure failure = MakeFailure(
      main && worked ? FailureKind::kDeath : FailureKind::kStartup, event);
  failure.first_line = traceback.first_line;
  if (!worked) {
    failure.seen = process.seen;
    // The process may have begun with this very traceback.
    for (const auto& [marker, seen] : recent_.Since(traceback.first_line)) {
      failure.seen.emplace(marker, seen);
    }
  }
  SetTraceback(event, traceback, &failure);
  if (main) {
    process.end = ProcessEnd::kDied;
    process.end_quote = failure.quote;
    failure.ended_process = true;
    // It announced itself and died before any work: it never served.
    if (!worked) process.ready_line = 0;
  }
  failures_.Open(std::move(failure));
  AddMilestone(event, "died", failures_.open()->quote.text);
}

void TimelineBuilder::Fold::OnImportFailed(const Event& event,
                                           const MarkerHit& hit) {
  std::string pack = CaptureOf(hit, "pack");
  if (pack.empty()) pack = PackOfPath(CaptureOf(hit, "path"));
  if (const std::string inner = PackOfPath(pack); !inner.empty()) pack = inner;
  const bool has_reason =
      pending_traceback_ &&
      event.line <= std::get<Traceback>(pending_traceback_->what).last_line +
                        kImportLines;
  if (failures_.FindImport(pack) != nullptr) return;
  Failure failure = MakeFailure(FailureKind::kImport, event);
  failure.phase = "custom-node-import";
  failure.pack = pack;
  failure.seen.clear();
  std::uint64_t from = event.line;
  if (has_reason) {
    const auto& traceback = std::get<Traceback>(pending_traceback_->what);
    from = traceback.first_line;
    SetTraceback(*pending_traceback_, traceback, &failure);
    pending_traceback_.reset();
  }
  failure.seen = recent_.Since(from);
  AddSighting(event, &failure.seen);
  failures_.Add(std::move(failure));
  AddMilestone(event, "import-failed", pack);
}

void TimelineBuilder::Fold::OnStepFailed(const Event& event) {
  Failure* open = failures_.open();
  if (open != nullptr && open->kind == FailureKind::kStep &&
      event.line - open->last_line <= kStepLines) {
    open->last_line = event.line;
    open->repaired_by.reset();
    return;
  }
  if (open != nullptr && open->kind == FailureKind::kStartup) return;
  Failure failure = MakeFailure(FailureKind::kStep, event);
  const std::uint64_t from =
      event.line > kStepLines ? event.line - kStepLines : 0;
  failure.seen = recent_.Since(from);
  if (failure.phase == "unknown") failure.phase = "install";
  failures_.Open(std::move(failure));
  AddMilestone(event, "step-failed", event.text);
}

void TimelineBuilder::Fold::OnWorkerDied(const Event& event) {
  RunningPrompt& running = EnsureRunning(event);
  Failure failure = MakeFailure(FailureKind::kWorker, event);
  if (running.prompt.state == PromptState::kRunning) {
    running.prompt.state = PromptState::kFailed;
  }
  failures_.Open(std::move(failure));
  worker_dead_ = true;
  AddMilestone(event, "worker-died", event.text);
}

void TimelineBuilder::Fold::GatherInto(Failure* failure, const Event& event) {
  switch (failure->kind) {
    case FailureKind::kRejected:
    case FailureKind::kOutput:
    case FailureKind::kStep:
    case FailureKind::kJob:
      if (event.line > failure->last_line + kGatherLines) return;
      break;
    case FailureKind::kSilence:
      return;
    default:
      break;
  }
  AddSighting(event, &failure->seen);
}

}  // namespace logdiag
