// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/tracebacks.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/troubles/blame.h"

namespace logdiag {

void Tracebacks::Take(const Event& event, const Traceback& traceback) {
  ours_ = ours_ || maker_->IsOwn(traceback);
  if (IsPromptInterrupt(traceback)) {
    const Failure* trouble = failures_->trouble();
    const bool of_it =
        trouble != nullptr && IsWordsOnly(*trouble) &&
        traceback.first_line <= trouble->last_line + FailureLog::kGatherLines;
    if (of_it) failures_->DropTrouble();
    return;
  }
  if (Attach(event, traceback)) return;
  if (IsWarnedOf(traceback)) return;
  if (EndsInterpreter(traceback)) {
    OnFatal(event, traceback);
    return;
  }
  Leave(event, traceback);
}

void Tracebacks::TakeRecord(const Record& record) {
  if (record.level != Level::kWarning) return;
  Quote warning;
  warning.line = record.line;
  warning.text = CutUtf8(record.body, kMaxEventText);
  warnings_.push_back(std::move(warning));
  if (warnings_.size() > kMaxWarnings) warnings_.pop_front();
}

// A warning that quotes the message of the exception below it: the program has
// caught it and goes on without.
bool Tracebacks::IsWarnedOf(const Traceback& traceback) const {
  if (traceback.chain.empty()) return false;
  const std::string& message = traceback.chain.front().message;
  return !message.empty() &&
         std::any_of(warnings_.begin(), warnings_.end(),
                     [&](const Quote& warning) {
                       return warning.line + 1 == traceback.first_line &&
                              Contains(warning.text, message);
                     });
}

void Tracebacks::Leave(const Event& event, const Traceback& traceback) {
  unclaimed_ = event;
  troubles_->OnTraceback(event, traceback);
}

bool Tracebacks::Claim(std::uint64_t line, Failure* failure) {
  if (!unclaimed_ || unclaimed_->line < line) return false;
  maker_->SetTraceback(*unclaimed_, std::get<Traceback>(unclaimed_->what),
                       failure);
  unclaimed_.reset();
  const Failure* trouble = failures_->trouble();
  if (trouble != nullptr && trouble->traceback &&
      trouble->traceback->first_line == failure->traceback->first_line) {
    failures_->DropTrouble();
  }
  return true;
}

// A traceback that belongs to the failure whose headline came just before it.
bool Tracebacks::Attach(const Event& event, const Traceback& traceback) {
  Failure* open = failures_->open();
  if (open == nullptr) return false;
  // A message of several lines may hold what looks like an exception; the stack
  // below it tells more.
  const bool more = IsWordsOnly(*open) && !traceback.chain.empty() &&
                    !traceback.chain.front().last_frames.empty();
  if (open->traceback && !more) return false;
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

// A launcher tells of the death of its child with a traceback of its own.
bool Tracebacks::EchoesOpen(const Process& process,
                            const Traceback& traceback) {
  Failure* open = failures_->open();
  const bool died = open != nullptr && open->traceback &&
                    open->process == process.number &&
                    (open->kind == FailureKind::kDeath ||
                     open->kind == FailureKind::kStartup);
  if (!died || FailsToImport(traceback) ||
      traceback.first_line > open->last_line + FailureLog::kGatherLines) {
    return false;
  }
  open->last_line = traceback.last_line;
  return true;
}

// A script that has printed for a while and is past its imports was at work.
bool Tracebacks::ScriptWorks(const Process& process,
                             const Traceback& traceback) const {
  if (process.start_seen || process.container != 0 || !process.phase.empty() ||
      traceback.first_line <= kLinesOfWork) {
    return false;
  }
  const Raised& first = traceback.chain.front();
  return !first.last_frames.empty() &&
         first.last_frames.back().function != "<module>";
}

bool Tracebacks::WorksWithoutServer(std::uint64_t line) const {
  const RunningWork* outer = lives_->works.outer();
  return lives_->works.running() != nullptr ||
         (lives_->works.bar_line() != 0 &&
          lives_->works.bar_line() + FailureLog::kGatherLines >= line) ||
         (outer != nullptr && outer->work.kind != WorkKind::kInstall &&
          outer->work.kind != WorkKind::kDownload);
}

void Tracebacks::OnFatal(const Event& event, const Traceback& traceback) {
  Process& process = lives_->processes.Ensure(event);
  // While a server serves, another program's script is no more than its client.
  const bool serves = process.ready_line != 0 || process.prompts != 0;
  const bool main = EndsMain(traceback, serves ? servers_ : mains_);
  // A child or a client of a server that is up (an install script, say) is not
  // the server.
  if (serves && !main) {
    Leave(event, traceback);
    return;
  }
  if (EchoesOpen(process, traceback)) return;
  const bool worked = process.worked || lives_->works.running() != nullptr;
  if (main && !process.start_seen && process.ready_line == 0 && !worked) {
    // It died before its first words.
    lives_->processes.BeginProcess(event);
  }
  // A pack that fails to import never ends main.py.
  if (main && process.phase == "custom-node-import") {
    process.phase = "comfyui-startup";
  }
  // Without a server, what works is the script itself.
  const bool at_work = main ? worked
                            : WorksWithoutServer(traceback.first_line) ||
                                  ScriptWorks(process, traceback);
  Failure failure = maker_->Make(
      at_work ? FailureKind::kDeath : FailureKind::kStartup, event);
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
