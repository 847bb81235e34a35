// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/escaped_text.h"

#include <array>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kFilledToLearn = 4;
constexpr std::string_view kLineFeed = "\\n";

// Appends what the escape at the start of `text` stands for; returns its size.
std::size_t AppendEscape(std::string_view text, std::string* out) {
  using Escape = std::pair<std::string_view, char>;
  constexpr std::array<Escape, 8> kEscapes = {{{"\\n", '\n'},
                                               {"\\r", '\r'},
                                               {"\\t", '\t'},
                                               {"\\\\", '\\'},
                                               {"\\u001b", '\x1b'},
                                               {"\\u001B", '\x1b'},
                                               {"\\x1b", '\x1b'},
                                               {"\\033", '\x1b'}}};
  for (const auto& [escape, meaning] : kEscapes) {
    if (!StartsWith(text, escape)) continue;
    *out += meaning;
    return escape.size();
  }
  *out += text[0];
  return 1;
}

}  // namespace

void EscapedText::Learn(const std::vector<std::string_view>& lines) {
  std::size_t filled = 0;
  std::size_t ending = 0;
  for (const std::string_view line : lines) {
    const std::string_view text = TrimRight(line);
    if (text.empty()) continue;
    ++filled;
    if (EndsWith(text, kLineFeed)) ++ending;
  }
  escaped_ = filled >= kFilledToLearn && ending * 10 >= filled * 7;
}

std::string_view EscapedText::Decode(std::string_view text,
                                     std::string* buffer) const {
  if (!escaped_) return text;
  text = TrimRight(text);
  while (EndsWith(text, kLineFeed)) text.remove_suffix(kLineFeed.size());
  if (!Contains(text, "\\")) return text;
  std::string decoded;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    decoded.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (!text.empty()) text.remove_prefix(AppendEscape(text, &decoded));
  }
  std::string plain;
  *buffer = StripAnsi(decoded, &plain);
  return *buffer;
}

}  // namespace logdiag
