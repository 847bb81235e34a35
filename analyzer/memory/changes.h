// SPDX-License-Identifier: Apache-2.0
// What can be changed about a job, one knob at a time, the mildest first.
#ifndef LOGDIAG_MEMORY_CHANGES_H_
#define LOGDIAG_MEMORY_CHANGES_H_

#include <string_view>
#include <vector>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// `base` must be as SearchBase makes it. Only Offer::knob and what changes are
// set.
std::vector<Offer> SmallerTypes(const Hardware& hardware,
                                const DiffusionModel& model, const Job& base);
std::vector<Offer> MoreSwap(const Hardware& hardware,
                            const DiffusionModel& model, const Job& base);
// The fewest blocks first: each spares its size in RAM.
std::vector<Offer> LessSwap(const Hardware& hardware,
                            const DiffusionModel& model, const Job& base);
std::vector<Offer> FewerFrames(const Hardware& hardware,
                               const DiffusionModel& model, const Job& base);
// The short side one multiple at a time, the aspect kept.
std::vector<Offer> SmallerSizes(const Hardware& hardware,
                                const DiffusionModel& model, const Job& base);

// `base` with the change made.
Job Changed(const Job& base, const Offer& offer);

// Bytes a weight; 0 for an unknown type.
double BytesOf(const Hardware& hardware, std::string_view dtype);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_CHANGES_H_
