// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/agreement.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace logdiag {
namespace {

bool IsProof(const Evidence& item) { return item.weight_db >= kEstablishes_db; }

// What settles a cause alone; null if nothing of it does.
const Evidence* ProofIn(const std::vector<Evidence>& items) {
  const auto proof = std::find_if(items.begin(), items.end(), IsProof);
  return proof == items.end() ? nullptr : &*proof;
}

bool AnotherIsProved(const Diagnosis& diagnosis, CaseSources* sources) {
  const Evidence* proof = ProofIn(diagnosis.evidence);
  if (proof == nullptr) return false;
  const LineSpan* here = SpanOf(*sources, proof->quote.line);
  for (const Rival& rival : diagnosis.rivals) {
    const Evidence* other = ProofIn(rival.supporting);
    const LineSpan* there =
        other == nullptr ? nullptr : SpanOf(*sources, other->quote.line);
    if (here == nullptr || there == nullptr || here->file == there->file) {
      continue;
    }
    Contradiction contradiction;
    contradiction.fact = "cause";
    contradiction.stated.resize(2);
    contradiction.stated[0].value = diagnosis.cause;
    contradiction.stated[0].line = proof->quote.line;
    contradiction.stated[1].value = rival.cause;
    contradiction.stated[1].line = other->quote.line;
    sources->contradictions.push_back(std::move(contradiction));
    return true;
  }
  return false;
}

bool RestsOnUnplaced(const Diagnosis& diagnosis, const CaseSources& sources) {
  bool any = false;
  for (const Evidence& item : diagnosis.evidence) {
    if (!IsProof(item)) continue;
    const LineSpan* span = SpanOf(sources, item.quote.line);
    if (span == nullptr) return false;
    const SourceFile& file = sources.files[span->file];
    const bool placed = file.fit != SourceFile::Fit::kUnknown &&
                        file.fit != SourceFile::Fit::kNone;
    // What a witness states has been compared before.
    if (file.main || file.role == SourceFile::Role::kWitness || placed) {
      return false;
    }
    any = true;
  }
  return any;
}

}  // namespace

Confidence MostSure(const Diagnosis& diagnosis, Confidence most,
                    CaseSources* sources) {
  if (diagnosis.confidence != Confidence::kEstablished) return most;
  if (AnotherIsProved(diagnosis, sources)) return Confidence::kPossible;
  // Of lines of any time, nobody knows whether they are of this failure.
  return RestsOnUnplaced(diagnosis, *sources) ? Confidence::kLikely : most;
}

}  // namespace logdiag
