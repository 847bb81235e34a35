// SPDX-License-Identifier: Apache-2.0
// How one cause fared with one log, term by term.
#ifndef LOGDIAG_MODEL_EXPLANATION_H_
#define LOGDIAG_MODEL_EXPLANATION_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

// A part of a condition that does not hold.
struct Unmet {
  Condition part;     // that part alone
  std::string found;  // what the case has instead; "" = nothing
};

// One evidence item: either it spoke, or parts of its condition did not hold.
struct Term {
  const EvidenceItem* item = nullptr;  // of the cause
  std::optional<Evidence> spoke;
  std::vector<Unmet> unmet;
};

struct Explanation {
  const Cause* cause = nullptr;
  std::string outcome;  // of the log
  std::string phase;
  bool foreign = false;     // the log is of another system
  bool failed = false;      // something failed; if not, no cause is weighed
  bool eligible = false;    // the cause can explain this outcome
  bool excluded = false;    // an item ended it
  std::vector<Term> terms;  // in the order of the file
  double own_db = 0;        // prior and the terms that spoke
  double posterior = 0;     // among its rivals; 0 if not weighed
  Confidence confidence = Confidence::kUnknown;
  std::string verdict;  // the cause of the log
  Secrets secrets;      // of the log
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_EXPLANATION_H_
