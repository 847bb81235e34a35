// SPDX-License-Identifier: Apache-2.0
// The search for a change that makes a job fit.
#ifndef LOGDIAG_MEMORY_WHAT_IF_H_
#define LOGDIAG_MEMORY_WHAT_IF_H_

#include <optional>
#include <vector>

#include "analyzer/memory/fit.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// How a job went wrong, as far as it matters for what to change.
struct Mishap {
  // It died without a word: RAM may have run out, so nothing may move there.
  bool silent_death = false;
  // The phase that ran out of memory on the card, if the log names it.
  std::optional<BudgetPhase> phase;
};

// The changes to offer, in order: for each knob, turned alone, the first change
// that fits even at the ceiling, else the first whose central figure fits; then
// all knobs together if none fits for sure; then a card. Starts from the size
// that the software makes of the job's. Empty if the job fits already (as far
// as the range tells, or by the peak that it printed), or if nothing helps. A
// silent death is never offered more swapped blocks. With Mishap::phase a VAE
// or a text encoder, only what helps that phase is offered.
std::vector<Offer> Offers(const Hardware& hardware, const DiffusionModel& model,
                          const Job& job, const Room& room,
                          const Mishap& mishap);

// The most frames that fit for sure at the job's size and not above its
// number; 0 if none do, or for an image model.
int LargestFrames(const Hardware& hardware, const DiffusionModel& model,
                  const Job& job, const Room& room);

// Cards with at least `usable_mib`, that are rented out and have bf16 and a
// total that is known; the least memory first.
std::vector<const GpuCard*> CardsFrom(const Hardware& hardware,
                                      double usable_mib);
// What a card must have to count as bigger: cards of one size on the box differ
// by a little.
double BiggerThan(const Room& room);

// The job as the search starts from it: valid sizes, one type of weights,
// swapped blocks as a number; what was printed of the present run is gone.
Job SearchBase(const Hardware& hardware, const DiffusionModel& model,
               const Job& job);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_WHAT_IF_H_
