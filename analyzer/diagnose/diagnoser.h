// SPDX-License-Identifier: Apache-2.0
// Timeline -> diagnosis: picks the incident, weighs the causes, keeps the
// ledger, chooses remedies.
#ifndef LOGDIAG_DIAGNOSE_DIAGNOSER_H_
#define LOGDIAG_DIAGNOSE_DIAGNOSER_H_

#include <cstddef>
#include <optional>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

struct DiagnoseOptions {
  std::optional<std::size_t> chosen = {};      // as in PickIncident()
  Confidence most = Confidence::kEstablished;  // no verdict is surer
};

// Everything of the diagnosis but `source` and `coverage`, which are the
// reader's. `catalogue` is the one the timeline was built with.
Diagnosis Diagnose(const Catalogue& catalogue, Timeline timeline, Facts facts,
                   DiagnoseOptions options = {});

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_DIAGNOSER_H_
