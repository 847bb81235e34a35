// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/diagnoser.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/diagnose/advice.h"
#include "analyzer/diagnose/case_file.h"
#include "analyzer/diagnose/condition.h"
#include "analyzer/diagnose/exception.h"
#include "analyzer/diagnose/findings.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/diagnose/listed_name.h"
#include "analyzer/diagnose/remedies.h"
#include "analyzer/diagnose/same_job.h"
#include "analyzer/diagnose/weigh.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxRivals = 4;
constexpr std::size_t kMaxVerdictEvidence = 12;
// A rival that the winner's file does not name is shown from here on.
constexpr double kShownRival = 0.01;
constexpr std::size_t kLedgerRivals = 2;
constexpr std::uint64_t kPasteRecords = 8;

Sentence Say(const Catalogue& catalogue, const std::string& key,
             const Values& values) {
  const auto text = catalogue.texts.find(key);
  return text == catalogue.texts.end() ? Sentence()
                                       : MakeSentence(text->second, values);
}

void SortByLine(std::vector<Evidence>* evidence) {
  std::stable_sort(evidence->begin(), evidence->end(),
                   [](const Evidence& a, const Evidence& b) {
                     return a.quote.line < b.quote.line;
                   });
}

void AddLine(const Quote& quote, Sentence says,
             std::vector<Evidence>* evidence) {
  if (quote.line == 0) return;
  for (const Evidence& item : *evidence) {
    if (item.quote.line == quote.line) return;
  }
  Evidence line;
  line.quote = quote;
  line.says = std::move(says);
  evidence->push_back(std::move(line));
}

// The failure's own lines, unless an item already shows them.
void AddIncidentLines(const Catalogue& catalogue, const CaseFile& file,
                      const Values& values, std::vector<Evidence>* evidence) {
  const Failure& failure = file.failure();
  const std::string kind = failure.end_given ? "given" : KindName(failure.kind);
  const Sentence says = Say(catalogue, "incident." + kind, values);
  AddLine(failure.quote, says, evidence);
  const Sentence told = Say(catalogue, "incident.headline." + kind, values);
  AddLine(failure.headline, told.empty() ? says : told, evidence);
  if (failure.proof != HangProof::kNone) {
    Evidence proof;
    proof.says = Say(catalogue, "proof." + ProofName(failure.proof), values);
    proof.given = failure.proof == HangProof::kCollected;
    evidence->push_back(std::move(proof));
  }
  const Failure& first = FirstOfItsKind(file.timeline(), failure);
  AddLine(first.quote, Say(catalogue, "incident.first", values), evidence);
}

Rival RivalOf(const Suspect& suspect) {
  return {suspect.cause == nullptr ? "unknown" : suspect.cause->id,
          WordFor(suspect), suspect.posterior, suspect.supporting,
          suspect.against};
}

// Rivals that are near or that the winner's file names; at least the two best
// about which something was said.
void AddRivals(const std::vector<Suspect>& suspects, const Suspect& winner,
               Diagnosis* diagnosis) {
  std::size_t spoken = 0;
  for (const Suspect& suspect : suspects) {
    if (&suspect == &winner || suspect.cause == nullptr) continue;
    if (diagnosis->rivals.size() == kMaxRivals) return;
    const bool named =
        winner.cause != nullptr &&
        std::find(winner.cause->rivals.begin(), winner.cause->rivals.end(),
                  suspect.cause->id) != winner.cause->rivals.end();
    const bool heard = !suspect.supporting.empty() && ++spoken <= kLedgerRivals;
    if (named || heard || suspect.posterior >= kShownRival ||
        suspect.explained) {
      diagnosis->rivals.push_back(RivalOf(suspect));
    }
  }
}

// Placeholders for the report: those of the case, and captures of the lines
// that spoke for the winner. The exception is known already.
void KeepValues(const CaseFile& file, const Suspect& winner,
                RegexCache* regexes, Diagnosis* diagnosis) {
  diagnosis->values = file.MakeValues();
  if (diagnosis->exception) {
    PutException(diagnosis->exception->type, diagnosis->exception->message,
                 &diagnosis->values);
  }
  if (winner.cause == nullptr) return;
  for (const EvidenceItem& item : winner.cause->evidence) {
    // What speaks against it may name another thing.
    if (item.excludes || (!item.establishes && item.weight_db <= 0)) continue;
    const std::optional<Match> match = Holds(item.when, file, regexes);
    if (!match) continue;
    for (const auto& [name, value] : match->captures) {
      diagnosis->values.try_emplace(name, value);
    }
  }
}

