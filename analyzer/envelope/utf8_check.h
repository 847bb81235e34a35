// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_ENVELOPE_UTF8_CHECK_H_
#define LOGDIAG_ENVELOPE_UTF8_CHECK_H_

#include <string_view>

namespace logdiag {

// True if `text` is valid UTF-8. Fast enough for every line.
bool IsUtf8(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_UTF8_CHECK_H_
