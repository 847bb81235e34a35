// SPDX-License-Identifier: Apache-2.0
// Peels the envelopes off a line, from the outside in.
#ifndef LOGDIAG_ENVELOPE_PEELER_H_
#define LOGDIAG_ENVELOPE_PEELER_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/envelope/compose_prefix.h"
#include "analyzer/envelope/escaped_text.h"
#include "analyzer/envelope/export_table.h"
#include "analyzer/envelope/json_line.h"
#include "analyzer/envelope/learned_prefix.h"
#include "analyzer/envelope/line_numbers.h"
#include "analyzer/envelope/piece.h"

namespace logdiag {

class Peeler {
 public:
  // Looks at the first lines of a log for the envelopes that one line alone
  // does not give away.
  void Learn(const std::vector<std::string_view>& lines);

  // Peels until nothing known is left. Afterwards the text is a message, in
  // the line or in a buffer of the peeler: valid until the next call.
  void Peel(Piece* piece);

 private:
  // Peels one envelope; false if there is none.
  bool PeelOne(Piece* piece);
  bool PeelKnown(Piece* piece);
  bool PeelDigitFront(Piece* piece);
  bool PeelBracketFront(Piece* piece);
  bool PeelLetterFront(Piece* piece, bool outside);
  // Text that came out of JSON had its escape sequences hidden.
  void StripDecoded(Piece* piece);

  // Counts stamps of `lines`, which begin with their own text.
  void LearnStamps(const std::vector<std::string_view>& lines);

  EscapedText escapes_;
  LineNumbers numbers_;
  ComposePrefix compose_;
  ExportTable export_;
  JsonLine json_;
  LearnedPrefix learned_;
  bool loose_syslog_ = false;  // syslog's stamps in another language
  bool naive_stamps_ = false;
  bool docker_stamps_ = false;  // seen in this log
  bool in_build_ = false;       // BuildKit's own words were seen
  std::string unescaped_;
  std::string joined_;
  std::string plain_;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_PEELER_H_
