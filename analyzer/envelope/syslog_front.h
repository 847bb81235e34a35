// SPDX-License-Identifier: Apache-2.0
// journald short and short-iso, kern.log, syslog: "Oct 23 16:28:13 host
// unit[123]: message".
#ifndef LOGDIAG_ENVELOPE_SYSLOG_FRONT_H_
#define LOGDIAG_ENVELOPE_SYSLOG_FRONT_H_

#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// With the stamp of syslog, which states no year.
bool PeelSyslog(Piece* piece);

// With a stamp in any language and order ("03 okt. 16:28:13"), which only a log
// full of them makes certain.
bool PeelLocalSyslog(Piece* piece);

// " host unit[123]: " behind `stamp`, which begins the text.
bool PeelSyslogOrigin(const Stamp& stamp, Piece* piece);

// What a unit's lines are.
Source SourceOfUnit(std::string_view unit);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_SYSLOG_FRONT_H_
