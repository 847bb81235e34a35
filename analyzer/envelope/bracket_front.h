// SPDX-License-Identifier: Apache-2.0
// Stamps and names in brackets at the front of a line.
#ifndef LOGDIAG_ENVELOPE_BRACKET_FRONT_H_
#define LOGDIAG_ENVELOPE_BRACKET_FRONT_H_

#include "analyzer/envelope/piece.h"

namespace logdiag {

// "[2024-04-13 14:12] " and "[2025-08-14 04:18:37.975] " of ComfyUI-Manager's
// log file, then "[!] " for what its children wrote to stderr; "[...] [info] "
// of ComfyUI Desktop; "[2025-10-23T16:27:01+00:00] " of entrypoint scripts.
bool PeelBracketedStamp(Piece* piece);

// dmesg: "[ 1985.427323] ", seconds since the host booted, and with -T
// "[Thu Oct 23 16:28:13 2025] ", local time.
bool PeelDmesg(Piece* piece);

// "[pod/name/container] " of kubectl logs --prefix.
bool PeelKubectl(Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_BRACKET_FRONT_H_
