// SPDX-License-Identifier: Apache-2.0
// What is known, as read from patterns/ and reports/texts. Values only; the
// meaning of each field is the meaning of the YAML key of that name (see
// patterns/README.md).
#ifndef LOGDIAG_MODEL_CATALOGUE_H_
#define LOGDIAG_MODEL_CATALOGUE_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/hardware.h"
#include "analyzer/model/known_text.h"
#include "analyzer/model/witness_kind.h"

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
  KnownText group;    // regex group
  KnownText fact;     // name in Diagnosis::facts
  bool weak = false;  // only as long as nothing else states the fact

  bool operator==(const FactCapture&) const = default;
};

struct Marker {
  KnownText id;
  Role role = Role::kNote;
  std::vector<KnownText> literals;  // any of them selects the line
  KnownText regex;                  // must then match; may be empty
  KnownText phase;                  // "" = does not move the phase
  int stage = 0;                    // of kProcessStart: order in a start
  KnownText work;     // of kWork...: training, download, install, ...
  KnownText program;  // id of the dialect that it belongs to; "" = general
  bool own = true;    // only ComfyUI, a handler or a pod's platform prints it
  KnownText needs;    // the role counts only if this marker came before it
  std::vector<FactCapture> facts;
  KnownText fixed_fact;  // `set:` a fact without a capture
  KnownText fixed_value;
  std::vector<KnownText> samples;  // must match
  std::vector<KnownText> nots;     // must not match
  bool named = false;              // a condition asks for it
  bool midline = false;  // a sample has it behind other words of its program
  bool in_data = false;  // ... where others name data
  KnownText markup;  // first bytes of samples that begin like a document's line
  KnownText says;    // one clause, English, for the ledger
  KnownText origin;  // file:line:column of the definition

  bool operator==(const Marker&) const = default;
};

// A fact without a value: it says only whose log it is, so once is enough.
inline bool OnlyNamesItsLog(const Marker& marker) {
  return marker.role == Role::kFact && marker.facts.empty() &&
         marker.fixed_fact.empty();
}

// How the log of one program reads, beyond its markers.
struct Dialect {
  KnownText id;                       // its folder: "comfyui"
  KnownText name;                     // for people: "ComfyUI"
  std::vector<KnownText> mains;       // files that it is started by: main.py
  std::vector<KnownText> work_bars;   // regexes on the label of a progress
                                      // bar that is the work itself
  std::vector<KnownText> other_bars;  // ... that is loading, caching, ...;
                                      // these are asked first
  KnownText unit;       // what its work is: prompt, job, training, ...
  bool server = false;  // it has a ready line and then waits for work
  KnownText origin;

  bool operator==(const Dialect&) const = default;
};

// What a stack frame says about the phase of the work.
struct FrameRule {
  KnownText id;
  KnownText frame;   // regex on "file:function"
  KnownText phase;   // "" = the phase known from elsewhere stands
  bool own = false;  // says only whose code it is; tells no phase
  // What is raised there concerns neither the work nor the process.
  bool bystander = false;
  // Machinery that runs the code of others: never the place of a fault.
  bool machinery = false;
  std::vector<KnownText> samples;
  KnownText origin;

  bool operator==(const FrameRule&) const = default;
};

// A closed interval; an end that is not given is infinite. As a part of a
// condition it speaks only if an end is given.
struct Range {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();

  bool given() const { return std::isfinite(min) || std::isfinite(max); }
  bool Holds(double value) const { return min <= value && value <= max; }

  bool operator==(const Range&) const = default;
};

