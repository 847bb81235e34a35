// What is known, as read from patterns/ and reports/texts. Values only; the
// meaning of each field is the meaning of the YAML key of that name (see
// patterns/README.md).
#ifndef LOGDIAG_MODEL_CATALOGUE_H_
#define LOGDIAG_MODEL_CATALOGUE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/hardware.h"

namespace logdiag {

// How the timeline reads a marker.
enum class Role {
  kNote,               // known and uneventful
  kFact,               // states facts (captures), nothing happens
  kSymptom,            // something is wrong; evidence for causes
  kPhase,              // work enters `phase`
  kContainerStart,     // a container began
  kContainerStop,      // platform or person stopped it
  kProcessStart,       // part of a ComfyUI start; `stage` orders the parts
  kReady,              // the server listens
  kRestartAnnounced,   // the process is going to be replaced on purpose
  kStopped,            // the process ended on request (Ctrl-C, SIGTERM)
  kProcessDied,        // says that a process died (signal text, exit code)
  kPromptQueued,       // "got prompt"
  kPromptExecuted,     // printed after success, failure and interrupt
  kPromptFailed,       // an exception ended the prompt
  kPromptRejected,     // the prompt was refused before it ran
  kOutputRejected,     // one output of a prompt was refused in validation
  kPromptInterrupted,  // a prompt ended because the operator said so
  kInterruptRequest,   // the operator asked for it
  kWorkerDied,         // the thread that runs prompts died
  kImportFailed,       // a custom node pack failed to import
  kStepFailed,         // an install, download, build or start step failed
  kJobQueued,          // a job handler took a job
  kJobFailed,          // a job handler gave a job up
  kTimedOut,           // somebody waited and gave up
  kSaved,              // a result was written
  kDegraded,           // a result is bad although its prompt finished
  kJobFinished,        // a job handler finished a job
  kWorkBegins,         // work of kind Marker::work begins, ...
  kWorkDone,           // ... is done, ...
  kWorkFailed,         // ... has failed
  kError,              // the program states an error that stopped something
  kRestartCount,       // the platform counts restarts: capture `restarts`
  kShellReturned,      // a shell asks for the next command: what ran is over
  kComplaint,          // it states trouble that it may go on after, ...
  kWarning,            // ... or goes on after for certain
};
inline constexpr Role kLastRole = Role::kWarning;

// A value captured by a marker that becomes a fact of the log.
struct FactCapture {
  std::string group;  // regex group
  std::string fact;   // name in Diagnosis::facts
  bool weak = false;  // only as long as nothing else states the fact

  bool operator==(const FactCapture&) const = default;
};

struct Marker {
  std::string id;
  Role role = Role::kNote;
  std::vector<std::string> literals;  // any of them selects the line
  std::string regex;                  // must then match; may be empty
  std::string phase;                  // "" = does not move the phase
  int stage = 0;                      // of kProcessStart: order in a start
  std::string work;     // of kWork...: training, download, install, ...
  std::string program;  // id of the dialect that it belongs to; "" = general
  bool own = true;      // only ComfyUI, a handler or a pod's platform prints it
  std::string needs;    // the role counts only if this marker came before it
  std::vector<FactCapture> facts;
  std::string fixed_fact;  // `set:` a fact without a capture
  std::string fixed_value;
  std::vector<std::string> samples;  // must match
  std::vector<std::string> nots;     // must not match
  std::string says;                  // one clause, English, for the ledger
  std::string origin;                // file:line:column of the definition

  bool operator==(const Marker&) const = default;
};

// A fact without a value: it says only whose log it is, so once is enough.
inline bool OnlyNamesItsLog(const Marker& marker) {
  return marker.role == Role::kFact && marker.facts.empty() &&
         marker.fixed_fact.empty();
}

// How the log of one program reads, beyond its markers.
struct Dialect {
  std::string id;                       // its folder: "comfyui"
  std::string name;                     // for people: "ComfyUI"
  std::vector<std::string> mains;       // files that it is started by: main.py
  std::vector<std::string> work_bars;   // regexes on the label of a progress
                                        // bar that is the work itself
  std::vector<std::string> other_bars;  // ... that is loading, caching, ...;
                                        // these are asked first
  std::string unit;     // what its work is: prompt, job, training, ...
  bool server = false;  // it has a ready line and then waits for work
  std::string origin;

  bool operator==(const Dialect&) const = default;
};

// What a stack frame says about the phase of the work.
struct FrameRule {
  std::string id;
  std::string frame;  // regex on "file:function"
  std::string phase;  // "" = the phase known from elsewhere stands
  bool own = false;   // says only whose code it is; tells no phase
  // What is raised there concerns neither the work nor the process.
  bool bystander = false;
  std::vector<std::string> samples;
  std::string origin;

  bool operator==(const FrameRule&) const = default;
};

// A closed interval with optional ends.
struct Range {
  std::optional<double> min;
  std::optional<double> max;

