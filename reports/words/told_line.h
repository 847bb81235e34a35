// SPDX-License-Identifier: Apache-2.0
// Which lines of the log a report names.
#ifndef LOGDIAG_REPORTS_WORDS_TOLD_LINE_H_
#define LOGDIAG_REPORTS_WORDS_TOLD_LINE_H_

#include <cstdint>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// The line where the verdict's work ended: of its exception, else of the
// incident, else the last one that the timeline knows. 0 = unknown.
std::uint64_t EndLine(const Diagnosis& diagnosis);

// What spoke most for the cause, if all that has a line did so long before the
// failure: what was raised then only followed from it. Else null.
const Evidence* RootOf(const Diagnosis& diagnosis);

// The line that first tells of the verdict, of its root if it has one; without
// an incident, EndLine.
std::uint64_t ToldLine(const Diagnosis& diagnosis);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_WORDS_TOLD_LINE_H_
