// SPDX-License-Identifier: Apache-2.0
// Stamps in any of the forms that programs, exports and locales write.
#ifndef LOGDIAG_SUPPORT_LOOSE_STAMP_H_
#define LOGDIAG_SUPPORT_LOOSE_STAMP_H_

#include <optional>
#include <string_view>

#include "analyzer/support/timestamp.h"

namespace logdiag {

// Reads a stamp at the start of `text`; nullopt if there is none. The forms:
//   2025-11-10  16:10:09,885   with - / or . between the parts of the date; T,
//                              comma or blanks before the clock
//   10.11.2025 16:10:09        and with / or -, where 13 to 31 tells day from
//                              month; else only the time of day is taken
//   10/Nov/2025:16:10:09 +0100, 10 nov. 2025 16:10:09, Mon Nov 10 16:10:09 2025
//   Nov 10 16:10:09, 11-10 16:10:09      without a year
//   16:10:09.885                         without a date
//   1762787409.885, 1762787409885        seconds or milliseconds since 1970
// with a fraction, AM or PM, and a zone (Z, +01, +0100, +01:00, or a word: UTC,
// CET and others with one meaning only). Months are in English, German, French,
// Spanish, Italian, Portuguese, Catalan or Dutch, whole or shortened.
//
// Nothing is said about what follows the stamp, but it is no digit or letter.
std::optional<Stamp> ReadLooseStamp(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_LOOSE_STAMP_H_
