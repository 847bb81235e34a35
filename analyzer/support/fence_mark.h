// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_SUPPORT_FENCE_MARK_H_
#define LOGDIAG_SUPPORT_FENCE_MARK_H_

#include <string_view>

namespace logdiag {

// The character of which `line` is a fence of Markdown ('`' or '~'): three marks
// or more, behind them at most one word, the language, where it opens a block
// and nothing where it is `closing` one. 0 if it is none.
char FenceMark(std::string_view line, bool closing);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_FENCE_MARK_H_
