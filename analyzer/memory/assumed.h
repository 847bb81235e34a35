// SPDX-License-Identifier: Apache-2.0
// What a budget takes for granted.
#ifndef LOGDIAG_MEMORY_ASSUMED_H_
#define LOGDIAG_MEMORY_ASSUMED_H_

#include <vector>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// In the order of Assumption. Reads the job, its sizes and usable memory from
// `budget`.
std::vector<Assumption> AssumptionsOf(const Hardware& hardware,
                                      const DiffusionModel& model,
                                      const Budget& budget);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_ASSUMED_H_
