// SPDX-License-Identifier: Apache-2.0
// Conditions of pattern files in words.
#ifndef LOGDIAG_REPORTS_CONDITION_WORDS_H_
#define LOGDIAG_REPORTS_CONDITION_WORDS_H_

#include <string>

#include "analyzer/model/catalogue.h"

namespace logdiag {

// As the pattern file would write it: "phase: [sampling], bar: open".
std::string ConditionWords(const Condition& condition);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_CONDITION_WORDS_H_
