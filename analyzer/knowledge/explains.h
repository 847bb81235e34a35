// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_KNOWLEDGE_EXPLAINS_H_
#define LOGDIAG_KNOWLEDGE_EXPLAINS_H_

#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"

namespace logdiag {

// Ways from a cause through what it explains back to itself, the cause first
// and last. Each cause begins at most one, so that there are not more than
// causes.
std::vector<std::vector<const Cause*>> ExplainsInCircles(
    const std::vector<Cause>& causes);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_EXPLAINS_H_
