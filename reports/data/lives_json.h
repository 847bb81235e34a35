// SPDX-License-Identifier: Apache-2.0
// What happened, as JSON: failures, sessions, work, milestones.
#ifndef LOGDIAG_REPORTS_DATA_LIVES_JSON_H_
#define LOGDIAG_REPORTS_DATA_LIVES_JSON_H_

#include "analyzer/model/diagnosis.h"
#include "reports/data/json_values.h"
#include "reports/story/page.h"

namespace logdiag {

// As the schema's "exception".
Json ExceptionJson(const Exception& exception);

// Line, text, what it says, weight. Without an offset unless `with_offset`.
Json EvidenceJson(const Page& page, const Evidence& evidence, bool with_offset);

// Every failure, the verdict's first, then in line order.
Json IncidentsJson(const Page& page);
// Processes, in order.
Json SessionsJson(const Diagnosis& diagnosis);
// Prompts and other work, in the order in which they began.
Json WorkJson(const Diagnosis& diagnosis);
// Milestones, in order.
Json EventsJson(const Diagnosis& diagnosis);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_LIVES_JSON_H_
