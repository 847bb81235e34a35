// SPDX-License-Identifier: Apache-2.0
// Where a document says a line of the whole of several files, puts the file and
// the line there.
#ifndef LOGDIAG_REPORTS_DOCUMENT_LINE_PLACES_H_
#define LOGDIAG_REPORTS_DOCUMENT_LINE_PLACES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/diagnosis.h"
#include "reports/document/document.h"

namespace logdiag {

// "L14" in our own words.
struct LineMention {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::uint64_t line = 0;
};
// The next that begins at `from` or later; nullopt if there is none.
std::optional<LineMention> NextLineMention(std::string_view words,
                                           std::size_t from);

// "kernel.txt:14"; "" if the line is no file's, or all lines are of one log.
std::string PlaceOfLine(const CaseSources& sources, std::uint64_t line);

// "L14", or its place, for text that no document holds.
std::string LineRef(const CaseSources& sources, std::uint64_t line);

// In spans of lines, and where our own words say "L14".
void PlaceLines(const CaseSources& sources, Spans* spans);
void PlaceLines(const CaseSources& sources, Blocks* blocks);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DOCUMENT_LINE_PLACES_H_
