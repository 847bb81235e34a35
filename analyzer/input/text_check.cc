// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/text_check.h"

namespace logdiag {
namespace {

// BEL to CR and ESC stand in what programs write to a terminal.
bool IsStrange(unsigned char byte) {
  return byte < 0x20 && (byte < 0x07 || byte > 0x0d) && byte != 0x1b;
}

}  // namespace

void TextCheck::Add(std::string_view bytes) {
  for (const char c : bytes) {
    if (Done()) return;
    if (c == '\0') {
      ++nuls_;
      continue;
    }
    if (nuls_ > 0 && nuls_ < kHole) ++strange_;
    nuls_ = 0;
    ++judged_;
    if (IsStrange(static_cast<unsigned char>(c))) ++strange_;
  }
}

}  // namespace logdiag
