#include "analyzer/timeline/fold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/node_packs.h"
#include "analyzer/timeline/silence.h"

namespace logdiag {
namespace {

// Phases of a process on its way to ready.
constexpr std::array<std::string_view, 3> kStartPhases = {
    "container-start", "comfyui-startup", "custom-node-import"};
// Phases in which a prompt works.
constexpr std::array<std::string_view, 5> kWorkPhases = {
    "model-load", "text-encode", "sampling", "vae-decode", "save"};

// Facts of the machine, and by what share a figure may differ on the same one.
// Not the card: a list of several ends with any of them.
constexpr std::array<std::string_view, 2> kHostFacts = {"ram_mb", "driver"};
constexpr double kSameHost = 0.01;

template <std::size_t N>
bool IsOneOf(std::string_view phase,
             const std::array<std::string_view, N>& phases) {
  return std::find(phases.begin(), phases.end(), phase) != phases.end();
}

}  // namespace

std::string CaptureOf(const MarkerHit& hit, std::string_view name) {
  for (const auto& [group, value] : hit.captures) {
    if (group == name) return value;
  }
  return "";
}

// Times of another clock than the container's (a host's uptime, say) cannot be
// compared with it: such a record is taken without its time.
void TimelineBuilder::Fold::Add(const Record& record,
                                const std::vector<Event>& events) {
  if (clock_ == Clock::kNone || !record.time_ns || record.clock == clock_) {
    Take(record, events);
    return;
  }
  Record timeless = record;
  timeless.time_ns.reset();
  std::vector<Event> copies = events;
  for (Event& event : copies) event.time_ns.reset();
  Take(timeless, copies);
}

void TimelineBuilder::Fold::Take(const Record& record,
                                 const std::vector<Event>& events) {
  const Process* process = sessions_.current();
  gaps_.Add(record, process == nullptr ? "unknown" : process->phase);
  tail_.Add(record);
  if (record.source == Source::kContainer) own_tail_.Add(record);
  for (const Event& event : events) OnEvent(event);
  if (record.time_ns) {
    if (record.source == Source::kContainer) clock_ = record.clock;
    if (record.clock == clock_) now_ns_ = record.time_ns;
    if (!timeline_.first_ns) timeline_.first_ns = record.time_ns;
    timeline_.last_ns = record.time_ns;
  }
  last_line_ = record.line;
  // A pod may print what looks like a line of a build.
  const bool pod = process != nullptr && process->start_seen;
  timeline_.build_log =
      timeline_.build_log || (record.source == Source::kBuild && !pod);
  NoteProgress(record, events);
}

void TimelineBuilder::Fold::OnEvent(const Event& event) {
  if (const auto* hit = std::get_if<MarkerHit>(&event.what)) {
    OnMarker(event, catalogue_->markers[hit->marker], *hit);
  } else if (const auto* bar = std::get_if<ProgressBar>(&event.what)) {
    OnBar(event, *bar);
  } else {
    OnTraceback(event, std::get<Traceback>(event.what));
  }
}

void TimelineBuilder::Fold::OnMarker(const Event& event, const Marker& marker,
                                     const MarkerHit& hit) {
  if (Counts(marker)) {
    DispatchSession(event, marker, hit);
    DispatchPrompt(event, marker, hit);
  }
  // The phase of a failed job says where it failed; no work begins there.
  if (!marker.phase.empty() && marker.role != Role::kJobFailed) {
    MovePhase(event, marker.phase);
  }
  TakeFacts(event, marker, hit);
  Note(event);
}

// Whether the marker that this one needs was seen in the same prompt.
bool TimelineBuilder::Fold::Counts(const Marker& marker) {
  if (marker.needs.empty()) return true;
  const RunningPrompt* running = prompts_.running();
  const Sightings& seen = running != nullptr ? running->seen : timeline_.seen;
  return std::any_of(seen.begin(), seen.end(), [&](const auto& sighting) {
    return catalogue_->markers[sighting.first].id == marker.needs;
  });
}

void TimelineBuilder::Fold::DispatchSession(const Event& event,
                                            const Marker& marker,
                                            const MarkerHit& hit) {
  if (marker.role != Role::kContainerStart && marker.role != Role::kNote &&
      marker.role != Role::kFact) {
    sessions_.Settle();
  }
  switch (marker.role) {
    case Role::kContainerStart:
      return OnContainerStart(event);
    case Role::kContainerStop:
      return OnContainerStop(event);
    case Role::kProcessStart:
      return OnProcessStart(event, marker);
    case Role::kReady:
      return OnReady(event);
    case Role::kRestartAnnounced:
      return OnRestartAnnounced(event);
    case Role::kStopped:
      return OnStopped(event);
    case Role::kProcessDied:
      return OnProcessDied(event, hit);
    case Role::kImportFailed:
      return OnImportFailed(event, hit);
    case Role::kStepFailed:
      return OnStepFailed(event);
    case Role::kWorkerDied:
      return OnWorkerDied(event);
    default:
      return;
  }
}

void TimelineBuilder::Fold::DispatchPrompt(const Event& event,
                                           const Marker& marker,
                                           const MarkerHit& hit) {
  switch (marker.role) {
    case Role::kPromptQueued:
      return OnPromptQueued(event);
    case Role::kPromptExecuted:
      return OnPromptExecuted(event, hit);
    case Role::kPromptFailed:
      return OnPromptFailed(event, hit);
    case Role::kPromptRejected:
      return OnPromptRejected(event);
    case Role::kOutputRejected:
      return OnOutputRejected(event);
    case Role::kPromptInterrupted:
      return OnPromptInterrupted(event);
    case Role::kInterruptRequest:
      return OnInterruptRequest(event);
    case Role::kJobFailed:
      return OnJobFailed(event, marker);
    case Role::kJobQueued:
      job_ = event;
      return;
    case Role::kTimedOut:
      StartHangs(event, kJobGaveUpAfter_s, true);
      return;
    case Role::kDegraded:
      return OnDegraded(event, marker);
    case Role::kSaved:
      return OnSaved(event);
    default:
      return;
  }
}

void TimelineBuilder::Fold::OnBar(const Event& event, const ProgressBar& bar) {
  sessions_.Settle();
  RunningPrompt* running = prompts_.running();
  const Process& process = sessions_.Ensure(event);
  // Some logs hold no line of the server at all (files that keep only what was
  // printed, not what was logged): then a bar of steps is the work.
  const bool unannounced = running == nullptr && process.prompts == 0 &&
                           process.phase != "install" &&
                           process.phase != "download" &&
                           !IsOneOf(process.phase, kStartPhases);
  if (bar.label.empty() && bar.total > 0 && unannounced) {
    running = &prompts_.RunImplicit(event);
  }
  if (running == nullptr) return;
  if (bar.label.empty() && Phase() != "vae-decode") {
    MovePhase(event, "sampling");
  }
  running->bar = bar;
  running->bar_quote = QuoteOf(event);
  // A bar's line is written when the bar closes: after the words of what
  // closed it.
  Failure* open = failures_.open();
  if (open != nullptr && open->prompt == running->prompt.number &&
      bar.label.empty() && bar.done < bar.total) {
    open->phase = "sampling";
    open->bar = bar;
    open->bar_line = event.line;
  }
  if (bar.label.empty() && bar.total > 0 && bar.done >= bar.total) {
    ++running->full_bars;
  }
}

void TimelineBuilder::Fold::MovePhase(const Event& event,
                                      const std::string& phase) {
  Process& process = sessions_.Ensure(event);
  const bool serving = process.ready_line != 0 || process.prompts != 0;
  RunningPrompt* running = prompts_.running();
  if (IsOneOf(phase, kStartPhases) && serving) return;
  if (phase == "install" && running != nullptr) return;
  if (IsOneOf(phase, kWorkPhases)) {
    // Work after a failure is the next prompt's, "executed" or not.
    if (running != nullptr && running->prompt.state != PromptState::kRunning &&
        prompts_.any_waiting()) {
      FinishRunning(event, "");
      running = prompts_.running();
    }
    if (running == nullptr && process.prompts == 0) {
      running = &prompts_.RunImplicit(event);
    }
    if (running == nullptr) return;
  }
  if (running != nullptr) {
    if (phase == "prompt-validation" && process.phase != "idle" &&
        running->prompt.queued_line != event.line) {
      return;
    }
    EnterPhase(phase, event, &running->prompt);
  }
  if (process.phase == phase) return;
  process.phase = phase;
  AddMilestone(event, "phase", event.text);
}

void TimelineBuilder::Fold::TakeFacts(const Event& event, const Marker& marker,
                                      const MarkerHit& hit) {
  for (const FactCapture& capture : marker.facts) {
    std::string value = CaptureOf(hit, capture.group);
    if (value.empty() || (capture.weak && facts_.contains(capture.fact))) {
      continue;
    }
    NoteHost(event, capture.fact, value);
    facts_[capture.fact] = {std::move(value), event.line, event.offset,
                            event.text};
  }
  if (!marker.fixed_fact.empty()) {
    facts_[marker.fixed_fact] = {marker.fixed_value, event.line, event.offset,
                                 event.text};
  }
  RunningPrompt* running = prompts_.running();
  if (running == nullptr) return;
  const std::string auxiliary = CaptureOf(hit, "aux");
  if (!auxiliary.empty()) AddWork(auxiliary, &running->prompt.auxiliary);
  const std::string work = CaptureOf(hit, "work");
  if (!work.empty()) AddWork(work, &running->prompt.work);
  if (!work.empty() || !auxiliary.empty()) {
    running->loads_main = auxiliary.empty();
  }
}

void TimelineBuilder::Fold::Note(const Event& event) {
  AddSighting(event, &timeline_.seen);
  recent_.Add(event);
  if (Process* process = sessions_.current()) {
    AddSighting(event, &process->seen);
  }
  Failure* failure = failures_.open();
  // Lines about refused outputs are not about the rest that runs.
  const bool validating = failure != nullptr &&
                          failure->kind == FailureKind::kOutput &&
                          Phase() == "prompt-validation";
  RunningPrompt* running = prompts_.running();
  if (running != nullptr && !validating) AddSighting(event, &running->seen);
  if (failure != nullptr) GatherInto(failure, event);
  if (Failure* import = failures_.ImportToldAt(event.line)) {
    AddSighting(event, &import->seen);
  }
}

void TimelineBuilder::Fold::AddMilestone(const Event& event,
                                         std::string_view key,
                                         std::string detail) {
  std::vector<Milestone>& kept = timeline_.milestones;
  if (kept.size() == kMaxMilestones) {
    kept.erase(kept.begin() + kMaxMilestones / 2);
    ++timeline_.milestones_dropped;
  }
  const Process* process = sessions_.current();
  kept.push_back({event.line, event.time_ns,
                  process == nullptr ? 0 : process->number,
                  process == nullptr ? 0 : process->session, Phase(),
                  std::string(key), std::move(detail)});
}

bool TimelineBuilder::Fold::IsChatter(const std::vector<Event>& events) const {
  if (events.empty()) return false;
  return std::all_of(events.begin(), events.end(), [this](const Event& event) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) return false;
    const Role role = catalogue_->markers[hit->marker].role;
    return role == Role::kNote || role == Role::kPromptQueued ||
           role == Role::kTimedOut || role == Role::kInterruptRequest ||
           role == Role::kJobQueued || role == Role::kJobFailed;
  });
}

