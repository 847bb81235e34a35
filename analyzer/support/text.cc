// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace logdiag {
namespace {

constexpr char kEscape = '\x1b';
constexpr char kBell = '\x07';

bool Between(char c, int low, int high) {
  const int byte = static_cast<unsigned char>(c);
  return byte >= low && byte <= high;
}

// Length of the escape sequence at the start of `text`, which begins with ESC.
// Text that only looks like the start of one loses its ESC and nothing else,
// so that an unfinished sequence cannot swallow a message.
std::size_t EscapeLength(std::string_view text) {
  if (text.size() < 2) return 1;
  std::size_t i = 2;
  if (text[1] == '[') {
    while (i < text.size() && Between(text[i], 0x20, 0x3f)) ++i;
    if (i == text.size()) return i;
    return Between(text[i], 0x40, 0x7e) ? i + 1 : i;
  }
  if (text[1] == ']') {
    for (; i < text.size(); ++i) {
      if (text[i] == kBell) return i + 1;
      if (text[i] == kEscape) {
        return i + 1 < text.size() && text[i + 1] == '\\' ? i + 2 : i;
      }
    }
    return 1;
  }
  i = 1;
  while (i < text.size() && Between(text[i], 0x20, 0x2f)) ++i;
  if (i < text.size() && Between(text[i], 0x30, 0x7e)) return i + 1;
  return 1;
}

// The code point of one valid UTF-8 character.
char32_t CodePoint(std::string_view character) {
  constexpr std::array<unsigned, 5> kLeadBits = {0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t code =
      static_cast<unsigned char>(character[0]) & kLeadBits[character.size()];
  for (const char c : character.substr(1)) {
    code = (code << 6) | (static_cast<unsigned char>(c) & 0x3fu);
  }
  return code;
}

// True for characters that nobody sees, or that steer a terminal or the
// direction of writing: Unicode's Cc but tab, Cf, Zl, Zp, the fillers and the
// variation selectors beyond the sixteen that emoji use.
bool IsUnseen(std::string_view character) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  static constexpr std::array<Range, 20> kUnseen = {
      {{0x00, 0x08},       {0x0a, 0x1f},      {0x7f, 0x9f},
       {0xad, 0xad},       {0x34f, 0x34f},    {0x61c, 0x61c},
       {0x115f, 0x1160},   {0x17b4, 0x17b5},  {0x180b, 0x180f},
       {0x200b, 0x200f},   {0x2028, 0x202e},  {0x2060, 0x206f},
       {0x2800, 0x2800},   {0x3164, 0x3164},  {0xfeff, 0xfeff},
       {0xffa0, 0xffa0},   {0xfff0, 0xfffb},  {0x1bca0, 0x1bca3},
       {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}}};
  const char32_t code = CodePoint(character);
  // Nearly all text of a log is between these.
  if (code >= 0x20 && code < 0x7f) return false;
  return std::any_of(kUnseen.begin(), kUnseen.end(), [code](Range range) {
    return code >= range.first && code <= range.last;
  });
}

void AppendEscaped(std::string_view bytes, std::string* out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *out += "\\x";
    *out += kHexDigits[byte >> 4];
    *out += kHexDigits[byte & 15u];
  }
}

std::uint64_t CountCharacters(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(),
                    [](char c) { return !Between(c, 0x80, 0xbf); }));
}

}  // namespace

