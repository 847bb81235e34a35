// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/weigh.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/diagnose/condition.h"
#include "analyzer/support/template.h"

namespace logdiag {
namespace {

constexpr double kLikely = 0.70;
// Below this a cause leads for want of rivals only: measured on labelled logs,
// it was right in half of the cases.
constexpr double kLikelyNet_db = 20;
// Evidence that settles nothing leaves this much room for what nobody thought
// of, however heavy it is.
constexpr double kMostWithoutProof = 0.97;
constexpr double kPossible = 0.35;
// What a cause loses if nothing spoke for it. A failure seldom happens without
// a sign that its cause knows, so silence speaks for what nobody thought of;
// without this, each cause that is added would make all others less sure. Set
// so that verdicts of the lowest probabilities are right as often as stated
// (scripts/reliability).
constexpr double kSilent_db = -10;
// A cause must stand this high on its own evidence to turn another one into a
// mere symptom of it.
constexpr double kExplains_db = 0;
// Root, cause, symptom: longer chains are not worth following.
constexpr int kLongestChain = 3;

// nullopt if an item excludes the cause.
std::optional<Suspect> Examine(const Cause& cause, const CaseFile& file,
                               const Values& values, RegexCache* regexes) {
  Suspect suspect;
  suspect.cause = &cause;
  suspect.total_db = cause.prior_db;
  for (const EvidenceItem& item : cause.evidence) {
    std::optional<Evidence> evidence = Speaks(item, file, values, regexes);
    if (!evidence) continue;
    if (item.excludes) return std::nullopt;
    suspect.total_db += evidence->weight_db;
    suspect.established = suspect.established || item.establishes;
    (evidence->weight_db >= 0 ? suspect.supporting : suspect.against)
        .push_back(std::move(*evidence));
  }
  return suspect;
}

bool Lists(const std::vector<KnownText>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Whether `root`, as a cause, makes `symptom` a mere symptom of it.
bool Explains(const Suspect& root, const Suspect& symptom) {
  return root.cause != nullptr && symptom.cause != nullptr &&
         Lists(root.cause->explains, symptom.cause->id);
}

// Root over symptom: a cause that stands on its own evidence takes the place of
// the causes it explains, and of what those explain. Its own strength still
// counts, so that of two roots the better one leads.
void PromoteRoots(std::vector<Suspect>* suspects) {
  std::vector<double> own_db;
  for (const Suspect& suspect : *suspects) own_db.push_back(suspect.total_db);
  for (int round = 0; round < kLongestChain; ++round) {
    const std::vector<Suspect> before = *suspects;
    for (std::size_t i = 0; i < suspects->size(); ++i) {
      if (own_db[i] <= kExplains_db) continue;
      for (std::size_t j = 0; j < suspects->size(); ++j) {
        if (own_db[j] <= kExplains_db || !Explains(before[i], before[j])) {
          continue;
        }
        (*suspects)[j].explained = true;
        (*suspects)[i].total_db =
            std::max((*suspects)[i].total_db, own_db[i] + before[j].total_db);
      }
    }
  }
}

void SetPosteriors(std::vector<Suspect>* suspects) {
  double sum = 0;
  for (Suspect& suspect : *suspects) {
    const bool silent = suspect.cause != nullptr && suspect.supporting.empty();
    suspect.posterior =
        std::pow(10.0, (suspect.total_db + (silent ? kSilent_db : 0)) / 10.0);
    sum += suspect.posterior;
  }
  for (Suspect& suspect : *suspects) {
    suspect.posterior /= sum;
    if (!suspect.established) {
      suspect.posterior = std::min(suspect.posterior, kMostWithoutProof);
    }
  }
}

}  // namespace

std::optional<Evidence> Speaks(const EvidenceItem& item, const CaseFile& file,
                               const Values& values, RegexCache* regexes) {
  const std::optional<Match> match = Holds(item.when, file, regexes);
  if (!match) return std::nullopt;
  Values known = values;
  for (const auto& [name, value] : match->captures) known[name] = value;
  Evidence evidence;
  evidence.quote = match->quote;
  evidence.says = MakeSentence(item.says, known);
  evidence.given = match->given;
  evidence.weight_db = item.establishes ? kEstablishes_db : item.weight_db;
  return evidence;
}

std::vector<Suspect> Weigh(const Catalogue& catalogue, const CaseFile& file,
                           RegexCache* regexes) {
  const Values values = file.MakeValues();
  std::vector<Suspect> suspects(1);  // "unknown"
  for (const Cause& cause : catalogue.causes) {
    if (!Lists(cause.outcomes, file.incident().outcome)) continue;
    if (auto suspect = Examine(cause, file, values, regexes)) {
      suspects.push_back(std::move(*suspect));
    }
  }
  PromoteRoots(&suspects);
  SetPosteriors(&suspects);
  std::stable_sort(suspects.begin(), suspects.end(),
                   [](const Suspect& a, const Suspect& b) {
                     return a.posterior > b.posterior;
                   });
  return suspects;
}

Confidence WordFor(const Suspect& suspect) {
  if (suspect.cause == nullptr) return Confidence::kUnknown;
  if (suspect.established && suspect.posterior >= kLikely) {
    return Confidence::kEstablished;
  }
  if (suspect.posterior >= kLikely &&
      suspect.total_db - suspect.cause->prior_db >= kLikelyNet_db) {
    return Confidence::kLikely;
  }
  if (suspect.posterior >= kPossible) return Confidence::kPossible;
  return Confidence::kUnknown;
}

}  // namespace logdiag
