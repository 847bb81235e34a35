// Prefixes that loggers put before a message: levels, logger names, and the
// columns of the runpod package.
#ifndef LOGDIAG_ENVELOPE_LOGGER_LEVEL_H_
#define LOGDIAG_ENVELOPE_LOGGER_LEVEL_H_

#include <cstddef>
#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

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
