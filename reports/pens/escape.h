// SPDX-License-Identifier: Apache-2.0
// Making words of the log harmless outside fences.
#ifndef LOGDIAG_REPORTS_ESCAPE_H_
#define LOGDIAG_REPORTS_ESCAPE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace logdiag {

// Longest log-derived text outside a fence, in bytes.
inline constexpr std::size_t kMaxProseBytes = 400;
// Longest text of the catalogue, in bytes.
inline constexpr std::size_t kMaxCatalogueBytes = 4000;

// A code span that shows `text` on one line, whatever backticks it holds.
// Empty text gives an empty string.
std::string CodeSpan(std::string_view text);

// `text` as plain prose on one line: balanced `code spans` stay, and any other
// word that Markdown, HTML or a forge could read as markup, a mention, an issue
// number, a commit or a link goes into a code span.
std::string EscapeProse(std::string_view text,
                        std::size_t max_bytes = kMaxProseBytes);

// Finished Markdown, made fit for a cell of a pipe table.
std::string TableCell(std::string_view markdown);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_ESCAPE_H_
