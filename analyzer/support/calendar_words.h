// SPDX-License-Identifier: Apache-2.0
// The words of stamps.
#ifndef LOGDIAG_SUPPORT_CALENDAR_WORDS_H_
#define LOGDIAG_SUPPORT_CALENDAR_WORDS_H_

#include <optional>
#include <string_view>

namespace logdiag {

// 1 to 12 for the name of a month, whole or shortened, in English, German,
// French, Spanish, Italian, Portuguese, Catalan or Dutch; 0 for other words.
int MonthOf(std::string_view word);

// True for the English days of the week, whole or shortened.
bool IsWeekday(std::string_view word);

// Minutes east of UTC that a word names, for words with one meaning.
std::optional<int> ZoneOf(std::string_view word);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_CALENDAR_WORDS_H_
