#include "analyzer/diagnose/diagnoser.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/diagnose/findings.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/diagnose/weigh.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxRivals = 4;
constexpr std::size_t kMaxEvidence = 12;
// A rival that the winner's file does not name is shown from here on.
constexpr double kShownRival = 0.01;

std::string Sentence(const Catalogue& catalogue, const std::string& key,
                     const Values& values) {
  const auto text = catalogue.texts.find(key);
  return text == catalogue.texts.end() ? ""
                                       : FillTemplate(text->second, values);
}

void SortByLine(std::vector<Evidence>* evidence) {
  std::stable_sort(evidence->begin(), evidence->end(),
                   [](const Evidence& a, const Evidence& b) {
                     return a.quote.line < b.quote.line;
                   });
}

void AddLine(const Quote& quote, std::string says,
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

// The first failure of the log that reads the same as `failure`: what comes
// after a fault is often only its echo.
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

// The failure's own lines, unless an item already shows them.
void AddIncidentLines(const Catalogue& catalogue, const CaseFile& file,
                      const Values& values, std::vector<Evidence>* evidence) {
  const Failure& failure = file.failure();
  const std::string says =
      Sentence(catalogue, "incident." + KindName(failure.kind), values);
  AddLine(failure.quote, says, evidence);
  const std::string told = Sentence(
      catalogue, "incident.headline." + KindName(failure.kind), values);
  AddLine(failure.headline, told.empty() ? says : told, evidence);
  const Failure& first = FirstOfItsKind(file.timeline(), failure);
  AddLine(first.quote, Sentence(catalogue, "incident.first", values), evidence);
}

Rival RivalOf(const Suspect& suspect) {
  return {suspect.cause == nullptr ? "unknown" : suspect.cause->id,
          WordFor(suspect), suspect.posterior, suspect.supporting,
          suspect.against};
}

void AddRivals(const std::vector<Suspect>& suspects, const Suspect& winner,
               Diagnosis* diagnosis) {
  for (const Suspect& suspect : suspects) {
    if (&suspect == &winner || suspect.cause == nullptr) continue;
    if (diagnosis->rivals.size() == kMaxRivals) return;
    const bool named =
        winner.cause != nullptr &&
        std::find(winner.cause->rivals.begin(), winner.cause->rivals.end(),
                  suspect.cause->id) != winner.cause->rivals.end();
    if (named || suspect.posterior >= kShownRival || suspect.explained) {
      diagnosis->rivals.push_back(RivalOf(suspect));
    }
  }
}

void ChooseRemedies(const Catalogue& catalogue, const Cause& cause,
                    const Facts& facts, RegexCache* regexes,
                    Diagnosis* diagnosis) {
  const auto applies = [&](const std::string& id) {
    const Remedy* remedy = catalogue.FindRemedy(id);
    if (remedy == nullptr) return false;
    if (remedy->unless_fact.empty()) return true;
    const auto fact = facts.find(remedy->unless_fact);
    return fact == facts.end() ||
           !regexes->Search(remedy->unless_matches, fact->second.value);
  };
  for (const std::string& id : cause.remedies) {
    (applies(id) ? diagnosis->remedies : diagnosis->suppressed).push_back(id);
  }
  for (const std::string& id : cause.later) {
    if (applies(id)) diagnosis->later.push_back(id);
  }
}

// Placeholders for the report: those of the case, and captures of the lines
// that spoke for the winner.
void KeepValues(const CaseFile& file, const Suspect& winner,
                const Catalogue& catalogue, Diagnosis* diagnosis) {
  diagnosis->values = file.MakeValues();
  if (winner.cause == nullptr) return;
  for (const EvidenceItem& item : winner.cause->evidence) {
    for (const std::string& id : item.when.markers) {
      const Seen* seen = file.Find(id, item.when.scope);
      if (seen == nullptr) continue;
      for (const auto& [name, value] :
           std::get<MarkerHit>(seen->first.what).captures) {
        diagnosis->values.try_emplace(name, value);
      }
    }
  }
  const auto phase = catalogue.texts.find("phase." + diagnosis->phase);
  if (phase != catalogue.texts.end()) {
    diagnosis->values["phase_words"] = phase->second;
  }
}

void Judge(const Catalogue& catalogue, const CaseFile& file,
           RegexCache* regexes, Diagnosis* diagnosis) {
  const std::vector<Suspect> suspects = Weigh(catalogue, file, regexes);
  const Suspect& best = suspects.front();
  diagnosis->confidence = WordFor(best);
  diagnosis->posterior = best.posterior;
  const bool known = diagnosis->confidence != Confidence::kUnknown;
  KeepValues(file, best, catalogue, diagnosis);
  if (known) {
    diagnosis->cause = best.cause->id;
    diagnosis->evidence = best.supporting;
    diagnosis->summary = FillTemplate(best.cause->summary, diagnosis->values);
    ChooseRemedies(catalogue, *best.cause, file.facts(), regexes, diagnosis);
    AddRivals(suspects, best, diagnosis);
  } else {
    diagnosis->cause = "unknown";
    diagnosis->summary =
        Sentence(catalogue, "summary.unknown", diagnosis->values);
    AddRivals(suspects, Suspect(), diagnosis);
  }
  AddIncidentLines(catalogue, file, diagnosis->values, &diagnosis->evidence);
  // Figures and absences without a line come after the lines that speak.
  SortByLine(&diagnosis->evidence);
  std::stable_partition(diagnosis->evidence.begin(), diagnosis->evidence.end(),
                        [](const Evidence& e) { return e.quote.line != 0; });
  if (diagnosis->evidence.size() > kMaxEvidence) {
    diagnosis->evidence.resize(kMaxEvidence);
  }
}

bool LooksForeign(const Catalogue& catalogue, const Timeline& timeline,
                  const Facts& facts) {
  if (timeline.counts.sessions > 0 || timeline.counts.containers > 0 ||
      timeline.counts.prompts > 0 || !facts.empty()) {
    return false;
  }
  return std::none_of(timeline.seen.begin(), timeline.seen.end(),
                      [&](const auto& seen) {
                        const Role role = catalogue.markers[seen.first].role;
                        return role != Role::kNote && role != Role::kSymptom;
                      });
}

}  // namespace

Diagnosis Diagnose(const Catalogue& catalogue, Timeline timeline, Facts facts) {
  Diagnosis diagnosis;
  diagnosis.timeline = std::move(timeline);
  diagnosis.facts = std::move(facts);
  Incident incident = PickIncident(diagnosis.timeline);
  if (incident.failure != nullptr) {
    // Echoes of a fault come wherever the next prompt first touches the card.
    incident.phase =
        FirstOfItsKind(diagnosis.timeline, *incident.failure).phase;
  }
  diagnosis.outcome = incident.outcome;
  diagnosis.phase = incident.phase;
  diagnosis.foreign =
      LooksForeign(catalogue, diagnosis.timeline, diagnosis.facts);
  RegexCache regexes;
  if (incident.failure == nullptr) {
    diagnosis.cause = "none";
    diagnosis.confidence = Confidence::kEstablished;
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
    diagnosis.summary = Sentence(catalogue, key, diagnosis.values);
  } else {
    diagnosis.incident = *incident.failure;
    const CaseFile file(&catalogue, &diagnosis.timeline, &diagnosis.facts,
                        incident);
    Judge(catalogue, file, &regexes, &diagnosis);
    diagnosis.facts = file.facts();
  }
  diagnosis.findings =
      CollectFindings(catalogue, diagnosis.timeline, diagnosis.facts,
                      incident.failure, &regexes);
  return diagnosis;
}

}  // namespace logdiag
