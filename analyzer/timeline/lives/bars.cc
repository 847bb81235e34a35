// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/bars.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/timeline/record/sightings.h"

namespace logdiag {

namespace {

void AddRegexes(const std::vector<KnownText>& patterns,
                std::vector<Regex>* regexes) {
  for (const std::string_view pattern : patterns) {
    auto regex = Regex::Compile(pattern, nullptr);
    if (regex) regexes->push_back(*std::move(regex));
  }
}

bool AnyMatches(const std::vector<Regex>& regexes, const std::string& label) {
  return std::any_of(regexes.begin(), regexes.end(),
                     [&](const Regex& regex) { return regex.Search(label); });
}

void NoteSteps(const ProgressBar& bar, Work* work) {
  work->steps_done = bar.done;
  work->steps_total = bar.total;
  work->seconds_per_step = bar.seconds_per_step;
}

}  // namespace

// The labels of the programs whose log this is.
void Bars::Compile() {
  if (compiled_ && programs_ == chronicle_->programs.size()) return;
  compiled_ = true;
  programs_ = chronicle_->programs.size();
  labels_.clear();
  work_labels_.clear();
  other_labels_.clear();
  const auto add = [this](std::string_view id) {
    const Dialect* dialect = catalogue_->FindDialect(id);
    if (dialect == nullptr) return;
    AddRegexes(dialect->work_bars, &work_labels_);
    AddRegexes(dialect->other_bars, &other_labels_);
  };
  if (chronicle_->programs.empty()) add(kUnknownProgram);
  for (const std::string& id : chronicle_->programs) add(id);
}

bool Bars::IsWork(const ProgressBar& bar) {
  if (bar.bytes) return false;
  if (bar.label.empty()) return true;
  Compile();
  const auto known = labels_.find(bar.label);
  if (known != labels_.end()) return known->second;
  const bool work = !AnyMatches(other_labels_, bar.label) &&
                    AnyMatches(work_labels_, bar.label);
  if (labels_.size() < kMaxLabels) labels_.emplace(bar.label, work);
  return work;
}

// What passed between the bar's last redraw and the writing of its line. The
// bar began after the last sign of life before it.
void Bars::NoteSilence(const Event& event, const ProgressBar& bar,
                       RunningWork* running) const {
  const std::optional<std::int64_t> began = running->last_progress.time_ns;
  const std::optional<std::int64_t> written =
      event.time_ns ? event.time_ns : chronicle_->clock.now_ns();
  running->bar_silence_s = 0;
  if (!began || !written || bar.total <= 0 || bar.done >= bar.total) return;
  running->bar_silence_s =
      static_cast<double>(*written - *began) / 1e9 - bar.elapsed_s;
}

// The stamp of a bar's line is that of its end. One that was cut short may have
// stood still before that, and began after the line before it.
std::optional<std::int64_t> Bars::BeginOf(const Event& event,
                                          const ProgressBar& bar) const {
  const std::optional<std::int64_t> before = chronicle_->clock.now_ns();
  if (!event.time_ns || !before || *before > *event.time_ns) {
    return event.time_ns;
  }
  if (bar.done < bar.total) return before;
  const auto elapsed = static_cast<std::int64_t>(bar.elapsed_s * 1e9);
  return std::max(*before, *event.time_ns - elapsed);
}

void Bars::Take(const Event& event, const ProgressBar& bar) {
  RunningWork* running = lives_->works.running();
  Process& process = lives_->processes.Ensure(event);
  const bool steps = IsWork(bar) && bar.total > 0;
  if (running == nullptr && lives_->works.outer() != nullptr) {
    return TakeOfOuter(event, bar);
  }
  // Some logs hold no line of the server at all (files that keep only what was
  // printed, not what was logged): then a bar of steps is the work.
  const bool unannounced = running == nullptr && process.prompts == 0 &&
                           process.phase != "install" &&
                           process.phase != "download" &&
                           !IsStartPhase(process.phase);
  if (steps && bar.label.empty() && unannounced) {
    process.worked = true;
    running = &lives_->works.RunImplicit(event);
  }
  if (running == nullptr && steps && unannounced && !process.start_seen &&
      process.ready_line == 0) {
    // A script says nothing of its work but this.
    process.worked = true;
    lives_->works.BeginOuter(WorkKind::kScript, event);
    return TakeOfOuter(event, bar);
  }
  if (running == nullptr) {
    if (!bar.bytes && bar.done < bar.total && unannounced) {
      lives_->works.NoteBar(event.line);
    }
    return;
  }
  if (steps && lives_->Phase() != "vae-decode") {
    phases_->Move(event, "sampling", BeginOf(event, bar));
    running = lives_->works.running();
    NoteSteps(bar, &running->work);
    if (bar.seconds_per_step) {
      chronicle_->speeds.Add(
          {"", event.line, event.time_ns, *bar.seconds_per_step});
    }
  }
  NoteSilence(event, bar, running);
  running->bar = bar;
  running->bar_quote = QuoteOf(event);
  // A bar's line is written when the bar closes: after the words of what
  // closed it.
  Failure* open = failures_->open();
  if (open != nullptr && open->prompt == running->work.number && steps &&
      bar.done < bar.total) {
    open->phase = "sampling";
    open->bar = bar;
    open->bar_line = event.line;
  }
  if (steps && bar.done >= bar.total) ++running->full_bars;
}

void Bars::TakeOfOuter(const Event& event, const ProgressBar& bar) {
  RunningWork* outer = lives_->works.outer();
  NoteSilence(event, bar, outer);
  outer->bar = bar;
  outer->bar_quote = QuoteOf(event);
  if (!IsWork(bar)) return;
  lives_->processes.Ensure(event).phase = "sampling";
  if (bar.total > 0) NoteSteps(bar, &outer->work);
  if (bar.total > 0 && bar.done >= bar.total) ++outer->full_bars;
}

}  // namespace logdiag
