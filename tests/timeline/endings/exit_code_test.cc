// SPDX-License-Identifier: Apache-2.0
// What an exit code says.
#include "analyzer/timeline/endings/exit_code.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(ExitCode, CodesAndSignals) {
  const struct {
    const char* code;
    const char* signal;
    std::optional<int> exit_code;
  } kCases[] = {
      {"0", "", 0},
      {"1", "", 1},
      {"137", "", 137},
      {"-9", "", 137},  // of Python's subprocess
      {"-11", "", 139},
      {"-64", "", 192},
      {"-65", "", -65},  // no signal has that number
      {"", "9", 137},
      {"", "SIGKILL", 137},
      {"", "KILL", 137},
      {"", "SIGSEGV", 139},
      {"", "SIGABRT", 134},
      {"", "SIGBUS", 135},
      {"", "SIGILL", 132},
      {"", "SIGFPE", 136},
      {"", "SIGTERM", 143},
      {"", "SIGINT", 130},
      {"", "SIGHUP", 129},
      {"1", "SIGKILL", 137},     // the signal says more
      {"1", "SIGSOMETHING", 1},  // unless nobody knows it
      // Of Windows: access violation, stack buffer overrun, Ctrl-C.
      {"3221225477", "", -1073741819},
      {"-1073741819", "", -1073741819},
      {"0xC0000005", "", -1073741819},
      {"0XC0000409", "", -1073740791},
      {"-1073741510", "", -1073741510},
      {"", "", std::nullopt},
      {"abc", "", std::nullopt},
      {"12a", "", std::nullopt},
      {"0x", "", std::nullopt},
      {"99999999999999999999", "", std::nullopt},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(ExitCodeOf(test.code, test.signal), test.exit_code)
        << test.code << " " << test.signal;
  }
}

TEST(ExitCode, OrderlyEnds) {
  for (const int code : {0, 129, 130, 143}) EXPECT_TRUE(IsOrderlyExit(code));
  for (const int code : {1, 2, 128, 134, 137, 139, -1073741819}) {
    EXPECT_FALSE(IsOrderlyExit(code)) << code;
  }
}

}  // namespace
}  // namespace logdiag