std::size_t Utf8Length(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (at(i) & 0xc0u) == 0x80u; };
  const unsigned lead = at(0);
  if (text.empty()) return 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || !tail(1)) return 0;
  if (lead < 0xe0) return 2;
  if (!tail(2)) return 0;
  if (lead < 0xf0) {
    if (lead == 0xe0 && at(1) < 0xa0) return 0;
    if (lead == 0xed && at(1) > 0x9f) return 0;
    return 3;
  }
  if (!tail(3)) return 0;
  if (lead == 0xf0 && at(1) < 0x90) return 0;
  if (lead == 0xf4 && at(1) > 0x8f) return 0;
  return 4;
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool EndsWith(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         text.substr(text.size() - suffix.size()) == suffix;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view TrimLeft(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? text.substr(text.size())
                                         : text.substr(first);
}

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

std::string_view TrimRight(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

std::string_view StripAnsi(std::string_view text, std::string* buffer) {
  if (text.empty() || std::memchr(text.data(), kEscape, text.size()) == nullptr)
    return text;
  buffer->clear();
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find(kEscape), text.size());
    buffer->append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (!text.empty()) text.remove_prefix(EscapeLength(text));
  }
  return *buffer;
}

std::string_view LastRedraw(std::string_view text) {
  text = text.substr(0, text.find_last_not_of('\r') + 1);
  // Every record comes by here, and rfind looks at each byte by itself.
  const void* const redraw = memrchr(text.data(), '\r', text.size());
  if (redraw == nullptr) return text;
  return text.substr(
      static_cast<std::size_t>(static_cast<const char*>(redraw) - text.data()) +
      1);
}

std::string_view CutUtf8(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  // Step back over at most three continuation bytes to a character's start.
  std::size_t end = max_bytes;
  while (end > 0 && max_bytes - end < 3 && Between(text[end], 0x80, 0xbf))
    --end;
  if (Between(text[end], 0x80, 0xbf)) end = max_bytes;  // not UTF-8 anyway
  return text.substr(0, end);
}

std::string Printable(std::string_view text, std::size_t max_bytes) {
  std::string_view shown = CutUtf8(text, max_bytes);
  const std::string_view hidden = text.substr(shown.size());
  std::string out;
  out.reserve(shown.size() + (hidden.empty() ? 0 : 24));
  while (!shown.empty()) {
    const std::size_t length = Utf8Length(shown);
    const std::string_view unit =
        shown.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0 || IsUnseen(unit)) {
      AppendEscaped(unit, &out);
    } else {
      out += unit;
    }
    shown.remove_prefix(unit.size());
  }
  if (!hidden.empty()) {
    out += " ... (+" + GroupDigits(CountCharacters(hidden)) + " chars)";
  }
  return out;
}

std::string GroupDigits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  out.reserve(digits.size() + digits.size() / 3);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::optional<double> ReadNumber(std::string_view text) {
  // Digits without their group commas; longer numbers are not log figures.
  std::array<char, 64> digits;
  std::size_t size = 0;
  const auto digit_at = [&](std::size_t i) {
    return i < text.size() && IsDigit(text[i]);
  };
  std::size_t i = 0;
  if (!text.empty() && text[0] == '-') digits[size++] = text[i++];
  if (!digit_at(i)) return std::nullopt;
  bool fraction = false;
  for (; i < text.size() && size < digits.size(); ++i) {
    if (IsDigit(text[i])) {
      digits[size++] = text[i];
    } else if (text[i] == '.' && !fraction && digit_at(i + 1)) {
      fraction = true;
      digits[size++] = '.';
    } else if (text[i] == ',' && !fraction && digit_at(i + 1) &&
               digit_at(i + 2) && digit_at(i + 3) && !digit_at(i + 4)) {
      continue;
    } else {
      break;
    }
  }
  const bool exponent =
      size + 6 < digits.size() && i < text.size() &&
      (text[i] == 'e' || text[i] == 'E') &&
      (digit_at(i + 1) ||
       (i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-') &&
        digit_at(i + 2)));
  if (exponent) {
    digits[size++] = 'e';
    if (text[++i] == '+') ++i;
    for (int n = 0; n < 4 && i < text.size(); ++n, ++i) {
      if (!IsDigit(text[i]) && (n > 0 || text[i] != '-')) break;
      digits[size++] = text[i];
    }
  }
  double value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + size, value);
  if (error != std::errc() || end == digits.data()) return std::nullopt;
  return value;
}

}  // namespace logdiag