// A line that nobody knows and that was printed before with other figures: a
// client's or a monitor's, and no sign of work.
bool TimelineBuilder::Fold::IsHeartbeat(const Record& record,
                                        const std::vector<Event>& events) {
  if (!events.empty()) {
    unknown_shapes_.clear();
    return false;
  }
  std::string shape;
  for (const char c : LastRedraw(record.body)) {
    if (c < '0' || c > '9') shape += c;
  }
  const bool known = std::find(unknown_shapes_.begin(), unknown_shapes_.end(),
                               shape) != unknown_shapes_.end();
  if (!known && unknown_shapes_.size() < kMaxShapes) {
    unknown_shapes_.push_back(std::move(shape));
  }
  return known;
}

void TimelineBuilder::Fold::NoteProgress(const Record& record,
                                         const std::vector<Event>& events) {
  RunningPrompt* running = prompts_.running();
  if (record.source != Source::kContainer) return;
  if (record.body.empty() || IsChatter(events) || IsHeartbeat(record, events)) {
    return;
  }
  // Every line of a container log has a stamp; one without was put in by hand.
  if (clock_ == Clock::kUtc && !record.time_ns) return;
  Quote& last = running != nullptr ? running->last_progress : start_progress_;
  last.line = record.line;
  last.offset = record.offset;
  last.time_ns = record.time_ns ? record.time_ns : now_ns_;
  last.text.assign(CutUtf8(LastRedraw(record.body), kMaxEventText));
}

