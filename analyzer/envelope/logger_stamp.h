// SPDX-License-Identifier: Apache-2.0
// Fronts of loggers that stamp their lines without a year or a date, and whose
// form no other text has.
#ifndef LOGDIAG_ENVELOPE_LOGGER_STAMP_H_
#define LOGDIAG_ENVELOPE_LOGGER_STAMP_H_

#include "analyzer/envelope/piece.h"

namespace logdiag {

// vLLM: "ERROR 11-10 16:08:37 [engine.py:123] text", in older versions without
// the bracket before the file.
bool PeelVllm(Piece* piece);

// vLLM's processes: "(APIServer pid=123) text".
bool PeelProcessName(Piece* piece);

// "[engine.py:123:load] " of DeepSpeed and others, behind a level.
bool PeelPlace(Piece* piece);

// SwarmUI: "16:08:37.885 [Info] text".
bool PeelClockAndLevel(Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LOGGER_STAMP_H_
