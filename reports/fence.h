// Quoting log text in fenced blocks that it cannot leave.
#ifndef LOGDIAG_REPORTS_FENCE_H_
#define LOGDIAG_REPORTS_FENCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

// Longest line inside a fence, in bytes of the log.
inline constexpr std::size_t kMaxQuoteBytes = 240;

struct FencedLine {
  std::uint64_t line = 0;  // 0 = no number
  bool marked = false;     // shown with '>'
  std::string text;        // raw
};

// A fence longer than any run of backticks in `body`, which is printable text;
// ends without a newline.
std::string Fence(std::string_view body);

// Numbered lines, "> 1204 | text". Lines that do not follow one another in the
// log have a row of dots between them. "" for no lines.
std::string FenceLines(const std::vector<FencedLine>& lines);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FENCE_H_
