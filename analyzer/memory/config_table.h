// SPDX-License-Identifier: Apache-2.0
// The job and a few smaller ones, each on the job's card and on bigger ones.
#ifndef LOGDIAG_MEMORY_CONFIG_TABLE_H_
#define LOGDIAG_MEMORY_CONFIG_TABLE_H_

#include <optional>
#include <vector>

#include "analyzer/memory/fit.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// `valid` first, then at a smaller size, with fewer frames, and with both: the
// size and the frames that `offers` hold, else three quarters of the sides and
// half of the frames. All rows are sizes that the model takes. Columns: the
// job's card (CardFit::card as the log names it), and of the next two sizes
// above it the card with the least memory; where no card is known, of the first
// two sizes that hold the job's central figure. A peak that the log prints
// decides the first field.
std::vector<ConfigRow> ConfigTable(const Hardware& hardware,
                                   const DiffusionModel& model,
                                   const Job& valid,
                                   const std::optional<Room>& room,
                                   const std::vector<Offer>& offers);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_CONFIG_TABLE_H_
