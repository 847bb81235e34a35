// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_TESTS_FUZZ_LINES_OF_H_
#define LOGDIAG_TESTS_FUZZ_LINES_OF_H_

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace logdiag {

// The lines of `text`, without their LF; a last one that LF does not end, too.
inline std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_FUZZ_LINES_OF_H_
