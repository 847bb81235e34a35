// SPDX-License-Identifier: Apache-2.0
// Tracebacks inside JSON strings that nobody has decoded.
#ifndef LOGDIAG_SCAN_ESCAPED_TRACEBACK_H_
#define LOGDIAG_SCAN_ESCAPED_TRACEBACK_H_

#include <string_view>
#include <vector>

#include "analyzer/model/event.h"
#include "analyzer/model/record.h"

namespace logdiag {

// If `line` holds a traceback whose lines are parted by an escaped newline
// (backslash, n), reads it up to the end of its string and appends it to
// `done`, with the line's own text. False if there is none.
bool ReadEscapedTraceback(std::string_view line, const Record& record,
                          std::vector<Event>* done);

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_ESCAPED_TRACEBACK_H_
