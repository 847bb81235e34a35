// SPDX-License-Identifier: Apache-2.0
// A line of a file with a mark under the place of an error.
#ifndef LOGDIAG_KNOWLEDGE_EXCERPT_H_
#define LOGDIAG_KNOWLEDGE_EXCERPT_H_

#include <string>
#include <string_view>

namespace logdiag {

// "  12 |   - when: {outcom: [x]}\n     |            ^\n" for a line and column
// counted from 1; "" if there is no such line. Long lines are cut around the
// column.
std::string Excerpt(std::string_view content, int line, int column);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_EXCERPT_H_
