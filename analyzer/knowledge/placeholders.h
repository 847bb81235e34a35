// SPDX-License-Identifier: Apache-2.0
// The {placeholders} of sentences, and what can ever stand for them.
#ifndef LOGDIAG_KNOWLEDGE_PLACEHOLDERS_H_
#define LOGDIAG_KNOWLEDGE_PLACEHOLDERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"

namespace logdiag {

// One that nothing will ever fill.
struct StrayPlaceholder {
  std::string origin;   // of its row
  std::string name;     // without braces
  std::string message;  // what is wrong and what to do
};

// Those of all rows, in their order. A placeholder is sound if it is a fact (or
// the line of one), a value of the report, or a group of the markers that its
// sentence can be told with: a marker's own, those of the evidence of a cause,
// those of all causes that name a remedy.
std::vector<StrayPlaceholder> FindStrayPlaceholders(const Catalogue& catalogue);

// Names of the {placeholders} in `sentence`, as they stand there.
std::vector<std::string> PlaceholdersIn(std::string_view sentence);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_PLACEHOLDERS_H_