// When an evidence item speaks. All given parts must hold. Names in lists are
// alternatives.
struct Condition {
  std::vector<KnownText> markers;  // one of these was seen in `scope`
  std::vector<KnownText> absent;   // none of these was seen in `scope`
  KnownText scope = "incident";    // incident | session | before | log
  Range count;                     // how often the marker was seen there
  KnownText exception;             // regex on "Type: message" of the incident
  KnownText frame;  // regex on "file:function" of its innermost frames
  KnownText label;  // regex on the label of the incident's open bar
  std::vector<KnownText> outcomes;
  std::vector<KnownText> phases;
  std::vector<KnownText> kinds;  // failure kinds, see FailureKind
  std::vector<KnownText> ends;   // how the session ended, see ProcessEnd
  KnownText bar;                 // open | closed | none
  Range bar_done;                // steps done on the incident's bar
  Range restart_gap_s;
  Range silence_s;  // silence of the incident
  Range same_point_deaths;
  bool host_changed = false;        // the next start saw another machine
  KnownText fact;                   // name of a fact that must be known ...
  KnownText fact_matches;           // ... and match this regex ...
  Range fact_range;                 // ... and lie in this range, ...
  KnownText fact_per;               // ... divided by this fact, if given
  std::vector<int> exit_codes;      // the failure's exit code is one of these
  std::vector<KnownText> programs;  // an own marker of one of these dialects
                                    // was seen in the log

  bool operator==(const Condition&) const = default;
};

struct EvidenceItem {
  Condition when;
  double weight_db = 0;      // > 0 supports, < 0 opposes
  bool establishes = false;  // settles the cause alone
  bool excludes = false;     // ends it
  bool own = false;          // only what runs on a pod says so
  KnownText says;            // one clause, with {captures} of the marker
  KnownText why;             // why it weighs that much; for authors

  bool operator==(const EvidenceItem&) const = default;
};

// A remedy that would make this case worse.
struct Avoidance {
  KnownText remedy;
  KnownText says;  // one clause: why not

  bool operator==(const Avoidance&) const = default;
};

struct Cause {
  KnownText id;     // "memory/vram-oom"
  KnownText title;  // for the heading, no code
  // What a person would call it, with {facts}; the first of which every fact
  // is known heads the report.
  std::vector<KnownText> headlines;
  KnownText summary;  // one sentence with {facts}; the verdict line
  KnownText explain;  // a paragraph: why, and what is often mistaken for it
  std::vector<KnownText> outcomes;  // which outcomes it can explain
  double prior_db = -20;
  std::vector<EvidenceItem> evidence;
  std::vector<KnownText> explains;  // causes that are symptoms of this one
  std::vector<KnownText> rivals;    // named even if nothing spoke for them
  std::vector<KnownText> remedies;  // ids, in order
  std::vector<KnownText> later;     // remedy ids for "if it comes back"
  std::vector<Avoidance> avoid;     // what not to do here
  std::vector<KnownText> confirm;   // observations; the first settles it alone
  std::vector<KnownText> references;  // URLs
  KnownText origin;

  bool operator==(const Cause&) const = default;
};

// When a remedy does not apply, and what to say then.
struct Objection {
  Condition when;
  KnownText says;

  bool operator==(const Objection&) const = default;
};

// A kind of machine that a log can show: "windows", "amd".
struct MachineKind {
  KnownText id;
  std::vector<Condition> when;  // one of them shows it
  KnownText origin;

  bool operator==(const MachineKind&) const = default;
};

struct Remedy {
  KnownText id;
  KnownText name;    // a noun for it, where it is what does not help; may be ""
  KnownText action;  // what kind of step it is: see ActionNames
  KnownText text;    // with {facts}
  KnownText command;  // may be empty
  KnownText risk;     // none | restarts ComfyUI | loses the running job ...
  KnownText check;    // the line to look for in the next log
  std::optional<Condition> when;    // applies only then, if given
  std::vector<Objection> unless;    // suppressed if one of these holds
  std::vector<KnownText> programs;  // dialects it is meant for; empty = any
  // Dialects it is not meant for.
  std::vector<KnownText> not_programs;
  std::vector<KnownText> only_on;  // the log must show one of these machines
  std::vector<KnownText> not_on;   // ... and none of these
  KnownText origin;

