// SPDX-License-Identifier: Apache-2.0
// What a mistyped word was meant to be.
#ifndef LOGDIAG_SUPPORT_NEAREST_H_
#define LOGDIAG_SUPPORT_NEAREST_H_

#include <cstddef>
#include <string_view>

namespace logdiag {

// Letters to insert, remove or replace to make `a` of `b` (Levenshtein).
std::size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_NEAREST_H_
