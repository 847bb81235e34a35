// SPDX-License-Identifier: Apache-2.0
// Lines of a log with their numbers, as every pen shows them.
#ifndef LOGDIAG_REPORTS_PENS_EXCERPT_H_
#define LOGDIAG_REPORTS_PENS_EXCERPT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/document/document.h"

namespace logdiag {

// Longest line inside an excerpt, in bytes of the log.
inline constexpr std::size_t kMaxExcerptBytes = 240;

// What a terminal would show of a raw line, printable; at most `max_bytes` of
// it.
std::string ExcerptText(std::string_view text, std::size_t max_bytes);

// "1204", or the place where several files are one; "" for no line.
std::string NumberOf(std::uint64_t line, const std::string& place);

// Rows "> 1204 | text", printable; lines that do not follow one another in the
// log have a row of dots between them.
std::vector<std::string> ExcerptRows(const Excerpt& excerpt);

// Rows "   1204  16:28:13  text", printable, aligned.
std::vector<std::string> MomentRows(const Moments& moments);

// The cells of a table as rows aligned by blanks, the header first.
std::vector<std::string> TableRows(const Table& table);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_EXCERPT_H_
