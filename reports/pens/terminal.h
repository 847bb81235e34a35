// SPDX-License-Identifier: Apache-2.0
// Text for a terminal.
#ifndef LOGDIAG_REPORTS_PENS_TERMINAL_H_
#define LOGDIAG_REPORTS_PENS_TERMINAL_H_

#include <cstddef>
#include <string>

#include "reports/document/document.h"

namespace logdiag {

struct TerminalStyle {
  bool colour = false;
  std::size_t width = 80;  // columns; lines of a log are not folded, but cut
  bool core_only = false;  // without the parts
  std::string file = {};   // heading of one of several; printable, "" = none
};

// Ends in a newline. The only escape sequences in it are ours.
std::string WriteTerminal(const Document& document, const TerminalStyle& style);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_TERMINAL_H_
