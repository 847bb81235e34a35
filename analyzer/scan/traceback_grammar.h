// SPDX-License-Identifier: Apache-2.0
// The lines of a Python traceback, one by one.
#ifndef LOGDIAG_SCAN_TRACEBACK_GRAMMAR_H_
#define LOGDIAG_SCAN_TRACEBACK_GRAMMAR_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/event.h"

namespace logdiag {

// Texts that stand in every traceback: the first line, the lines that a crash
// handler and the threading module print first, and the middle of a frame.
inline constexpr std::string_view kTracebackHeader =
    "Traceback (most recent call last):";
inline constexpr std::string_view kFatalHeader = "Fatal Python error: ";
inline constexpr std::string_view kThreadHeader = "Exception in thread ";
inline constexpr std::string_view kFrameMiddle = "\", line ";

// As much of `text` as an event keeps.
std::string Capped(std::string_view text);

// `File "PATH", line N[, in F| in F]`, with any indentation.
std::optional<Frame> ReadFrame(std::string_view text);

// `Type` or `Type: message` at column 0. `strong` if the name can hardly be
// anything but an exception's. Names that only loggers use ("WARNING") and
// bare words are no exceptions.
struct ExceptionLine {
  std::string_view type;
  std::string_view message;
  bool strong = false;
};
std::optional<ExceptionLine> ReadExceptionLine(std::string_view text);

// True if the line is an exception line that can be nothing else: its type has
// the name of an exception, and a message follows.
bool IsBareException(std::string_view text);

// The lines between two exceptions of a chain.
bool IsChainLink(std::string_view text);

// What stands under a frame: code, `^^^^` marks, "[Previous line repeated ...".
bool IsUnderFrame(std::string_view text);

// The first line of a stack within a fatal error; `current` if it is the
// thread that failed.
bool IsStackHeader(std::string_view text, bool* current);

// Removes the margin of an exception group (`  | `, `    | `).
std::string_view WithoutMargin(std::string_view text);
// The rule between the exceptions of a group (`  +---------- 1 ------`).
bool IsGroupRule(std::string_view text);

// NAME of "Exception in thread NAME:", "" if it is not that line.
std::string_view ReadThreadName(std::string_view text);

bool IsBlankLine(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_TRACEBACK_GRAMMAR_H_
