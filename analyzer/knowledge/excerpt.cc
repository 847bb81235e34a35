// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/excerpt.h"

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxShown = 120;
// How much of a long line is shown before the column.
constexpr std::size_t kBefore = 60;

}  // namespace

std::string Excerpt(std::string_view content, int line, int column) {
  for (int at = 1; at < line; ++at) {
    const std::size_t end = content.find('\n');
    if (end == std::string_view::npos) return "";
    content.remove_prefix(end + 1);
  }
  std::string_view text = content.substr(0, content.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  std::size_t mark = static_cast<std::size_t>(std::max(column, 1) - 1);
  mark = std::min(mark, text.size());
  if (text.size() > kMaxShown && mark > kBefore) {
    text.remove_prefix(mark - kBefore);
    mark = kBefore;
  }
  const std::string number = std::to_string(line);
  return "  " + number + " | " + Printable(text, kMaxShown) + "\n  " +
         std::string(number.size(), ' ') + " | " + std::string(mark, ' ') +
         "^\n";
}

}  // namespace logdiag
