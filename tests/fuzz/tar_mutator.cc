// SPDX-License-Identifier: Apache-2.0
// Changes bytes, and then often sets the checksums of tar headers right,
// without which a reader looks no further.
#include <cstdio>
#include <cstring>

#include "tests/fuzz/require.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed) {
  constexpr std::size_t kBlock = 512;
  constexpr std::size_t kSum = 148;
  constexpr std::size_t kSumBytes = 8;
  constexpr std::size_t kMagic = 257;
  size = LLVMFuzzerMutate(data, size, max_size);
  if (seed % 4 == 0) return size;
  for (std::size_t at = 0; at + kBlock <= size; at += kBlock) {
    std::uint8_t* header = data + at;
    if (std::memcmp(header + kMagic, "ustar", 5) != 0) continue;
    std::memset(header + kSum, ' ', kSumBytes);
    unsigned sum = 0;
    for (std::size_t i = 0; i < kBlock; ++i) sum += header[i];
    char digits[kSumBytes + 1];
    std::snprintf(digits, sizeof(digits), "%06o", sum);
    std::memcpy(header + kSum, digits, kSumBytes - 1);
  }
  return size;
}
