// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/explain.h"

#include <algorithm>
#include <utility>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/diagnose/condition.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/diagnose/weigh.h"

namespace logdiag {

Explanation Explain(const Catalogue& catalogue, const Diagnosis& diagnosis,
                    const Cause& cause) {
  Explanation explanation;
  explanation.cause = &cause;
  explanation.outcome = diagnosis.outcome;
  explanation.phase = diagnosis.phase;
  explanation.verdict = diagnosis.cause;
  explanation.secrets = diagnosis.secrets;
  explanation.eligible = std::find(cause.outcomes.begin(), cause.outcomes.end(),
                                   diagnosis.outcome) != cause.outcomes.end();
  explanation.foreign = diagnosis.foreign;
  if (diagnosis.foreign) return explanation;
  Incident incident = PickIncident(diagnosis.timeline);
  explanation.failed = incident.failure != nullptr;
  if (!explanation.failed) return explanation;
  const CaseFile file(&catalogue, &diagnosis.timeline, &diagnosis.facts,
                      std::move(incident));
  RegexCache regexes(&catalogue.regex_needs);
  const Values values = file.MakeValues();
  explanation.own_db = cause.prior_db;
  for (const EvidenceItem& item : cause.evidence) {
    Term term;
    term.item = &item;
    term.spoke = Speaks(item, file, values, &regexes);
    if (term.spoke) {
      explanation.own_db += term.spoke->weight_db;
      explanation.excluded = explanation.excluded || item.excludes;
    } else {
      term.unmet = UnmetParts(item.when, file, &regexes);
    }
    explanation.terms.push_back(std::move(term));
  }
  for (const Suspect& suspect : Weigh(catalogue, file, &regexes)) {
    if (suspect.cause != &cause) continue;
    explanation.posterior = suspect.posterior;
    explanation.confidence = WordFor(suspect);
  }
  return explanation;
}

}  // namespace logdiag
