// SPDX-License-Identifier: Apache-2.0
// What a report on many logs tells.
#ifndef LOGDIAG_REPORTS_FLEET_FLEET_STORY_H_
#define LOGDIAG_REPORTS_FLEET_FLEET_STORY_H_

#include <cstddef>
#include <cstdint>

#include "analyzer/model/catalogue.h"
#include "reports/document/document.h"
#include "reports/fleet/fleet.h"
#include "reports/fleet/fleet_tally.h"
#include "reports/words/phrasebook.h"

namespace logdiag {

struct FleetView {
  const Fleet& fleet;
  const FleetTally& tally;
  const Catalogue& catalogue;
  const Phrasebook& words;
  std::size_t rows = 20;  // of each table; the rest is counted
  // So many logs are listed one by one, those that failed first; 0 = none.
  std::size_t logs = 0;
  std::uint64_t unread = 0;  // files of which there is no summary
};

Document TellFleet(const FleetView& view);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FLEET_FLEET_STORY_H_
