// SPDX-License-Identifier: Apache-2.0
// Reads a whole log and tells its records as text, for tables.
#ifndef LOGDIAG_TESTS_ENVELOPE_RECORD_TEXT_H_
#define LOGDIAG_TESTS_ENVELOPE_RECORD_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/envelope/record_reader.h"

namespace logdiag {

struct ReadLog {
  // Each record as "line|time|source|end|body". The time is in RFC 3339, "-"
  // for none, without Z unless UTC, without the year or the date where the
  // clock has none ("+1" behind it: of the next day); monotonic times in
  // seconds and "s". The source is one letter: c, s(ystem), b(uild), v
  // (supervisor), k(ernel). The end is "." or "!" for unterminated.
  std::vector<std::string> records;
  // One letter a record: - d(ebug) i(nfo) w(arning) e(rror) c(ritical).
  std::string levels;
  EnvelopeSummary summary;
};

// A file can be read backwards, a pipe cannot.
enum class Way { kFile, kPipe };

ReadLog ReadRecords(std::string_view log, Way way = Way::kFile);

// Only the bodies.
std::vector<std::string> ReadBodies(std::string_view log, Way way = Way::kFile);

// A log of these lines.
std::string JoinedTexts(const std::vector<std::string>& lines);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_ENVELOPE_RECORD_TEXT_H_
