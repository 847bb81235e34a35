// SPDX-License-Identifier: Apache-2.0
#include "analyzer/analyze.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "analyzer/diagnose/diagnoser.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/memory/budget.h"
#include "analyzer/memory/job.h"
#include "analyzer/scan/scanner.h"
#include "analyzer/scan/secret_scan.h"
#include "analyzer/support/document_match.h"
#include "analyzer/support/text.h"
#include "analyzer/timeline/record/unknown_shapes.h"

namespace logdiag {
namespace {

std::string ClockName(Clock clock) {
  switch (clock) {
    case Clock::kUtc:
      return "utc";
    case Clock::kLocal:
      return "local";
    case Clock::kMonotonic:
      return "monotonic";
    case Clock::kNoYear:
      return "no-year";
    case Clock::kNoDate:
      return "no-date";
    case Clock::kNone:
      break;
  }
  return "none";
}

void FillSource(const std::string& name, const StreamEnd& end,
                LogSource* source) {
  source->path = name;
  source->bytes = end.bytes;
  source->lines = end.lines;
  source->clock = ClockName(end.summary.clock);
  source->clock_resolution_ns = end.summary.resolution_ns;
  source->envelopes = end.summary.envelopes;
}

// Tells which records are in the window, and counts the lines of the others.
class Selection {
 public:
  explicit Selection(const Window& window)
      : window_(window), in_time_(!window.since_ns) {}

  bool Takes(const Record& record) {
    Pass(record.line);
    const bool dated =
        record.clock == Clock::kUtc || record.clock == Clock::kLocal;
    if (window_.timed() && record.time_ns && dated) {
      any_dated_ = true;
      in_time_ = (!window_.since_ns || *record.time_ns >= *window_.since_ns) &&
                 (!window_.until_ns || *record.time_ns <= *window_.until_ns);
    }
    taken_ = in_time_ && record.line >= window_.first_line &&
             record.line <= window_.last_line;
    any_ = any_ || taken_;
    return taken_;
  }
  void End(std::uint64_t lines) { Pass(lines + 1); }

  std::uint64_t outside_lines() const { return outside_lines_; }
  // Why there is nothing to report on; "" if there is something.
  std::string WhyNothing() const {
    if (window_.timed() && !any_dated_) {
      return "its lines have no stamps with a date, so that --since and "
             "--until choose nothing; leave them out";
    }
    return any_ || window_.all()
               ? ""
               : "no line of the log is in the part that was asked for";
  }

 private:
  // The lines from the record before up to `line` are that record's.
  void Pass(std::uint64_t line) {
    // Numbers fall where the newest line comes first.
    const std::uint64_t lines = line > line_ ? line - line_ : line_ - line;
    if (line_ != 0 && !taken_) outside_lines_ += lines;
    line_ = line;
  }

  const Window& window_;
  bool in_time_;
  bool any_dated_ = false;
  bool taken_ = false;
  bool any_ = false;
  std::uint64_t line_ = 0;
  std::uint64_t outside_lines_ = 0;
};

void FillCoverage(const StreamEnd& end, const UnknownShapes& shapes,
                  Coverage* coverage) {
  coverage->lines = end.lines;
  coverage->understood = shapes.understood();
  coverage->records = shapes.records();
  coverage->cut_lines = end.cut_lines;
  coverage->nul_bytes = end.nuls;
  coverage->invalid_utf8_lines = end.summary.invalid_utf8_lines;
  coverage->duplicate_lines = end.summary.duplicate_lines;
  coverage->unknown_clusters = shapes.clusters();
  coverage->unknown_examples = shapes.MostFrequent(5);
  coverage->partial_why = end.partial_why;
  coverage->partial = !coverage->partial_why.empty();
}

// The time at which the log was taken is worth a fact if it is after its end.
void PutCollected(const Given& given, const Timeline& timeline, Facts* facts) {
  const std::optional<std::int64_t> at =
      given.CollectedAt(timeline.clock, timeline.last_ns);
  if (!at || !timeline.last_ns || *at <= *timeline.last_ns) return;
  Fact fact;
  fact.value = given.collected_at;
  fact.given = true;
  facts->insert_or_assign("collected_at", fact);
}

// Whether one of the events of a line shows that a program printed it.
bool Prints(const std::vector<Event>& events, const Catalogue& catalogue) {
  return std::any_of(events.begin(), events.end(), [&](const Event& event) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) return true;
    return !IsUneventful(catalogue.markers[hit->marker]);
  });
}

// The phase in which the card's memory can have run out.
std::optional<BudgetPhase> BudgetPhaseOf(const Failure& failure) {
  if (failure.kind != FailureKind::kException) return std::nullopt;
  if (failure.phase == "model-load") return BudgetPhase::kLoad;
  if (failure.phase == "text-encode") return BudgetPhase::kTextEncode;
  if (failure.phase == "sampling") return BudgetPhase::kSampling;
  if (failure.phase == "vae-decode") return BudgetPhase::kVaeDecode;
  return std::nullopt;
}