  bool operator==(const Remedy&) const = default;
};

// How one kind of secret is told from what may be shown.
struct SecretRule {
  KnownText id;
  KnownText kind;                   // for the counts: token, password, ...
  std::vector<KnownText> literals;  // one of them stands in every text that
                                    // holds one, in any case
  KnownText regex;        // group `secret` or `value` is what is hidden
  KnownText unless;       // regex on what would be hidden: then it is none
  KnownText unless_name;  // ... on the group `name`
  KnownText check;        // name of a test that no regex can make
  KnownText shown_as;     // "user" is shown as [user]; "": [redacted 12]
  KnownText spreads;      // regex on the value: hidden wherever it stands
  KnownText continues;    // regex: lines right after it that belong to it
  std::vector<KnownText> samples;     // it hides something in them
  std::vector<KnownText> lookalikes;  // ... and nothing in these
  KnownText origin;

  bool operator==(const SecretRule&) const = default;
};

// Uneventful words, or a name: these stand in any text, and what stands on them
// is no more than that.
inline bool IsUneventful(const Marker& marker) {
  return marker.role == Role::kNote || OnlyNamesItsLog(marker);
}

// Helps to tell whose words stand in a line (support/quotation.h).
struct QuotationRule {
  KnownText id;
  KnownText kind;   // payload | introducer | markup | statement | front
  KnownText regex;  // what it means depends on `kind`
  std::vector<KnownText> samples;  // must match, ...
  std::vector<KnownText> nots;     // ... and these must not
  KnownText origin;

  bool operator==(const QuotationRule&) const = default;
};

// A kind of file that quotes logs and is none (scan/document_check.h).
struct DocumentKind {
  KnownText id;
  KnownText name;     // with its article: "a Markdown text"
  KnownText opening;  // one of the first lines matches this, ...
  KnownText unless;   // ... no line this; may be empty
  KnownText holds;    // a line that matches this is enough; may be empty
  KnownText typical;  // else so many lines match this
  double share = 0;   // of all, 0 to 1
  std::vector<KnownText> samples;  // whole small files of it
  KnownText origin;

  bool operator==(const DocumentKind&) const = default;
};

// A row of a user's folder that took the place of a known one.
struct Replacement {
  std::string what;  // "marker", "cause", ...
  std::string id;
  std::string by;  // origin of the new row ...
  std::string of;  // ... and of the old one

  bool operator==(const Replacement&) const = default;
};

// By regex, lower-case words of which what it matches holds at least one
// (support/regex_needs.h). A regex that is not named may match anything.
using RegexNeeds = std::map<KnownText, std::vector<KnownText>, std::less<>>;

// Everything known. Built once; read-only afterwards.
struct Catalogue {
  std::vector<Dialect> dialects;  // by id
  std::vector<Marker> markers;
  std::vector<FrameRule> frames;  // the first that matches a frame counts
  std::vector<Cause> causes;
  std::vector<Remedy> remedies;
  std::vector<MachineKind> machines;
  std::vector<SecretRule> secrets;
  std::vector<QuotationRule> quotations;
  std::vector<DocumentKind> documents;  // the first that fits counts
  std::vector<WitnessKind> witnesses;   // so here
  Hardware hardware;
  // Sentences of the report by key ("outcome.silent-restart.title"), with
  // {placeholders}.
  std::map<KnownText, KnownText, std::less<>> texts;
  std::vector<Replacement> replaced;  // in the order in which it was loaded
  std::vector<std::string> folders;   // that the command line added to it
  RegexNeeds regex_needs;             // of what is built in
  // Names what is known: a hash of what is built in, "+local" after it if a
  // folder added to it. "" = nobody worked it out.
  KnownText version;

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
  const MachineKind* FindMachine(std::string_view id) const {
    for (const MachineKind& machine : machines) {
      if (machine.id == id) return &machine;
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
