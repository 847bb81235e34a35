// SPDX-License-Identifier: Apache-2.0
// What happened, in order. Everything here owns its text and is capped, so
// that its size does not grow with the log.
#ifndef LOGDIAG_MODEL_TIMELINE_H_
#define LOGDIAG_MODEL_TIMELINE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/event.h"

namespace logdiag {

// A line to show: number, offset, text (raw, capped at kMaxEventText).
struct Quote {
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::optional<std::int64_t> time_ns;
  std::string text;
  bool unterminated = false;  // as in Event
};

// What was seen of one marker within a scope.
struct Seen {
  std::uint64_t count = 0;
  std::uint64_t last_line = 0;
  Event first;
};
// By marker index.
using Sightings = std::map<std::size_t, Seen>;

// How a process ended.
enum class ProcessEnd {
  kRunning,    // the log ends, or nothing says that it ended
  kAnnounced,  // restarted on purpose, and said so
  kStopped,    // Ctrl-C, SIGTERM, a stop by the platform
  kDied,       // and the log says so
  kSilent,     // another start follows with no word of why
};

enum class WorkState {
  kRunning,      // begun; no end seen
  kQueued,       // accepted; another one was running
  kExecuted,     // "Work executed" and nothing failed
  kFailed,       // an exception
  kRejected,     // refused before it ran
  kInterrupted,  // by the operator
  kLost,         // its process ended first
};

// What the program was asked to do.
enum class WorkKind {
  kPrompt,    // of ComfyUI
  kJob,       // of a job handler; prompts may run inside it
  kRequest,   // of another server
  kTraining,  // a training run
  kDownload,
  kInstall,
  kTask,    // of a manager
  kScript,  // of a program without a server
};

// A stretch of a work.
struct PhaseSpan {
  std::string phase;  // names of the report schema
  std::uint64_t line = 0;
  std::optional<std::int64_t> time_ns;
};

struct Work {
  WorkKind kind = WorkKind::kPrompt;
  std::uint64_t number = 0;  // 1-based over the log
  WorkState state = WorkState::kQueued;
  std::uint64_t queued_line = 0;
  std::uint64_t end_line = 0;  // 0 = never ended
  std::optional<std::int64_t> start_ns;
  std::optional<std::int64_t> end_ns;
  std::string duration;                // as "Work executed in" printed it
  std::vector<PhaseSpan> phases;       // at most 32
  std::vector<std::string> work;       // models loaded, job sizes: what it was
  std::vector<std::string> auxiliary;  // those of `work` that only assist:
                                       // text encoders, VAEs, control nets
  bool outputs_rejected = false;       // partial validation
  // By its last bar of sampling steps.
  std::int64_t steps_done = 0;
  std::int64_t steps_total = 0;  // 0 = there was none
  std::optional<double> seconds_per_step;
};

// A value the log states, and the line that states it.
struct Fact {
  std::string value;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::string text = {};
  bool given = false;  // on the command line; then there is no line
};
// By name: gpu, vram_mb, ram_mb, torch, ... (the names that markers set).
using Facts = std::map<std::string, Fact, std::less<>>;

struct Process {
  std::uint64_t number = 0;     // 1-based over the log
  std::uint64_t session = 0;    // 1-based among starts seen; 0 = none seen
  std::uint64_t container = 0;  // 1-based, 0 = before any banner
  std::uint64_t first_line = 0;
  std::uint64_t last_line = 0;
  std::uint64_t ready_line = 0;  // 0 = never ready
  std::optional<std::int64_t> start_ns;
  std::optional<std::int64_t> last_ns;  // of its last line
  ProcessEnd end = ProcessEnd::kRunning;
  std::optional<Quote> end_quote;  // the line that says so
  std::string phase;               // last phase it was in
  bool start_seen = false;         // false: the log begins inside it
  std::uint64_t prompts = 0;       // queued in it
  bool worked = false;             // work of any kind began in it
  Sightings seen;                  // kept for the last processes only
};

enum class FailureKind {
  kException,  // a prompt ended in one
  kRejected,   // a prompt was refused
  kOutput,     // outputs of a prompt were refused, the rest ran or may run
  kStartup,    // a process failed on its way to ready
  kImport,     // a pack failed to import
  kStep,       // install, download or build step
  kWorker,     // the prompt worker thread died
  kJob,        // a job handler gave up
  kDeath,      // a process died and the log says so
  kSilence,    // a process ended silently
  kHang,       // work stopped moving, proved
  kDegraded,   // a prompt finished and its result is bad
  kInterrupt,  // the operator cut work or a start short
  kSlow,       // a prompt finished, pathologically slowly
  kWork,       // other work than a prompt or a job failed
  kTrouble,    // a traceback or an error line that nothing else claims
};

// What proved a hang.
enum class HangProof {
  kNone,       // not a hang
  kClock,      // by the log's clock nothing moved while something else went on
  kBar,        // the bar's own clock ran on and no step was completed
  kWaiter,     // somebody waited for it and gave up
  kInterrupt,  // it was asked to stop, and nothing follows
  kCollected,  // nothing moved until the log was taken, as given by the user
};

// Why a program refused work: one line of it, and whose input it is about.
struct Refusal {
  std::string node;  // type and id, as printed
  Quote quote;       // the reason, without its bullet
  // What the list of the reason has in place of what it refuses; "" = nothing.
  std::string listed = {};
};

struct Failure {
  FailureKind kind = FailureKind::kException;
  std::uint64_t prompt = 0;   // number, 0 = none
  std::uint64_t process = 0;  // number, 0 = none
  std::uint64_t session = 0;  // of its process
  std::string phase;
  std::uint64_t begun_line = 0;  // of its work; 0 = none
  std::uint64_t first_line = 0;
  std::uint64_t last_line = 0;
  Quote headline;  // the line that first told of it
  Quote quote;     // the line that shows it best
  std::optional<Traceback> traceback;
  std::string pack;               // custom node pack whose code raised
  std::string node;               // node type, where the log names it
  std::vector<std::string> work;  // of its prompt, as there
  std::vector<std::string> auxiliary;
  Sightings seen;                            // within the failure's own scope
  Facts facts;                               // as they stood when it happened
  std::vector<Refusal> refusals;             // of kRejected, kOutput; capped
  std::vector<Quote> context;                // up to 8 lines before its end
  std::optional<std::uint64_t> repaired_by;  // line that shows it overcome
  // Line where later work that names all of this one's succeeded; what shows a
  // failure overcome is seldom that much.
  std::optional<std::uint64_t> redone_by;
  std::optional<ProgressBar> bar;  // the last bar of it
  std::uint64_t bar_line = 0;
  std::optional<double> restart_gap_s;  // of kSilence, kDeath: to next start
  std::optional<double> silence_s;      // of kHang: proved silence
  // Its phase is a guess: no line told what began after the work was taken.
  bool phase_inferred = false;
  HangProof proof = HangProof::kNone;  // of kHang
  // The line of the next start that shows another machine: other RAM, card or
  // driver.
  std::optional<Quote> host_changed;
  std::uint64_t later_successes = 0;  // prompts that succeeded after it
  bool finished = false;       // of kOutput: the rest of its prompt finished
  bool ended_process = false;  // its process ended with it
  bool end_given = false;      // that it ended is known from the user alone
  std::uint64_t repeats = 0;   // of kTrouble: how often it was told again
  std::uint64_t calm = 0;      // of kTrouble: records since that are none
  bool passing = false;        // of kTrouble: the program may go on after it
  bool bystander = false;      // of kTrouble: it concerns no work
  bool stated = false;         // of kTrouble: the program itself says error
  bool working = false;        // work was running in its process
  bool serving = false;        // its process had become ready or had taken work
  std::optional<int> exit_code;        // of what ended; -N = killed by signal N
  Source source = Source::kContainer;  // who wrote its headline
  std::uint64_t same_point_deaths = 0;  // deaths in this phase, this included
  // Of kTrouble: one line that came again and again while nothing else went on,
  // up to last_line.
  bool flood = false;
};

struct Gap {
  std::uint64_t line = 0;  // the line before the silence
  double seconds = 0;
  std::string phase;        // what was running
  bool inside_bar = false;  // then it is the bar's own time
};

// A milestone for the report's timeline.
struct Milestone {
  std::uint64_t line = 0;
  std::optional<std::int64_t> time_ns;
  std::uint64_t process = 0;  // number of the process, started or not
  std::uint64_t session = 0;  // 0 = its start was not seen yet
  std::string phase;
  std::string event;   // key of reports/texts, "milestone.<event>"
  std::string detail;  // log-derived, raw
};

// A figure that a log states again and again.
struct Reading {
  std::string name;  // of the fact; "" for seconds a step
  std::uint64_t line = 0;
  std::optional<std::int64_t> time_ns;
  double value = 0;
};

struct Counts {
  std::uint64_t containers = 0;
  std::uint64_t sessions = 0;  // starts of ComfyUI or of a handler seen
  std::uint64_t prompts = 0;
  std::uint64_t executed = 0;
  std::uint64_t failed = 0;  // exceptions and rejections
  std::uint64_t interrupted = 0;
  std::uint64_t others_done = 0;   // jobs and other work that is no prompt
  std::uint64_t begun_before = 0;  // prompts that ran when the log began
};

// Of more failures the first and the last are kept.
inline constexpr std::size_t kFailuresKept = 48;

struct Timeline {
  std::vector<Process> processes;     // capped: first and last ones
  std::vector<Work> works;            // prompts; capped
  std::vector<Work> other_works;      // jobs and other work; capped
  std::vector<Failure> failures;      // at most kFailuresKept
  std::vector<Gap> gaps;              // longest first, at most 5
  std::vector<Milestone> milestones;  // capped
  // In order, capped. Facts of memory in MB, and what bars of steps say.
  std::vector<Reading> memory;
  std::vector<Reading> speeds;
  std::vector<Quote> tail;  // last lines of the log, at most 8
  Sightings seen;           // over the whole log
  Counts counts;
  bool build_log = false;     // an image build, not a pod
  std::uint64_t records = 0;  // that were not empty
  bool image_built = false;   // and it came to its end
  bool ours = false;          // code or a build of ours was seen
  bool work_open = false;     // work runs where the log ends
  // Restarts that the platform counts; 0 = it does not say.
  std::uint64_t restarts = 0;
  Clock clock = Clock::kNone;            // of the container's lines
  std::optional<std::int64_t> first_ns;  // of the first record with a time
  std::optional<std::int64_t> last_ns;
  std::uint64_t milestones_dropped = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_TIMELINE_H_
