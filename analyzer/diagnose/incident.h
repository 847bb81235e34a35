// SPDX-License-Identifier: Apache-2.0
// How the log ended: the first rule of the taxonomy that holds.
#ifndef LOGDIAG_DIAGNOSE_INCIDENT_H_
#define LOGDIAG_DIAGNOSE_INCIDENT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "analyzer/model/timeline.h"

namespace logdiag {

struct Incident {
  std::string outcome;  // crash-loop, silent-restart, ... cut
  std::string phase;
  // What failed; null for completed, ready and cut. Points into the timeline.
  const Failure* failure = nullptr;
};

// The names in the order of the rules; the first that holds is the outcome.
// `chosen`, the index of a failure of the timeline, goes before the rules.
Incident PickIncident(const Timeline& timeline,
                      std::optional<std::size_t> chosen = std::nullopt);

// Whether the failure, seen alone, is one that somebody would want to be told
// of: nothing repaired it, it concerns work, and nobody wanted it.
bool IsIncident(const Failure& failure);

// The first failure of the log that reads the same as `failure`: what comes
// after a fault is often only its echo.
const Failure& FirstOfItsKind(const Timeline& timeline, const Failure& failure);

// The outcome that `failure` would be, seen alone.
std::string OutcomeOf(const Failure& failure);

// "silence", "exception", ... as pattern files name the kinds.
std::string KindName(FailureKind kind);
// "clock", "bar", ...: what proved a hang, as texts name it.
std::string ProofName(HangProof proof);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_INCIDENT_H_
