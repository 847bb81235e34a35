#include "reports/fence.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kShortestFence = 3;

// What a terminal would show of the line, as printable text.
std::string Shown(std::string_view text) {
  std::string buffer;
  return Printable(LastRedraw(StripAnsi(text, &buffer)), kMaxQuoteBytes);
}

}  // namespace

std::string Fence(std::string_view body) {
  std::size_t run = 0;
  std::size_t longest = kShortestFence - 1;
  for (const char c : body) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string ticks(longest + 1, '`');
  const std::string_view end = EndsWith(body, "\n") ? "" : "\n";
  return fmt::format("{}text\n{}{}{}", ticks, body, end, ticks);
}

std::string FenceLines(const std::vector<FencedLine>& lines) {
  if (lines.empty()) return "";
  std::uint64_t largest = 0;
  for (const FencedLine& line : lines) largest = std::max(largest, line.line);
  const std::size_t width = fmt::formatted_size("{}", largest);
  std::string body;
  std::uint64_t previous = 0;
  for (const FencedLine& line : lines) {
    if (previous != 0 && line.line > previous + 1) {
      body +=
          fmt::format("  {:>{}} |\n", "...", std::max<std::size_t>(width, 3));
    }
    const std::string number = line.line == 0 ? "" : std::to_string(line.line);
    body += fmt::format("{} {:>{}} | {}\n", line.marked ? '>' : ' ', number,
                        std::max<std::size_t>(width, 3), Shown(line.text));
    previous = line.line;
  }
  return Fence(body);
}

}  // namespace logdiag
