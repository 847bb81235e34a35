// SPDX-License-Identifier: Apache-2.0
// A job and what is known of hardware -> whether it fits, and what would.
#ifndef LOGDIAG_MEMORY_BUDGET_H_
#define LOGDIAG_MEMORY_BUDGET_H_

#include <optional>

#include "analyzer/memory/what_if.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// `job` as JobOf or Validate make it: they bound its numbers. nullopt if its
// model is not known, or it has no size. The figures are
// those of the size that the software makes of the job's. Without a card or a
// total of its memory every verdict about the card is kCannotTell, and there
// are no offers. Peaks that the run printed take the place of the estimate of
// sampling, which stays beside them.
std::optional<Budget> MakeBudget(const Job& job, const Hardware& hardware,
                                 const Mishap& mishap);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_BUDGET_H_