void Judge(const Catalogue& catalogue, const CaseFile& file, Confidence most,
           RegexCache* regexes, Diagnosis* diagnosis) {
  const std::vector<Suspect> suspects = Weigh(catalogue, file, regexes);
  const Suspect& best = suspects.front();
  diagnosis->confidence = std::min(WordFor(best), most);
  diagnosis->posterior = best.posterior;
  const bool known = diagnosis->confidence != Confidence::kUnknown;
  const Raised* raised = RaisedOf(
      file.failure(), known ? best.supporting : std::vector<Evidence>());
  diagnosis->exception =
      ExceptionOf(file.failure(), raised, catalogue, regexes);
  diagnosis->stack = StackOf(raised);
  KeepValues(file, best, regexes, diagnosis);
  if (known) {
    diagnosis->cause = best.cause->id;
    diagnosis->evidence = best.supporting;
    diagnosis->against = best.against;
    diagnosis->summary = MakeSentence(best.cause->summary, diagnosis->values);
    Remedies chosen = ChooseRemedies(catalogue, *best.cause, file,
                                     diagnosis->values, regexes);
    diagnosis->remedies = std::move(chosen.now);
    diagnosis->later = std::move(chosen.later);
    diagnosis->suppressed = std::move(chosen.suppressed);
    AddRivals(suspects, best, diagnosis);
  } else {
    diagnosis->cause = "unknown";
    diagnosis->summary = Say(catalogue, "summary.unknown", diagnosis->values);
    AddRivals(suspects, Suspect(), diagnosis);
  }
  AddIncidentLines(catalogue, file, diagnosis->values, &diagnosis->evidence);
  // Figures and absences without a line come after the lines that speak.
  SortByLine(&diagnosis->evidence);
  std::stable_partition(diagnosis->evidence.begin(), diagnosis->evidence.end(),
                        [](const Evidence& e) { return e.quote.line != 0; });
  if (diagnosis->evidence.size() > kMaxVerdictEvidence) {
    diagnosis->evidence.resize(kMaxVerdictEvidence);
  }
}

// A few lines that tell of a trouble were chosen by somebody who asks about
// them.
bool IsPaste(const Timeline& timeline) {
  return timeline.records <= kPasteRecords && !timeline.failures.empty();
}

// Whether the failure is told in words that only what runs on a pod says.
bool SaidByOurs(const Catalogue& catalogue, const CaseFile& file,
                RegexCache* regexes) {
  return std::any_of(catalogue.causes.begin(), catalogue.causes.end(),
                     [&](const Cause& cause) {
                       return std::any_of(
                           cause.evidence.begin(), cause.evidence.end(),
                           [&](const EvidenceItem& item) {
                             return item.own && Holds(item.when, file, regexes);
                           });
                     });
}

bool Stated(const Facts& facts) {
  return std::any_of(facts.begin(), facts.end(),
                     [](const auto& f) { return !f.second.given; });
}

// True if nothing in the log is said only by ComfyUI, a handler or the platform
// of a pod.
bool LooksForeign(const Catalogue& catalogue, const Timeline& timeline,
                  const Facts& facts, const CaseFile* file,
                  RegexCache* regexes) {
  if (Stated(facts) || timeline.ours || timeline.counts.prompts > 0 ||
      IsPaste(timeline) ||
      (file != nullptr && SaidByOurs(catalogue, *file, regexes))) {
    return false;
  }
  return std::none_of(
      timeline.seen.begin(), timeline.seen.end(),
      [&](const auto& seen) { return catalogue.markers[seen.first].own; });
}

