// SPDX-License-Identifier: Apache-2.0
// The answer: what went wrong, why, how sure, and what to do. Owns everything;
// text taken from the log is raw and is escaped by whoever writes it out.
#ifndef LOGDIAG_MODEL_DIAGNOSIS_H_
#define LOGDIAG_MODEL_DIAGNOSIS_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/budget.h"
#include "analyzer/model/secrets.h"
#include "analyzer/model/sentence.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

enum class Confidence { kUnknown, kPossible, kLikely, kEstablished };

// The weight of what settles a cause alone.
inline constexpr double kEstablishes_db = 60;

// A line that speaks for or against.
struct Evidence {
  Quote quote;
  Sentence says;         // one clause
  double weight_db = 0;  // of the item that spoke
  bool given = false;    // stated on the command line; then there is no line
};

// A remedy that one would think of, and why it is none here.
struct Suppressed {
  std::string remedy;
  Sentence why;  // one clause
};

struct Rival {
  std::string cause;
  Confidence confidence = Confidence::kUnknown;
  double posterior = 0;
  std::vector<Evidence> supporting;
  std::vector<Evidence> against;
};

// What was raised, and whose code raised it.
struct Exception {
  std::string type;
  std::string message;              // first line of it
  std::uint64_t line = 0;           // of the log: where it says so
  std::optional<Frame> place = {};  // the frame to look at
  std::string pack = {};            // custom node pack that it passed through
  std::string node = {};            // node type, where the log names it
};

// Something true that is not the verdict.
struct Finding {
  std::string cause;  // "family/slug", or "unknown"
  Quote quote;
  bool repaired = false;
  std::uint64_t count = 1;
  std::string pack = {};  // that failed to import
  std::optional<Exception> exception = {};
  std::string cure = {};  // id of the remedy that comes first; "" = none
  std::map<std::string, std::string, std::less<>> values = {};  // for its texts
  // Line where the same work succeeded later; 0 = none shows that.
  std::uint64_t redone_line = 0;
  bool stops_start = false;  // a start ended with it
  // Where a line that came again and again was last; 0 = it is none.
  std::uint64_t last_line = 0;
};

// A failure of the log, judged alone.
struct FailureSummary {
  std::string kind;     // "exception", "silence", ... as patterns name kinds
  std::string outcome;  // that it would be, seen alone
  std::string cause;    // "family/slug" or "unknown"
  Confidence confidence = Confidence::kUnknown;
  double posterior = 0;  // of that cause, or of "unknown"
  std::string phase;
  std::uint64_t session = 0;    // 0 = its start was not seen
  std::uint64_t prompt = 0;     // 0 = none
  Quote quote;                  // the line that shows it best
  std::uint64_t told_line = 0;  // that first tells of it
  bool repaired = false;
  bool verdict = false;  // the report is about it
  std::optional<Exception> exception;
  // Lines that spoke for its cause; the verdict's are Diagnosis::evidence.
  std::vector<Evidence> evidence;
};

// One of several files of a pod that are read as one log.
struct SourceFile {
  enum class Role { kLog, kWitness, kLeftOut };
  // How its clock was set to that of the main log.
  enum class Fit {
    kNone,     // one of the two has no clock
    kSame,     // both say UTC, or it is the main log
    kShared,   // by lines that both have
    kStated,   // by a time of day that it states beside its own clock
    kAssumed,  // nothing tells; both are taken for the same zone
    kUnknown,  // it cannot be told: its lines stand behind all others
  };

  std::string name;   // as given, with the member of an archive
  std::string label;  // short, of letters that need no care; unique
  Role role = Role::kLog;
  bool main = false;    // the log that the others are witnesses of
  bool unread = false;  // left out, as it could not be read
  std::string what;     // WitnessKind::name, or why it was left out
  std::uint64_t lines = 0;
  std::uint64_t copies = 0;   // records that the main log has, too
  std::uint64_t outside = 0;  // records of other times than the failure's
  Fit fit = Fit::kNone;
  std::int64_t offset_ns = 0;  // added to its times
  std::uint64_t shared = 0;    // lines that say so, of kShared
  bool speaks = false;         // a line of it is evidence, or states a fact
};