// What the job that the log is about needed, if the log states enough of it;
// its verdicts become facts.
std::optional<Budget> BudgetOf(const Hardware& hardware,
                               const Timeline& timeline,
                               std::optional<std::size_t> chosen,
                               Facts* facts) {
  const Incident incident = PickIncident(timeline, chosen);
  Mishap mishap;
  Facts known = *facts;
  std::vector<std::string> work;
  if (const Failure* failure = incident.failure) {
    for (const auto& [name, fact] : failure->facts) {
      if (!known[name].given) known[name] = fact;
    }
    work = failure->work;
    mishap.silent_death = failure->kind == FailureKind::kSilence ||
                          failure->kind == FailureKind::kDeath;
    mishap.phase = BudgetPhaseOf(*failure);
  } else if (!timeline.works.empty()) {
    work = timeline.works.back().work;
  }
  const std::optional<Job> job = JobOf(known, work, hardware);
  if (!job) return std::nullopt;
  std::optional<Budget> budget = MakeBudget(*job, hardware, mishap);
  if (!budget) return std::nullopt;
  const auto state = [&](std::string_view name, Fit fit) {
    Fact fact;
    fact.value = FitName(fit);
    if (fit == Fit::kCannotTell) return;
    facts->insert_or_assign(std::string(name), fact);
  };
  for (const PhaseNeed& need : budget->phases) {
    if (need.phase == BudgetPhase::kSampling) state("vram_fit", need.fit);
  }
  state("ram_fit", budget->ram.fit);
  return budget;
}

}  // namespace

Result<Diagnosis> Analyze(ByteSource* source, const std::string& name,
                          const Catalogue& catalogue,
                          const AnalyzeOptions& options) {
  LogStream stream(source, name, options.chunk_bytes, options.on_progress);
  return AnalyzeRecords(&stream, name, catalogue, options);
}

Result<Diagnosis> AnalyzeRecords(RecordStream* stream, const std::string& name,
                                 const Catalogue& catalogue,
                                 const AnalyzeOptions& options) {
  std::optional<Scanner> scanner(std::in_place, &catalogue, options.scan_index);
  std::optional<TimelineBuilder> builder(std::in_place, &catalogue);
  UnknownShapes shapes;
  SecretScan secrets(&catalogue.secrets);
  DocumentMatch document(&catalogue.documents);
  std::vector<Event> events;
  Record record;
  Selection selection(options.window);
  while (stream->Next(&record)) {
    // What is hidden is hidden wherever it was first said.
    secrets.Look(record);
    if (!selection.Takes(record)) continue;
    events.clear();
    const bool recognised = scanner->Scan(record, &events);
    builder->Add(record, events, recognised);
    shapes.Add(record, recognised);
    // What is recognised without an event is a line of a traceback.
    const bool printed = record.time_ns || record.level != Level::kNone ||
                         Prints(events, catalogue) ||
                         (recognised && events.empty());
    document.Look(record.body, printed);
  }
  const StreamEnd end = stream->End();
  selection.End(end.lines);
  if (const Status usable = stream->Usable(); !usable.ok()) {
    return usable.error();
  }
  if (shapes.records() == 0 && options.window.all() &&
      end.partial_why.empty()) {
    return Error{name, "there are only blank lines in it; nothing to diagnose"};
  }
  if (const std::string why = selection.WhyNothing(); !why.empty()) {
    return Error{name, why};
  }
  if (const DocumentKind* kind = document.Kind()) {
    return Error{name, "this looks like " + std::string(kind->name) +
                           " that speaks of logs, not like a log; give the log "
                           "itself, or paste it into a fence (```)"};
  }
  events.clear();
  scanner->Finish(&events);
  Story story = builder->Finish(events, options.given);
  const std::uint64_t crowded_lines = scanner->crowded_records();
  // Their compiled regexes are most of what memory a run takes, and the
  // diagnosis compiles its own.
  scanner.reset();
  builder.reset();
  const auto& envelopes = end.summary.envelopes;
  if (story.timeline.image_built &&
      std::find(envelopes.begin(), envelopes.end(), "runpod-build") !=
          envelopes.end()) {
    story.timeline.ours = true;
  }
  const std::optional<std::size_t> chosen =
      options.choose ? options.choose(story) : std::nullopt;
  PutGiven(options.given, &story.facts);
  for (const auto& [fact, stated] : options.stated) {
    if (stated.given) {
      story.facts.insert_or_assign(fact, stated);
    } else {
      story.facts.emplace(fact, stated);
    }
  }
  PutCollected(options.given, story.timeline, &story.facts);
  std::optional<Budget> budget =
      BudgetOf(catalogue.hardware, story.timeline, chosen, &story.facts);
  // Who pastes a log leaves out of it what he does not think of.
  const bool pasted = document.HoldsPastedLog();
  Diagnosis diagnosis =
      Diagnose(catalogue, std::move(story.timeline), std::move(story.facts),
               {chosen, pasted ? Confidence::kPossible : options.most});
  if (!diagnosis.foreign) diagnosis.budget = std::move(budget);
  FillSource(name, end, &diagnosis.source);
  FillCoverage(end, shapes, &diagnosis.coverage);
  diagnosis.coverage.outside_lines = selection.outside_lines();
  diagnosis.coverage.crowded_lines = crowded_lines;
  diagnosis.coverage.pasted = pasted;
  diagnosis.secrets = secrets.Take();
  return diagnosis;
}

}  // namespace logdiag
