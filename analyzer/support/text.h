// SPDX-License-Identifier: Apache-2.0
// Small operations on hostile text. Nothing here allocates more than it
// returns, and nothing interprets what it reads.
#ifndef LOGDIAG_SUPPORT_TEXT_H_
#define LOGDIAG_SUPPORT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logdiag {

// By value.
inline constexpr std::string_view kHexDigits = "0123456789abcdef";

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool StartsWith(std::string_view text, std::string_view prefix);
bool EndsWith(std::string_view text, std::string_view suffix);
bool Contains(std::string_view text, std::string_view part);
std::string_view TrimLeft(std::string_view text);   // blanks and tabs
std::string_view TrimRight(std::string_view text);  // blanks, tabs, CR

// What follows the last slash, of either kind; all of it without one.
std::string_view BaseName(std::string_view path);

// Removes ANSI escape sequences (CSI and OSC). Returns `text` itself when
// there are none; otherwise a view into `*buffer`.
std::string_view StripAnsi(std::string_view text, std::string* buffer);

// What a terminal would show: the text after the last '\r' that is followed by
// something; trailing CR ignored.
std::string_view LastRedraw(std::string_view text);

// Length of the well-formed UTF-8 sequence at the start of `text` (RFC 3629:
// no overlong forms, no surrogates); 0 if there is none.
std::size_t Utf8Length(std::string_view text);

// Cuts to at most `max_bytes` without splitting a UTF-8 sequence.
std::string_view CutUtf8(std::string_view text, std::size_t max_bytes);

// Text fit to be shown or put in JSON: valid UTF-8 (bad bytes become \xNN),
// control bytes as \xNN (tab kept), at most `max_bytes` of the input; what was
// left out is told as " ... (+1,234 chars)".
std::string Printable(std::string_view text, std::size_t max_bytes);

// "1,234,567".
std::string GroupDigits(std::uint64_t number);

// A number at the start of `text` ("12", "-12.5", "1,234.5", "9.5e+25");
// nullopt if there is none.
std::optional<double> ReadNumber(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_TEXT_H_
