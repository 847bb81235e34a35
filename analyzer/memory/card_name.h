// SPDX-License-Identifier: Apache-2.0
// A card as people write it -> its row.
#ifndef LOGDIAG_MEMORY_CARD_NAME_H_
#define LOGDIAG_MEMORY_CARD_NAME_H_

#include <string>
#include <string_view>

#include "analyzer/model/hardware.h"

namespace logdiag {

// The card that `typed` means: the name of a device, of a row, or one of
// GpuCard::also. Case, what joins the words and Hardware::card_words do not
// count; memory that is written out ("80GB") must be the card's, of a name that
// is written with it the name's. nullptr if there is none, or if the name alone
// leaves open which of several sizes is meant.
const GpuCard* CardNamed(const Hardware& hardware, std::string_view typed);

// What a log would print for it, so that MatchCard finds it.
const std::string& DeviceName(const GpuCard& card);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_CARD_NAME_H_
