// SPDX-License-Identifier: Apache-2.0
// A prefix that no peeler knows by name, learned from its regularity.
#ifndef LOGDIAG_ENVELOPE_LEARNED_PREFIX_H_
#define LOGDIAG_ENVELOPE_LEARNED_PREFIX_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/envelope/piece.h"
#include "analyzer/envelope/prefix_lexer.h"

namespace logdiag {

class LearnedPrefix {
 public:
  // Looks for the longest form of prefix that at least 70 % of `lines` share
  // (the first ones of the log, without the envelopes that are known; those
  // that begin with a blank continue others and do not count). It must hold a
  // time, or a number and a bar or two brackets; its words must be the same
  // few, or (beside a time) ids of one length; and what follows it must differ
  // from line to line.
  void Learn(const std::vector<std::string>& lines);

  // Takes the prefix off the front, and a time and a level out of it. Of a line
  // that has only its beginning up to the time, that much is taken.
  bool Peel(Piece* piece) const;

 private:
  // Of a form: the key of each field.
  using Form = std::vector<std::string>;

  static bool IsRegular(const Form& form,
                        const std::vector<std::string>& lines);

  void LearnColumn(const std::vector<std::string>& lines);

  Form form_;  // empty: nothing learned
  // From the begin of the last field to the message, where that is a level
  // padded to a column; 0 if there is none.
  std::size_t column_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LEARNED_PREFIX_H_
