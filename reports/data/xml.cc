// SPDX-License-Identifier: Apache-2.0
#include "reports/data/xml.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// U+FFFE and U+FFFF: the last of those that XML 1.0 leaves out.
bool IsNoCharacter(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

void Append(char c, std::string* out) {
  switch (c) {
    case '&':
      *out += "&amp;";
      return;
    case '<':
      *out += "&lt;";
      return;
    case '>':
      *out += "&gt;";
      return;
    case '"':
      *out += "&quot;";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  const bool kept = byte >= 0x20 || c == '\t' || c == '\n';
  if (kept && byte != 0x7F) *out += c;
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = Utf8Length(text);
    const std::string_view character =
        text.substr(0, std::max<std::size_t>(length, 1));
    if (length == 1) {
      Append(character.front(), &out);
    } else if (length > 1 && !IsNoCharacter(character)) {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  return out;
}

}  // namespace logdiag
