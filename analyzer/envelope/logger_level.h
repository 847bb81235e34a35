// SPDX-License-Identifier: Apache-2.0
// Prefixes that loggers put before a message: levels, logger names, and the
// columns of the runpod package.
#ifndef LOGDIAG_ENVELOPE_LOGGER_LEVEL_H_
#define LOGDIAG_ENVELOPE_LOGGER_LEVEL_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// The level that `word` as a whole names, in any case and as any of the loggers
// shortens it ("warn", "ERR", "fatal", "INF"); kNone for other words.
Level LevelOf(std::string_view word);

// Of a number: pino's and bunyan's (30 is info), the journal's and syslog's
// priority (3 is error).
Level LevelOfPino(std::int64_t number);
Level LevelOfPriority(std::int64_t number);

// Size of a level's name at the start of `text` (DEBUG, INFO, WARNING, WARN,
// ERROR, CRITICAL and a few more), with no word character behind it; 0 if there
// is none.
std::size_t LevelWordSize(std::string_view text);

// Size of "[INFO]", with a blank or nothing behind it; 0 if there is none.
std::size_t BracketedLevelSize(std::string_view text);

// "[INFO] message": ComfyUI and others.
bool PeelBracketedLevel(Piece* piece);

// "ERROR:root:message", the format of Python's logging by default.
bool PeelPythonLogging(Piece* piece);

// The level that begins a message which keeps it, as "ERROR: pip failed" does.
void NoteBareLevel(Piece* piece);

// "2024-04-05 04:19:50.316 | ERROR    | module:function:65 - message", the
// format of loguru.
bool PeelLoguru(Piece* piece);

// "INFO   | job | message", the format of the runpod package.
bool PeelRunPodColumns(Piece* piece);

// "handler.py          :179  2026-05-04 04:45:13,010 message": what the runpod
// package makes of the root logger. Sets `is_copy`.
bool PeelRunPodRootLogger(Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LOGGER_LEVEL_H_
