// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/escaped_traceback.h"

#include <cstddef>
#include <string>

#include "analyzer/scan/traceback_grammar.h"
#include "analyzer/scan/traceback_reader.h"

namespace logdiag {
namespace {

// Moves one line of a JSON string to `*line`, without its escapes; advances
// `*text` behind it. False at the end of the string.
bool TakeLine(std::string_view* text, std::string* line) {
  line->clear();
  std::size_t i = 0;
  bool more = false;
  for (; i < text->size() && !more; ++i) {
    const char c = (*text)[i];
    if (c == '"') break;
    if (c != '\\' || i + 1 == text->size()) {
      line->push_back(c);
      continue;
    }
    const char escaped = (*text)[++i];
    more = escaped == 'n';
    if (!more && escaped != 'r')
      line->push_back(escaped == 't' ? '\t' : escaped);
  }
  text->remove_prefix(i);
  if (!more) *text = {};
  return more || !line->empty();
}

}  // namespace

bool ReadEscapedTraceback(std::string_view line, const Record& record,
                          std::vector<Event>* done) {
  const std::size_t header = line.find(kTracebackHeader);
  if (header == std::string_view::npos) return false;
  std::string_view text = line.substr(header);
  if (!text.substr(kTracebackHeader.size()).starts_with("\\n")) return false;
  TracebackReader reader;
  std::string piece;
  while (TakeLine(&text, &piece)) {
    reader.Read(piece, record, done);
  }
  reader.Cut(done);
  return true;
}

}  // namespace logdiag