std::string TimelineBuilder::Fold::Phase() {
  const Process* process = sessions_.current();
  if (process == nullptr || process->phase.empty()) return "unknown";
  return process->phase;
}

// A figure of the machine that differs from what the failed process saw.
void TimelineBuilder::Fold::NoteHost(const Event& event,
                                     const std::string& fact,
                                     const std::string& value) {
  if (!IsOneOf(fact, kHostFacts)) return;
  const Process* process = sessions_.current();
  if (process == nullptr || process->number == 0) return;
  Failure* failure = failures_.EndOf(process->number - 1);
  if (failure == nullptr || failure->host_changed) return;
  const auto before = failure->facts.find(fact);
  if (before == failure->facts.end()) return;
  const std::optional<double> was = ReadNumber(before->second.value);
  const std::optional<double> is = ReadNumber(value);
  const bool same = was && is ? std::abs(*is - *was) <= *was * kSameHost
                              : before->second.value == value;
  if (!same) failure->host_changed = QuoteOf(event);
}

TimelineBuilder::TimelineBuilder(const Catalogue* catalogue)
    : fold_(std::make_unique<Fold>(catalogue)) {}

TimelineBuilder::~TimelineBuilder() = default;

void TimelineBuilder::Add(const Record& record,
                          const std::vector<Event>& events) {
  fold_->Add(record, events);
}

Story TimelineBuilder::Finish(const std::vector<Event>& events,
                              const Given& given) {
  return fold_->Finish(events, given);
}

}  // namespace logdiag
