// SPDX-License-Identifier: Apache-2.0
// Whose code raised the exception of a failure.
#ifndef LOGDIAG_DIAGNOSE_EXCEPTION_H_
#define LOGDIAG_DIAGNOSE_EXCEPTION_H_

#include <optional>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/regex_cache.h"

namespace logdiag {

// Of a chain the exception that was raised first. Its place is the innermost
// frame of code that is neither installed by a package manager nor machinery
// that runs the code of others; of a stack that has none, the innermost frame.
// nullopt if the failure has no exception with a type.
std::optional<Exception> ExceptionOf(const Failure& failure,
                                     const Catalogue& catalogue,
                                     RegexCache* regexes);

// The frames of the same exception, outermost first; of a deep stack the middle
// is missing.
std::vector<Frame> StackOf(const Failure& failure);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_EXCEPTION_H_
