// SPDX-License-Identifier: Apache-2.0
// A diagnosis whose log-derived texts may be shown.
#ifndef LOGDIAG_REPORTS_PRESENTABLE_H_
#define LOGDIAG_REPORTS_PRESENTABLE_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

// A copy in which every text that a report shows is free of ANSI sequences and
// overwritten redraws and, with `redact`, of secrets; Coverage::redacted counts
// the different values that were hidden. What no report shows, such as the
// sightings of a failure, is left out. Texts are still raw otherwise: they may
// hold control bytes, broken UTF-8 and markup.
Diagnosis Presentable(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      bool redact);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PRESENTABLE_H_