// From line `first` of the whole on the lines are those of `file`, from its
// `line` on.
struct LineSpan {
  std::uint64_t first = 0;
  std::size_t file = 0;  // index into CaseSources::files
  std::uint64_t line = 0;
};

// One fact that two files state differently; neither is believed.
struct Contradiction {
  std::string fact;
  std::vector<Fact> stated;
};

// What an analysis of several files was made of; empty for one log.
struct CaseSources {
  std::vector<SourceFile> files;
  std::vector<LineSpan> spans;  // by `first`
  std::vector<Contradiction> contradictions;
  // What the main log alone came to.
  std::string alone_cause;
  Confidence alone_confidence = Confidence::kUnknown;
};

// Where line `line` of the whole stands; nullptr if no file has it.
inline const LineSpan* SpanOf(const CaseSources& sources, std::uint64_t line) {
  const auto after =
      std::upper_bound(sources.spans.begin(), sources.spans.end(), line,
                       [](std::uint64_t wanted, const LineSpan& span) {
                         return wanted < span.first;
                       });
  return line == 0 || after == sources.spans.begin() ? nullptr : &*(after - 1);
}

struct LogSource {
  std::string path;    // as given; "-" for standard input
  std::string member;  // of an archive; "" if it is none
  // "bundle.zip:logs/pod.log".
  std::string Name() const {
    return member.empty() ? path : path + ":" + member;
  }
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
  std::string clock;                     // "utc", "local", "monotonic", "none"
  std::int64_t clock_resolution_ns = 0;  // 0 = no clock
  std::vector<std::string> envelopes;    // names seen, outermost first
  CaseSources of_case;
};

// What was read, and what of it was understood.
struct Coverage {
  std::uint64_t lines = 0;
  std::uint64_t outside_lines = 0;  // of them, those that were not asked for
  std::uint64_t records = 0;        // messages that are not blank
  std::uint64_t understood = 0;     // of them, those recognised
  std::uint64_t cut_lines = 0;      // longer than kMaxLineBytes
  // Not looked at for every pattern: they hold parts of too many.
  std::uint64_t crowded_lines = 0;
  bool pasted = false;  // it stands between fences in a text: little is sure
  std::uint64_t invalid_utf8_lines = 0;
  std::uint64_t nul_bytes = 0;        // passed over
  std::uint64_t duplicate_lines = 0;  // dropped copies
  std::uint64_t redacted = 0;         // different values hidden, ...
  std::map<std::string, std::uint64_t, std::less<>> redacted_kinds;  // by kind
  std::uint64_t unknown_clusters = 0;   // shapes of lines nobody knows, capped
  std::vector<Quote> unknown_examples;  // at most 5, most frequent first
  bool partial = false;  // the input could not be read to its end
  std::string partial_why;
};

struct Diagnosis {
  LogSource source;
  std::string outcome;  // names of the taxonomy
  std::string cause;    // "family/slug", "none" or "unknown"
  Confidence confidence = Confidence::kUnknown;
  double posterior = 0;
  std::string phase;
  Sentence summary;                    // one sentence
  std::optional<Failure> incident;     // nothing for a healthy log
  std::optional<Exception> exception;  // of the incident ...
  std::vector<Frame> stack;  // ... and its frames, as far as they were kept
  std::vector<Evidence> evidence;        // for the verdict, in line order
  std::vector<Evidence> against;         // against the verdict
  std::vector<Rival> rivals;             // best first
  std::vector<Finding> findings;         // in line order
  std::vector<FailureSummary> failures;  // in line order, the verdict's too
  std::vector<std::string> remedies;     // ids, in order, those that apply
  std::vector<std::string> later;        // ids for "if it comes back"
  std::vector<Quote> advice;  // what the failing program itself says to do
  std::vector<Suppressed> suppressed;  // those that do not help here
  std::map<std::string, std::string, std::less<>> values;  // for {placeholders}
  std::vector<std::string> machines;  // ids of the kinds that the log shows
  bool foreign = false;  // nothing of ComfyUI or a pod was recognised
  Timeline timeline;
  Facts facts;
  std::optional<Budget> budget;  // if the log states model and size of a job
  Coverage coverage;
  Secrets secrets;  // of the log; no report shows them
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_DIAGNOSIS_H_
