// SPDX-License-Identifier: Apache-2.0
// What a text must hold for a regex to match it: a search for it spares most
// regexes their compilation.
#ifndef LOGDIAG_SUPPORT_REGEX_NEEDS_H_
#define LOGDIAG_SUPPORT_REGEX_NEEDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/known_text.h"

namespace logdiag {

// Words, in lower case, of which every match of `pattern` holds at least one,
// in any case. Empty if nothing can be said, or if it does not compile. Takes
// as long as compiling it; meant for the build.
std::vector<KnownText> NeedsOf(std::string_view pattern);

// False if none of `needs` stands in `folded`, which is in lower case (ASCII);
// true if there are no needs.
bool MayMatch(const std::vector<KnownText>& needs, std::string_view folded);

// `text` with A to Z in lower case.
std::string FoldCase(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_REGEX_NEEDS_H_
