#include "analyzer/timeline/lives/bars.h"

#include "analyzer/timeline/record/sightings.h"

namespace logdiag {

void Bars::Take(const Event& event, const ProgressBar& bar) {
  RunningWork* running = lives_->works.running();
  const Process& process = lives_->processes.Ensure(event);
  // Some logs hold no line of the server at all (files that keep only what was
  // printed, not what was logged): then a bar of steps is the work.
  const bool unannounced =
      running == nullptr && !process.worked && process.phase != "install" &&
      process.phase != "download" && !IsStartPhase(process.phase);
  if (bar.label.empty() && bar.total > 0 && unannounced) {
    running = &lives_->works.RunImplicit(event);
  }
  if (running == nullptr) return;
  if (bar.label.empty() && lives_->Phase() != "vae-decode") {
    phases_->Move(event, "sampling");
    running = lives_->works.running();
  }
  running->bar = bar;
  running->bar_quote = QuoteOf(event);
  // A bar's line is written when the bar closes: after the words of what
  // closed it.
  Failure* open = failures_->open();
  if (open != nullptr && open->prompt == running->work.number &&
      bar.label.empty() && bar.done < bar.total) {
    open->phase = "sampling";
    open->bar = bar;
    open->bar_line = event.line;
  }
  if (bar.label.empty() && bar.total > 0 && bar.done >= bar.total) {
    ++running->full_bars;
  }
}

}  // namespace logdiag
