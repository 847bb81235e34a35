#include "analyzer/timeline/troubles/tracebacks.h"

#include <utility>

#include "analyzer/timeline/troubles/blame.h"

namespace logdiag {

void Tracebacks::Take(const Event& event, const Traceback& traceback) {
  ours_ = ours_ || maker_->IsOwn(traceback);
  if (IsPromptInterrupt(traceback)) return;
  if (Attach(event, traceback)) return;
  if (EndsInterpreter(traceback)) {
    OnFatal(event, traceback);
    return;
  }
  unclaimed_ = event;
}

bool Tracebacks::Claim(std::uint64_t line, Failure* failure) {
  if (!unclaimed_ || unclaimed_->line < line) return false;
  maker_->SetTraceback(*unclaimed_, std::get<Traceback>(unclaimed_->what),
                       failure);
  unclaimed_.reset();
  return true;
}

// A traceback that belongs to the failure whose headline came just before it.
bool Tracebacks::Attach(const Event& event, const Traceback& traceback) {
  Failure* open = failures_->open();
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
  if (traceback.first_line > open->last_line + FailureLog::kGatherLines) {
    return false;
  }
  maker_->SetTraceback(event, traceback, open);
  return true;
}

void Tracebacks::OnFatal(const Event& event, const Traceback& traceback) {
  Process& process = lives_->processes.Ensure(event);
  const bool main = EndsMain(traceback);
  // A child of a server that is up (an install script, say) is not the server.
  if (process.ready_line != 0 && !main) {
    unclaimed_ = event;
    return;
  }
  const bool worked = process.worked || lives_->works.running() != nullptr;
  if (main && !process.start_seen && process.ready_line == 0 && !worked) {
    // It died before its first words.
    lives_->processes.BeginProcess(event, 0);
  }
  // A pack that fails to import never ends main.py.
  if (main && process.phase == "custom-node-import") {
    process.phase = "comfyui-startup";
  }
  Failure failure = maker_->Make(
      main && worked ? FailureKind::kDeath : FailureKind::kStartup, event);
  failure.first_line = traceback.first_line;
  if (!worked) {
    failure.seen = process.seen;
    // The process may have begun with this very traceback.
    for (const auto& [marker, seen] :
         chronicle_->recent.Since(traceback.first_line)) {
      failure.seen.emplace(marker, seen);
    }
  }
  maker_->SetTraceback(event, traceback, &failure);
  if (main) {
    process.end = ProcessEnd::kDied;
    process.end_quote = failure.quote;
    failure.ended_process = true;
    // It announced itself and died before any work: it never served.
    if (!worked) process.ready_line = 0;
  }
  const std::string shown = failures_->Open(std::move(failure)).quote.text;
  chronicle_->AddMilestone(event, &process, "died", shown);
}

}  // namespace logdiag
