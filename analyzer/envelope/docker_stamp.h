// SPDX-License-Identifier: Apache-2.0
// Stamps of dockerd: "2025-10-23T16:28:13.007846741Z message", always with
// nine digits. A line without LF is sent on in pieces of 16 KiB, and at the end
// of the process; each piece gets the stamp of the first one.
#ifndef LOGDIAG_ENVELOPE_DOCKER_STAMP_H_
#define LOGDIAG_ENVELOPE_DOCKER_STAMP_H_

#include <string>
#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// What a multi-byte character becomes when it is cut between two pieces.
inline constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// Peels such a stamp off the front. A later stamp that equals it is removed
// from the text, which then lives in `*joined`. A later stamp that differs ends
// the record: what begins there goes to piece->rest.
bool PeelDockerStamp(Piece* piece, std::string* joined);

// For text that does not begin with a stamp: ends the record where one stands
// within it.
bool SplitAtDockerStamp(Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_DOCKER_STAMP_H_
