// What an exit code of a process says. 128 + N is signal N.
#ifndef LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_
#define LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_

namespace logdiag {

inline constexpr int kExitKilled = 137;  // SIGKILL

// Ended on request: success, SIGHUP, SIGINT, SIGTERM.
constexpr bool IsOrderlyExit(int code) {
  return code == 0 || code == 129 || code == 130 || code == 143;
}

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_EXIT_CODE_H_
