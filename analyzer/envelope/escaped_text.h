// SPDX-License-Identifier: Apache-2.0
// Lines of an export that wrote each message's line feed as "\n".
#ifndef LOGDIAG_ENVELOPE_ESCAPED_TEXT_H_
#define LOGDIAG_ENVELOPE_ESCAPED_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

class EscapedText {
 public:
  // A log is escaped if 70 % of its first lines end so.
  void Learn(const std::vector<std::string_view>& lines);

  // `text` without the "\n" at its end, and with "\n", "\r", "\t", "\\" and the
  // escape sequences of terminals as what they stand for; then in `*buffer`.
  // Lines of a log that is not escaped are returned as they are.
  std::string_view Decode(std::string_view text, std::string* buffer) const;

 private:
  bool escaped_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_ESCAPED_TEXT_H_
