// SPDX-License-Identifier: Apache-2.0
// Timeline -> diagnosis: picks the incident, weighs the causes, keeps the
// ledger, chooses remedies.
#ifndef LOGDIAG_DIAGNOSE_DIAGNOSER_H_
#define LOGDIAG_DIAGNOSE_DIAGNOSER_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// Everything of the diagnosis but `source` and `coverage`, which are the
// reader's. `catalogue` is the one the timeline was built with.
// No verdict is surer than `most`.
Diagnosis Diagnose(const Catalogue& catalogue, Timeline timeline, Facts facts,
                   Confidence most = Confidence::kEstablished);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_DIAGNOSER_H_
