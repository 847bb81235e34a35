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

// Of a chain the exception on which the heaviest of `evidence`, what spoke for
// the cause, stands; if none stands on one, the exception that was raised
// first. Null if there is no chain.
const Raised* RaisedOf(const Failure& failure,
                       const std::vector<Evidence>& evidence);

// `raised`, one of `failure` or null. Its place is the innermost frame of code
// that is neither installed by a package manager nor machinery that runs the
// code of others; of a stack that has none, that of the exception that followed
// from it; else the innermost frame. nullopt if it has no type.
std::optional<Exception> ExceptionOf(const Failure& failure,
                                     const Raised* raised,
                                     const Catalogue& catalogue,
                                     RegexCache* regexes);

// The frames of `raised`, which may be null, outermost first; of a deep stack
// the middle is missing.
std::vector<Frame> StackOf(const Raised* raised);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_EXCEPTION_H_
