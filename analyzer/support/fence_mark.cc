// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/fence_mark.h"

#include <algorithm>
#include <cstddef>

namespace logdiag {
namespace {

constexpr std::size_t kFenceMarks = 3;
// More in front of it makes it a block of code, where it is text.
constexpr std::size_t kMaxIndent = 3;

}  // namespace

char FenceMark(std::string_view line, bool closing) {
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin == line.npos || begin > kMaxIndent) return 0;
  const char mark = line[begin];
  if (mark != '`' && mark != '~') return 0;
  const std::size_t end = line.find_first_not_of(mark, begin);
  const std::size_t marks = std::min(end, line.size()) - begin;
  if (marks < kFenceMarks) return 0;
  const std::string_view rest =
      end == line.npos ? std::string_view() : line.substr(end);
  if (rest.find_first_not_of(" \t\r") == rest.npos) return mark;
  const bool one_word = rest.find_first_of(" \t`") == rest.npos;
  return !closing && one_word ? mark : 0;
}

}  // namespace logdiag
