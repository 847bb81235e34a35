// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/incident.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

namespace logdiag {
namespace {

constexpr std::uint64_t kLoopStarts = 3;

bool IsOneOf(FailureKind kind, std::initializer_list<FailureKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The last failure of one of `kinds` that nothing repaired.
const Failure* LastUnrepaired(const Timeline& timeline,
                              std::initializer_list<FailureKind> kinds) {
  const Failure* last = nullptr;
  for (const Failure& failure : timeline.failures) {
    if (!failure.repaired_by && IsOneOf(failure.kind, kinds)) last = &failure;
  }
  return last;
}

// How many starts in a row, up to the end of the log, never became ready. Ends
// on request do not count and do not break the row. `*first` is the number of
// its first process.
std::uint64_t UnreadyStarts(const Timeline& timeline, std::uint64_t* first) {
  std::uint64_t starts = 0;
  for (const Process& process : timeline.processes) {
    const bool starting = process.start_seen || process.container != 0;
    if (process.ready_line != 0 || process.worked ||
        process.end == ProcessEnd::kAnnounced) {
      starts = 0;
    } else if (starting && process.end != ProcessEnd::kStopped) {
      if (starts++ == 0) *first = process.number;
    }
  }
  return starts;
}

// How much a failure of a start tells: an exception, else kinds of lines.
std::pair<bool, std::size_t> Telling(const Failure& failure) {
  return {failure.traceback.has_value(), failure.seen.size()};
}

// The start of a loop that tells most. Of several failures of one start the
// last is what the next start followed; one that only the end of the log
// follows may be on its way to the next.
const Failure* TellingStart(const Timeline& timeline, std::uint64_t first) {
  std::map<std::uint64_t, const Failure*> lasts;  // by process
  for (const Failure& failure : timeline.failures) {
    if (failure.process < first ||
        !IsOneOf(failure.kind, {FailureKind::kStartup, FailureKind::kStep,
                                FailureKind::kDeath, FailureKind::kTrouble})) {
      continue;
    }
    const Failure*& last = lasts[failure.process];
    const bool tells = failure.traceback || last == nullptr || !last->traceback;
    if (tells) last = &failure;
  }
  const Failure* best = nullptr;
  const std::uint64_t open = timeline.processes.back().number;
  for (const auto& [process, last] : lasts) {
    const bool again = best != nullptr && last->quote.text == best->quote.text;
    if (process == open && best != nullptr && !again) break;
    if (best == nullptr || Telling(*last) >= Telling(*best)) best = last;
  }
  return best;
}

const Failure* LeftOver(const Timeline& timeline);

const Failure* CrashLoop(const Timeline& timeline) {
  // A start that nothing announces, and that ends with the same words each
  // time.
  const Failure* again = LeftOver(timeline);
  if (again != nullptr && again->repeats + 1 >= kLoopStarts &&
      !again->serving && !again->working) {
    return again;
  }
  if (timeline.restarts >= kLoopStarts) {
    const Failure* told = LastUnrepaired(
        timeline,
        {FailureKind::kDeath, FailureKind::kStartup, FailureKind::kStep});
    if (told != nullptr) return told;
  }
  std::uint64_t first = 0;
  if (UnreadyStarts(timeline, &first) >= kLoopStarts) {
    return TellingStart(timeline, first);
  }
  const Failure* death =
      LastUnrepaired(timeline, {FailureKind::kSilence, FailureKind::kDeath});
  if (death != nullptr && death->same_point_deaths >= kLoopStarts) return death;
  return nullptr;
}

// A failure on the way to ready in the last process.
const Failure* StartupFailure(const Timeline& timeline) {
  if (timeline.processes.empty()) return nullptr;
  const Process& last = timeline.processes.back();
  const bool begun = last.start_seen || last.container != 0;
  if (last.ready_line != 0 || last.worked || !begun) return nullptr;
  const Failure* found = nullptr;
  for (const Failure& failure : timeline.failures) {
    if (failure.repaired_by || failure.process != last.number) continue;
    if (!IsOneOf(failure.kind, {FailureKind::kStartup, FailureKind::kStep,
                                FailureKind::kWork})) {
      continue;
    }
    // The one that ended the start tells more than what failed before it.
    if (found == nullptr || !found->ended_process) found = &failure;
  }
  return found;
}

// Whether the rest of the prompt of `output` runs where the log ends, and has
// come through its sampling: what was refused did not stop it. Prompts are told
// apart by when their work began, for one that is taken out of the queue leaves
// no line.
bool WentOn(const Timeline& timeline, const Failure& output) {
  return std::any_of(
      timeline.works.begin(), timeline.works.end(), [&](const Work& work) {
        const auto begun = std::find_if(
            work.phases.begin(), work.phases.end(), [](const PhaseSpan& span) {
              return span.phase != "prompt-validation";
            });
        return work.state == WorkState::kRunning && work.steps_total > 0 &&
               work.steps_done >= work.steps_total &&
               begun != work.phases.end() && begun->line > output.first_line;
      });
}

const Failure* LastOutput(const Timeline& timeline) {
  const Failure* output = LastUnrepaired(timeline, {FailureKind::kOutput});
  return output != nullptr && WentOn(timeline, *output) ? nullptr : output;
}

const Failure* Degraded(const Timeline& timeline) {
  const Failure* output = LastOutput(timeline);
  const Failure* result = LastUnrepaired(timeline, {FailureKind::kDegraded});
  if (output == nullptr) return result;
  if (result == nullptr) return output;
  return output->first_line > result->first_line ? output : result;
}

const Failure* UnfinishedOutput(const Timeline& timeline) {
  const Failure* output = LastOutput(timeline);
  return output != nullptr && !output->finished ? output : nullptr;
}

const Failure* ErrorFailure(const Timeline& timeline) {
  const Failure* error = LastUnrepaired(
      timeline, {FailureKind::kException, FailureKind::kRejected,
                 FailureKind::kJob, FailureKind::kStep, FailureKind::kWork});
  const Failure* output = UnfinishedOutput(timeline);
  if (error == nullptr) return output;
  if (output == nullptr) return error;
  return output->first_line > error->first_line ? output : error;
}

// A failure of a log that begins inside its process, which never shows ready.
// What another start followed is over: that one tells how it went.
const Failure* LateStartup(const Timeline& timeline) {
  const Failure* last = LastUnrepaired(timeline, {FailureKind::kStartup});
  if (last == nullptr || timeline.processes.empty()) return last;
  const Process& process = timeline.processes.back();
  const bool went_well = process.ready_line != 0 || process.worked;
  if (last->process == process.number) return last;
  // A start that ended without a word and was followed by one that goes on was
  // a test.
  const bool told = std::any_of(
      timeline.processes.begin(), timeline.processes.end(),
      [&](const Process& p) {
        return p.number == last->process && p.end != ProcessEnd::kSilent;
      });
  return !went_well && told ? last : nullptr;
}

// The operator who cut work short and has gone on to other work has what he
// wanted.
const Failure* CutShort(const Timeline& timeline) {
  if (timeline.work_open) return nullptr;
  return LastUnrepaired(timeline, {FailureKind::kInterrupt});
}

// The last trouble that nothing claims and nothing repaired. A line of level
// ERROR of a server that has nothing to do is no failure of work; it leads only
// if what it says is known to be a symptom.
const Failure* LeftOver(const Timeline& timeline) {
  const Failure* last = nullptr;
  for (const Failure& failure : timeline.failures) {
    if (failure.kind == FailureKind::kTrouble && IsIncident(failure)) {
      last = &failure;
    }
  }
  return last;
}

std::string HealthyOutcome(const Timeline& timeline) {
  if (timeline.build_log) return timeline.image_built ? "completed" : "cut";
  if (timeline.processes.empty()) return "cut";
  const Process& last = timeline.processes.back();
  if (timeline.work_open && last.end == ProcessEnd::kRunning) return "cut";
  if (timeline.counts.executed + timeline.counts.others_done > 0) {
    return "completed";
  }
  // Installs that went through, and containers stopped on request, of which
  // the log shows no more.
  const bool installed = !last.start_seen && last.container == 0 &&
                         last.ready_line == 0 && last.phase == "install";
  const bool stopped = !last.start_seen && last.container != 0 &&
                       last.end == ProcessEnd::kStopped;
  if (installed || stopped) return "completed";
  return last.ready_line != 0 ? "ready" : "cut";
}

}  // namespace

std::string OutcomeOf(const Failure& failure) {
  switch (failure.kind) {
    case FailureKind::kSilence:
      return "silent-restart";
    case FailureKind::kStartup:
      return "startup-failure";
    case FailureKind::kDeath:
      return "crash";
    case FailureKind::kHang:
    case FailureKind::kWorker:
      return "hang";
    case FailureKind::kDegraded:
      return "degraded";
    case FailureKind::kOutput:
      return failure.finished ? "degraded" : "error";
    case FailureKind::kInterrupt:
      return "interrupted";
    case FailureKind::kSlow:
      return "slow";
    case FailureKind::kStep:
      // A step that fails before anything serves is part of getting started.
      return failure.serving ? "error" : "startup-failure";
    case FailureKind::kWork:
      // As a step.
      return failure.serving || failure.phase != "install" ? "error"
                                                           : "startup-failure";
    case FailureKind::kTrouble:
      // The kernel tells of what happened to the pod, not of its work.
      if (failure.source == Source::kKernel) return "crash";
      return failure.phase == "install" && !failure.serving ? "startup-failure"
                                                            : "error";
    default:
      return "error";
  }
}

std::string KindName(FailureKind kind) {
  switch (kind) {
    case FailureKind::kException:
      return "exception";
    case FailureKind::kRejected:
      return "rejected";
    case FailureKind::kOutput:
      return "output";
    case FailureKind::kStartup:
      return "startup";
    case FailureKind::kImport:
      return "import";
    case FailureKind::kStep:
      return "step";
    case FailureKind::kWorker:
      return "worker";
    case FailureKind::kJob:
      return "job";
    case FailureKind::kDeath:
      return "death";
    case FailureKind::kSilence:
      return "silence";
    case FailureKind::kHang:
      return "hang";
    case FailureKind::kDegraded:
      return "degraded";
    case FailureKind::kInterrupt:
      return "interrupt";
    case FailureKind::kSlow:
      return "slow";
    case FailureKind::kWork:
      return "work";
    case FailureKind::kTrouble:
      return "trouble";
  }
  return "";
}

std::string ProofName(HangProof proof) {
  switch (proof) {
    case HangProof::kClock:
      return "clock";
    case HangProof::kBar:
      return "bar";
    case HangProof::kWaiter:
      return "waiter";
    case HangProof::kCollected:
      return "collected";
    case HangProof::kInterrupt:
      return "interrupt";
    case HangProof::kNone:
      break;
  }
  return "";
}

const Failure& FirstOfItsKind(const Timeline& timeline,
                              const Failure& failure) {
  for (const Failure& earlier : timeline.failures) {
    if (earlier.kind == failure.kind && !earlier.repaired_by &&
        earlier.process == failure.process &&
        earlier.quote.text == failure.quote.text) {
      return earlier;
    }
  }
  return failure;
}

bool IsIncident(const Failure& failure) {
  if (failure.repaired_by || failure.bystander) return false;
  switch (failure.kind) {
    case FailureKind::kImport:
    case FailureKind::kInterrupt:
      return false;
    case FailureKind::kTrouble: {
      const bool idle = failure.serving && !failure.working;
      return failure.traceback || failure.stated || !idle;
    }
    default:
      return true;
  }
}

namespace {

Incident IncidentByRule(const Timeline& timeline) {
  const auto named = [&](std::string outcome, const Failure* failure) {
    // Echoes of a fault come wherever the next prompt first touches the card.
    return Incident{std::move(outcome),
                    FirstOfItsKind(timeline, *failure).phase, failure};
  };
  if (const Failure* f = CrashLoop(timeline)) return named("crash-loop", f);
  if (const Failure* f = LastUnrepaired(timeline, {FailureKind::kSilence})) {
    return named("silent-restart", f);
  }
  if (const Failure* f = StartupFailure(timeline)) {
    return named("startup-failure", f);
  }
  if (const Failure* f = LastUnrepaired(timeline, {FailureKind::kDeath})) {
    return named("crash", f);
  }
  if (const Failure* f = LastUnrepaired(
          timeline, {FailureKind::kHang, FailureKind::kWorker})) {
    return named("hang", f);
  }
  if (const Failure* f = ErrorFailure(timeline)) {
    return named(OutcomeOf(*f), f);
  }
  if (const Failure* f = LateStartup(timeline)) {
    return named("startup-failure", f);
  }
  if (const Failure* f = LeftOver(timeline)) {
    return named(OutcomeOf(*f), f);
  }
  if (const Failure* f = Degraded(timeline)) return named("degraded", f);
  if (const Failure* f = CutShort(timeline)) {
    return named("interrupted", f);
  }
  if (const Failure* f = LastUnrepaired(timeline, {FailureKind::kSlow})) {
    return named("slow", f);
  }
  const std::string phase =
      timeline.processes.empty() || timeline.processes.back().phase.empty()
          ? "unknown"
          : timeline.processes.back().phase;
  return {HealthyOutcome(timeline), phase, nullptr};
}

}  // namespace

Incident PickIncident(const Timeline& timeline,
                      std::optional<std::size_t> chosen) {
  Incident incident = IncidentByRule(timeline);
  if (!chosen) return incident;
  const Failure* failure = &timeline.failures.at(*chosen);
  // The one that leads is part of more than itself, a crash loop perhaps.
  if (failure == incident.failure) return incident;
  return {OutcomeOf(*failure), FirstOfItsKind(timeline, *failure).phase,
          failure};
}

}  // namespace logdiag
