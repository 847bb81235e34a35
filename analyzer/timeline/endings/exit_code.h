// SPDX-License-Identifier: Apache-2.0
// What an exit code of a process says. 128 + N is signal N.
#ifndef LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_
#define LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_

#include <optional>
#include <string_view>

namespace logdiag {

inline constexpr int kExitKilled = 137;  // SIGKILL

// Ended on request: success, SIGHUP, SIGINT, SIGTERM.
constexpr bool IsOrderlyExit(int code) {
  return code == 0 || code == 129 || code == 130 || code == 143;
}

// The exit code that a line states as `code` (decimal or hexadecimal; negative:
// the number of a signal; a status of Windows comes out as the signed 32-bit
// number) or as `signal` (number or name). nullopt if it states neither.
std::optional<int> ExitCodeOf(std::string_view code, std::string_view signal);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_