// True if a single line of a long log is all that shows a pod, or the program
// that printed it, and the failure stands in another one: the rest may be any
// system's.
bool HangsOnOneLine(const Catalogue& catalogue, const Timeline& timeline,
                    const Facts& facts, const CaseFile& file,
                    RegexCache* regexes) {
  if (Stated(facts) || timeline.ours || IsPaste(timeline)) return false;
  std::uint64_t line = 0;
  std::string_view program;
  for (const auto& [marker, sighting] : timeline.seen) {
    if (!catalogue.markers[marker].own) continue;
    // What only names its log is told once, however often it is there.
    if (line != 0 || sighting.count > 1 ||
        OnlyNamesItsLog(catalogue.markers[marker])) {
      return false;
    }
    line = sighting.first.line;
    program = catalogue.markers[marker].program;
  }
  // What else only that program prints shows that it ran.
  const auto is_its = [&](const auto& seen) {
    const Marker& marker = catalogue.markers[seen.first];
    return !marker.own && !program.empty() && marker.program == program;
  };
  const Failure& failure = file.failure();
  return line != 0 && line != failure.quote.line &&
         line != failure.headline.line &&
         std::none_of(timeline.seen.begin(), timeline.seen.end(), is_its) &&
         !SaidByOurs(catalogue, file, regexes);
}

// How sure it is that nothing failed. Of a log that breaks off nothing is
// proved but that; of one that is refused, nothing at all; and trouble that was
// overcome leaves a doubt.
Confidence HealthyWord(const Diagnosis& diagnosis) {
  if (diagnosis.foreign) return Confidence::kUnknown;
  const auto& failures = diagnosis.timeline.failures;
  const bool troubled =
      std::any_of(failures.begin(), failures.end(), [](const Failure& f) {
        return f.kind == FailureKind::kTrouble && !f.bystander;
      });
  return diagnosis.outcome == "cut" || troubled ? Confidence::kLikely
                                                : Confidence::kEstablished;
}

}  // namespace

Diagnosis Diagnose(const Catalogue& catalogue, Timeline timeline, Facts facts,
                   DiagnoseOptions options) {
  Diagnosis diagnosis;
  diagnosis.timeline = std::move(timeline);
  diagnosis.facts = std::move(facts);
  Incident incident = PickIncident(diagnosis.timeline, options.chosen);
  RegexCache regexes(&catalogue.regex_needs);
  std::optional<CaseFile> file;
  if (incident.failure != nullptr) {
    AddSameJob(diagnosis.timeline, *incident.failure, &diagnosis.facts);
    AddListedName(incident.failure->refusals, &diagnosis.facts);
    file.emplace(&catalogue, &diagnosis.timeline, &diagnosis.facts, incident);
  }
  diagnosis.foreign =
      LooksForeign(catalogue, diagnosis.timeline, diagnosis.facts,
                   file ? &*file : nullptr, &regexes);
  // Whatever failed there, it is not what we know about.
  if (diagnosis.foreign) incident = {"cut", "unknown", nullptr};
  diagnosis.outcome = incident.outcome;
  diagnosis.phase = incident.phase;
  if (incident.failure == nullptr) {
    diagnosis.cause = "none";
    // Of a log that breaks off nothing is proved but that.
    diagnosis.confidence = std::min(HealthyWord(diagnosis), options.most);
    diagnosis.posterior = 1;
    for (const auto& [name, fact] : diagnosis.facts) {
      diagnosis.values[name] = fact.value;
    }
    const Counts& counts = diagnosis.timeline.counts;
    diagnosis.values["prompts"] = std::to_string(counts.prompts);
    diagnosis.values["executed"] = std::to_string(counts.executed);
    diagnosis.values["phase"] = diagnosis.phase;
    const std::string key = diagnosis.foreign
                                ? "foreign.plain"
                                : "outcome." + diagnosis.outcome + ".summary";
    diagnosis.summary = Say(catalogue, key, diagnosis.values);
  } else {
    diagnosis.incident = *incident.failure;
    FindListed(&diagnosis.incident->refusals);
    if (HangsOnOneLine(catalogue, diagnosis.timeline, diagnosis.facts, *file,
                       &regexes)) {
      options.most = std::min(options.most, Confidence::kPossible);
    }
    Judge(catalogue, *file, options.most, &regexes, &diagnosis);
    diagnosis.advice = AdviceOf(*incident.failure, catalogue, diagnosis.values);
    diagnosis.facts = file->facts();
  }
  // Of a log without a failure the lines alone tell where it was written.
  const Failure none;
  const CaseFile place =
      file ? *file
           : CaseFile(&catalogue, &diagnosis.timeline, &diagnosis.facts,
                      {incident.outcome, incident.phase, &none});
  diagnosis.machines = MachinesOf(catalogue, place, &regexes);
  if (!diagnosis.foreign) {
    CollectFindings(catalogue, incident.failure, &regexes, &diagnosis);
  }
  return diagnosis;
}

}  // namespace logdiag
