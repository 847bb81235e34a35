// SPDX-License-Identifier: Apache-2.0
// The words that every match of a regex holds as they stand.
#ifndef LOGDIAG_KNOWLEDGE_FIXED_WORDS_H_
#define LOGDIAG_KNOWLEDGE_FIXED_WORDS_H_

#include <string>
#include <string_view>

namespace logdiag {

// The longest run of at least four plain bytes that stands outside of groups,
// classes and alternatives in `regex`; "" if there is none, or if case does
// not matter to it.
std::string FixedWords(std::string_view regex);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_FIXED_WORDS_H_
