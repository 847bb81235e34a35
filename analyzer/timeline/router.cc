// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/router.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/endings/silence.h"
#include "analyzer/timeline/troubles/blame.h"
#include "analyzer/timeline/troubles/node_packs.h"
#include "analyzer/timeline/troubles/repairs.h"

namespace logdiag {
namespace {

std::uint64_t ReadCount(const std::string& text) {
  const std::optional<double> number = ReadNumber(text);
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

}  // namespace

TimelineBuilder::Router::Router(const Catalogue* catalogue)
    : catalogue_(catalogue),
      signs_(catalogue, &lives_, &chronicle_.clock),
      maker_(catalogue, &lives_, &chronicle_),
      unclaimed_(catalogue, &lives_, &chronicle_, &failures_, &maker_),
      floods_(catalogue, &lives_, &failures_, &maker_),
      tracebacks_(*catalogue, &lives_, &chronicle_, &failures_, &maker_,
                  &unclaimed_),
      setup_(&lives_, &chronicle_, &failures_, &maker_, &tracebacks_),
      hangs_(&lives_, &chronicle_, &failures_, &maker_, &signs_),
      process_ends_(&lives_, &chronicle_, &failures_, &maker_, &hangs_),
      process_starts_(&lives_, &chronicle_, &failures_, &process_ends_),
      work_starts_(&lives_, &chronicle_, &work_ends_),
      work_ends_(&lives_, &chronicle_, &failures_, &maker_, &hangs_),
      outer_ends_(&lives_, &chronicle_, &failures_, &maker_, &hangs_,
                  &tracebacks_),
      refusals_(&lives_, &chronicle_, &failures_, &maker_, &tracebacks_),
      log_end_(catalogue, &lives_, &chronicle_, &failures_, &maker_, &hangs_,
               &process_ends_, &work_ends_, &outer_ends_, &signs_),
      phases_(&lives_, &chronicle_),
      bars_(catalogue, &lives_, &failures_, &phases_, &chronicle_),
      noter_(catalogue, &lives_, &chronicle_, &failures_) {}

// Times of another clock than the container's cannot be compared with it: such
// a record is taken without its time.
void TimelineBuilder::Router::Add(const Record& record,
                                  const std::vector<Event>& events,
                                  bool understood) {
  if (!chronicle_.clock.IsStranger(record)) {
    Take(record, events, understood);
    return;
  }
  Record timeless = record;
  timeless.time_ns.reset();
  std::vector<Event> copies = events;
  for (Event& event : copies) event.time_ns.reset();
  Take(timeless, copies, understood);
}

void TimelineBuilder::Router::Take(const Record& record,
                                   const std::vector<Event>& events,
                                   bool understood) {
  chronicle_.Take(record, lives_.Phase());
  // A pod may print what looks like a line of a build.
  const Process* process = lives_.processes.current();
  const bool pod = process != nullptr && process->start_seen;
  for (const Event& event : events) Route(event);
  // What is understood without an event is part of a traceback.
  const bool in_traceback = understood && events.empty();
  if (!in_traceback) {
    unclaimed_.Take(record, events);
    floods_.Take(record, events);
  }
  refusals_.Take(record);
  tracebacks_.TakeRecord(record);
  chronicle_.Pass(record);
  if (!record.body.empty()) ++timeline_.records;
  timeline_.build_log =
      timeline_.build_log || (record.source == Source::kBuild && !pod);
  signs_.Take(record, events);
}

void TimelineBuilder::Router::Route(const Event& event) {
  if (const auto* hit = std::get_if<MarkerHit>(&event.what)) {
    RouteMarker(event, *hit);
  } else if (const auto* bar = std::get_if<ProgressBar>(&event.what)) {
    RouteBar(event, *bar);
  } else {
    RouteTraceback(event, std::get<Traceback>(event.what));
  }
}

void TimelineBuilder::Router::RouteMarker(const Event& event,
                                          const MarkerHit& hit) {
  const Marker& marker = catalogue_->markers[hit.marker];
  if (noter_.Counts(marker)) {
    RouteProcess(event, marker, hit);
    RouteWork(event, marker, hit);
    RouteOther(event, marker, hit);
  }
  RoutePhase(event, marker);
  noter_.TakeFacts(event, marker, hit);
  noter_.Note(event);
}

void TimelineBuilder::Router::RouteBar(const Event& event,
                                       const ProgressBar& bar) {
  lives_.processes.Settle();
  if (bars_.IsWork(bar)) {
    work_ends_.PassOn(event);
    if (bar.done > 0) Progress(event);
  }
  bars_.Take(event, bar);
}

// The work that runs goes on.
void TimelineBuilder::Router::Progress(const Event& event) {
  process_starts_.OnProgress();
  const Process* process = lives_.processes.current();
  const RunningWork* running = lives_.works.running();
  if (process == nullptr) return;
  Repairs(&failures_)
      .OnProgress(process->number,
                  running != nullptr ? running->work.number : 0, event.line);
}

void TimelineBuilder::Router::RouteTraceback(const Event& event,
                                             const Traceback& traceback) {
  lives_.processes.Settle();
  if (IsKeyboardInterrupt(traceback)) {
    if (!EndsByKeyboard(traceback)) return;
    work_ends_.FinishUnannounced(event);
    process_ends_.OnStopped(event);
    return;
  }
  if (EndsInterpreter(traceback) && process_starts_.OnFatalTraceback()) {
    Forget();
  }
  tracebacks_.Take(event, traceback);
}

void TimelineBuilder::Router::RouteProcess(const Event& event,
                                           const Marker& marker,
                                           const MarkerHit& hit) {
  if (marker.role != Role::kContainerStart && marker.role != Role::kNote &&
      marker.role != Role::kFact) {
    lives_.processes.Settle();
  }
  switch (marker.role) {
    case Role::kContainerStart:
      if (process_starts_.OnContainerStart(event)) Forget();
      return;
    case Role::kProcessStart:
      if (process_starts_.OnProcessStart(event)) Forget();
      return;
    case Role::kReady:
      if (process_starts_.OnReady(event)) Forget();
      return;
    case Role::kRestartAnnounced:
      return process_ends_.OnRestartAnnounced(event);
    case Role::kContainerStop:
    case Role::kStopped:
      work_ends_.FinishUnannounced(event);
      return process_ends_.OnStopped(event);
    case Role::kProcessDied:
      return process_ends_.OnDied(event, hit);
    case Role::kShellReturned:
      return process_ends_.OnShellReturned(event);
    case Role::kImportFailed:
      return setup_.OnImportFailed(event, hit);
    case Role::kStepFailed:
      return setup_.OnStepFailed(event, marker);
    default:
      return;
  }
}

void TimelineBuilder::Router::RouteWork(const Event& event,
                                        const Marker& marker,
                                        const MarkerHit& hit) {
  switch (marker.role) {
    case Role::kPromptQueued:
      return work_starts_.OnPromptQueued(event);
    case Role::kPromptExecuted:
      return work_ends_.OnExecuted(event, hit);
    case Role::kPromptFailed:
      return work_ends_.OnFailed(event, hit);
    case Role::kPromptRejected:
      return refusals_.OnPromptRejected(event);
    case Role::kOutputRejected:
      return refusals_.OnOutputRejected(event);
    case Role::kPromptInterrupted:
      return work_ends_.OnInterrupted(event);
    case Role::kInterruptRequest:
      return work_ends_.OnInterruptRequest(event);
    case Role::kWorkerDied:
      return work_ends_.OnWorkerDied(event);
    case Role::kTimedOut:
      return hangs_.OnGaveUp(event);
    case Role::kDegraded:
      return work_ends_.OnDegraded(event, marker);
    case Role::kSaved:
      return work_ends_.OnSaved(event, &timeline_);
    default:
      return;
  }
}

// A trouble with a known symptom among its lines says what is wrong.
void TimelineBuilder::Router::MarkStated(Failure* failure) const {
  if (failure->kind != FailureKind::kTrouble) return;
  failure->stated =
      failure->stated ||
      std::any_of(
          failure->seen.begin(), failure->seen.end(), [this](const auto& seen) {
            return catalogue_->markers[seen.first].role == Role::kSymptom;
          });
}

void TimelineBuilder::Router::RouteOther(const Event& event,
                                         const Marker& marker,
                                         const MarkerHit& hit) {
  switch (marker.role) {
    case Role::kJobQueued:
      return outer_ends_.OnJobQueued(event);
    case Role::kJobFinished:
      return outer_ends_.OnJobFinished(event);
    case Role::kJobFailed:
      return outer_ends_.OnJobFailed(event, marker);
    case Role::kWorkBegins:
      return outer_ends_.OnBegins(event, marker);
    case Role::kWorkDone:
      return outer_ends_.OnDone(event, marker);
    case Role::kWorkFailed:
      return outer_ends_.OnFailed(event, marker);
    case Role::kRestartCount:
      timeline_.restarts =
          std::max(timeline_.restarts, ReadCount(CaptureOf(hit, "restarts")));
      return;
    default:
      return;
  }
}

void TimelineBuilder::Router::RoutePhase(const Event& event,
                                         const Marker& marker) {
  // The phase of a failed job says where it failed; no work begins there.
  if (marker.phase.empty() || marker.role == Role::kJobFailed) return;
  if (IsWorkPhase(marker.phase)) {
    work_ends_.PassOn(event);
    if (marker.role == Role::kPhase) Progress(event);
  }
  phases_.Move(event, marker.phase);
}

// A process is over, and with it what only it could claim.
void TimelineBuilder::Router::Forget() {
  tracebacks_.Forget();
  work_ends_.Forget();
}

Story TimelineBuilder::Router::Finish(const std::vector<Event>& events,
                                      const Given& given) {
  for (const Event& event : events) Route(event);
  if (process_starts_.OnLogEnd()) Forget();
  floods_.Close();
  timeline_.work_open = log_end_.Close(given);
  chronicle_.counts.containers = lives_.processes.containers();
  chronicle_.counts.sessions = lives_.processes.sessions();
  chronicle_.Store(&timeline_);
  timeline_.ours = tracebacks_.ours();
  timeline_.processes = lives_.processes.Take();
  timeline_.failures = failures_.Take();
  for (Failure& failure : timeline_.failures) MarkStated(&failure);
  LinkMissingNodes(&timeline_.failures);
  return {std::move(timeline_), std::move(chronicle_.facts),
          log_end_.hang_in_s()};
}

TimelineBuilder::TimelineBuilder(const Catalogue* catalogue)
    : router_(std::make_unique<Router>(catalogue)) {}

TimelineBuilder::~TimelineBuilder() = default;

void TimelineBuilder::Add(const Record& record,
                          const std::vector<Event>& events, bool understood) {
  router_->Add(record, events, understood);
}

Story TimelineBuilder::Finish(const std::vector<Event>& events,
                              const Given& given) {
  return router_->Finish(events, given);
}

}  // namespace logdiag