  bool operator==(const Range&) const = default;
};

// When an evidence item speaks. All given parts must hold. Names in lists are
// alternatives.
struct Condition {
  std::vector<std::string> markers;  // one of these was seen in `scope`
  std::vector<std::string> absent;   // none of these was seen in `scope`
  std::string scope = "incident";    // incident | session | before | log
  std::optional<Range> count;        // how often the marker was seen there
  std::string exception;             // regex on "Type: message" of the incident
  std::string frame;  // regex on "file:function" of its innermost frames
  std::string label;  // regex on the label of the incident's open bar
  std::vector<std::string> outcomes;
  std::vector<std::string> phases;
  std::vector<std::string> kinds;  // failure kinds, see FailureKind
  std::vector<std::string> ends;   // how the session ended, see ProcessEnd
  std::string bar;                 // open | closed | none
  std::optional<Range> bar_done;   // steps done on the incident's bar
  std::optional<Range> restart_gap_s;
  std::optional<Range> silence_s;  // silence of the incident
  std::optional<Range> same_point_deaths;
  bool host_changed = false;          // the next start saw another machine
  std::string fact;                   // name of a fact that must be known ...
  std::string fact_matches;           // ... and match this regex ...
  std::optional<Range> fact_range;    // ... and lie in this range, ...
  std::string fact_per;               // ... divided by this fact, if given
  std::vector<int> exit_codes;        // the failure's exit code is one of these
  std::vector<std::string> programs;  // an own marker of one of these dialects
                                      // was seen in the log

  bool operator==(const Condition&) const = default;
};

struct EvidenceItem {
  Condition when;
  double weight_db = 0;      // > 0 supports, < 0 opposes
  bool establishes = false;  // settles the cause alone
  bool excludes = false;     // ends it
  bool own = false;          // only what runs on a pod says so
  std::string says;          // one clause, with {captures} of the marker
  std::string why;           // why it weighs that much; for authors

  bool operator==(const EvidenceItem&) const = default;
};

// A remedy that would make this case worse.
struct Avoidance {
  std::string remedy;
  std::string says;  // one clause: why not

  bool operator==(const Avoidance&) const = default;
};

struct Cause {
  std::string id;       // "memory/vram-oom"
  std::string title;    // for the heading, no code
  std::string summary;  // one sentence with {facts}; the verdict line
  std::string explain;  // a paragraph: why, and what is often mistaken for it
  std::vector<std::string> outcomes;  // which outcomes it can explain
  double prior_db = -20;
  std::vector<EvidenceItem> evidence;
  std::vector<std::string> explains;  // causes that are symptoms of this one
  std::vector<std::string> rivals;    // named even if nothing spoke for them
  std::vector<std::string> remedies;  // ids, in order
  std::vector<std::string> later;     // remedy ids for "if it comes back"
  std::vector<Avoidance> avoid;       // what not to do here
  std::vector<std::string> confirm;  // observations; the first settles it alone
  std::vector<std::string> references;  // URLs
  std::string origin;

  bool operator==(const Cause&) const = default;
};

// When a remedy does not apply, and what to say then.
struct Objection {
  Condition when;
  std::string says;

  bool operator==(const Objection&) const = default;
};

struct Remedy {
  std::string id;
  std::string text;     // with {facts}
  std::string command;  // may be empty
  std::string risk;     // none | restarts ComfyUI | loses the running job ...
  std::string check;    // the line to look for in the next log
  std::optional<Condition> when;      // applies only then, if given
  std::vector<Objection> unless;      // suppressed if one of these holds
  std::vector<std::string> programs;  // dialects it is meant for; empty = any
  std::string origin;

  bool operator==(const Remedy&) const = default;
};

// A row of a user's folder that took the place of a known one.
struct Replacement {
  std::string what;  // "marker", "cause", ...
  std::string id;
  std::string by;  // origin of the new row ...
  std::string of;  // ... and of the old one

  bool operator==(const Replacement&) const = default;
};

// Everything known. Built once; read-only afterwards.
struct Catalogue {
  std::vector<Dialect> dialects;  // by id
  std::vector<Marker> markers;
  std::vector<FrameRule> frames;  // the first that matches a frame counts
  std::vector<Cause> causes;
  std::vector<Remedy> remedies;
  Hardware hardware;
  // Sentences of the report by key ("outcome.silent-restart.title"), with
  // {placeholders}.
  std::map<std::string, std::string, std::less<>> texts;
  std::vector<Replacement> replaced;  // in the order in which it was loaded
  // By regex, lower-case words of which what it matches holds at least one
  // (support/regex_needs.h). Known of what is built in; a regex that is not
  // named here may match anything.
  std::map<std::string, std::vector<std::string>, std::less<>> regex_needs;

  const Dialect* FindDialect(std::string_view id) const {
    for (const Dialect& dialect : dialects) {
      if (dialect.id == id) return &dialect;
    }
    return nullptr;
  }
  const Remedy* FindRemedy(std::string_view id) const {
    for (const Remedy& remedy : remedies) {
      if (remedy.id == id) return &remedy;
    }
    return nullptr;
  }
  const Cause* FindCause(std::string_view id) const {
    for (const Cause& cause : causes) {
      if (cause.id == id) return &cause;
    }
    return nullptr;
  }

  bool operator==(const Catalogue&) const = default;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_CATALOGUE_H_
