// SPDX-License-Identifier: Apache-2.0
// Numbers that an editor, `grep -n`, `nl` or `cat -n` put before each line.
#ifndef LOGDIAG_ENVELOPE_LINE_NUMBERS_H_
#define LOGDIAG_ENVELOPE_LINE_NUMBERS_H_

#include <string_view>
#include <vector>

#include "analyzer/envelope/piece.h"

namespace logdiag {

class LineNumbers {
 public:
  // There are such numbers if nearly all of `lines` begin with one, behind it
  // the same sign (a tab, a colon, a bar or blanks), and it grows, or falls,
  // from line to line.
  void Learn(const std::vector<std::string_view>& lines);

  bool Peel(Piece* piece) const;

 private:
  char sign_ = 0;  // 0: no numbers
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LINE_NUMBERS_H_
