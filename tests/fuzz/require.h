// SPDX-License-Identifier: Apache-2.0
// What a fuzz target demands beyond not crashing.
#ifndef LOGDIAG_TESTS_FUZZ_REQUIRE_H_
#define LOGDIAG_TESTS_FUZZ_REQUIRE_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace logdiag {

// Ends the program, which libFuzzer and the replay both tell as a finding.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline std::string_view TextOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

#endif  // LOGDIAG_TESTS_FUZZ_REQUIRE_H_
