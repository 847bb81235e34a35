// SPDX-License-Identifier: Apache-2.0
// Weighs the causes of one case against each other.
#ifndef LOGDIAG_DIAGNOSE_WEIGH_H_
#define LOGDIAG_DIAGNOSE_WEIGH_H_

#include <optional>
#include <vector>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

// A cause with what spoke about it. `cause` null stands for "unknown": a reason
// that nobody has written down yet.
struct Suspect {
  const Cause* cause = nullptr;
  double total_db = 0;
  bool established = false;  // an item settles it alone
  bool explained = false;    // another suspect explains it: a mere symptom
  double posterior = 0;
  std::vector<Evidence> supporting;
  std::vector<Evidence> against;
};

// What `item` says about the case, with `values` for its placeholders; nullopt
// if it has nothing to say.
std::optional<Evidence> Speaks(const EvidenceItem& item, const CaseFile& file,
                               const Values& values, RegexCache* regexes);

// Every cause that can explain the outcome and is not excluded, and "unknown",
// most probable first. The posterior is softmax over decibans: prior plus the
// weights of all items that speak, 10 dB = odds times ten.
std::vector<Suspect> Weigh(const Catalogue& catalogue, const CaseFile& file,
                           RegexCache* regexes);

// The word for a suspect, by the posterior ranges that the report states.
Confidence WordFor(const Suspect& suspect);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_WEIGH_H_
