// SPDX-License-Identifier: Apache-2.0
// What the regexes of a catalogue need.
#ifndef LOGDIAG_KNOWLEDGE_NEEDS_H_
#define LOGDIAG_KNOWLEDGE_NEEDS_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/support/regex_cache.h"

namespace logdiag {

// For every regex of `catalogue` of which something can be said.
RegexNeeds NeedsOfAll(const Catalogue& catalogue);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_NEEDS_H_
