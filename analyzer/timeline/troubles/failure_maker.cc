// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/failure_maker.h"

#include <algorithm>

#include "analyzer/timeline/troubles/blame.h"

namespace logdiag {

Failure FailureMaker::Make(FailureKind kind, const Event& event) const {
  Failure failure;
  failure.kind = kind;
  failure.source = event.source;
  failure.phase = lives_->Phase();
  failure.first_line = event.line;
  failure.last_line = event.line;
  failure.headline = QuoteOf(event);
  failure.quote = failure.headline;
  failure.facts = chronicle_->facts;
  failure.context = chronicle_->ContextOf(event.line);
  if (const Process* process = lives_->processes.current()) {
    failure.process = process->number;
    failure.session = process->session;
    failure.serving = process->ready_line != 0 || process->worked;
  }
  failure.working = lives_->Working() || lives_->works.outer() != nullptr;
  if (const RunningWork* outer = lives_->works.outer()) {
    failure.begun_line = outer->work.queued_line;
  }
  if (const RunningWork* running = lives_->works.running()) {
    failure.begun_line = running->work.queued_line;
    failure.prompt = running->work.number;
    failure.work = running->work.work;
    failure.auxiliary = running->work.auxiliary;
    failure.seen = running->seen;
    failure.bar = running->bar;
    failure.bar_line = running->bar_quote.line;
  }
  return failure;
}

Failure FailureMaker::MakeOf(FailureKind kind, const RunningWork& finished,
                             const Event& shown) const {
  Failure failure = Make(kind, shown);
  failure.prompt = finished.work.number;
  failure.work = finished.work.work;
  failure.auxiliary = finished.work.auxiliary;
  failure.seen = finished.seen;
  failure.bar = finished.bar;
  failure.bar_line = finished.bar_quote.line;
  failure.finished = true;
  return failure;
}

void FailureMaker::SetTraceback(const Event& event, const Traceback& traceback,
                                Failure* failure) {
  failure->traceback = traceback;
  failure->last_line = std::max(failure->last_line, traceback.last_line);
  if (failure->pack.empty()) failure->pack = PackOf(traceback);
  const bool works = failure->kind == FailureKind::kException ||
                     failure->kind == FailureKind::kWorker ||
                     failure->kind == FailureKind::kDeath ||
                     failure->kind == FailureKind::kWork ||
                     failure->kind == FailureKind::kTrouble;
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

void FailureMaker::SetPhaseOfNode(Failure* failure) {
  if (failure->node.empty() || failure->traceback) return;
  const std::string phase = frame_phases_.PhaseOfNode(failure->node);
  if (!phase.empty()) failure->phase = phase;
}

}  // namespace logdiag
