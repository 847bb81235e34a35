// SPDX-License-Identifier: Apache-2.0
// Lines that differ only in figures have one shape.
#ifndef LOGDIAG_TIMELINE_RECORD_LINE_SHAPE_H_
#define LOGDIAG_TIMELINE_RECORD_LINE_SHAPE_H_

#include <cstdint>
#include <string_view>

namespace logdiag {

// FNV-1a of `text` without its digits.
inline std::uint64_t ShapeOf(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    if (c >= '0' && c <= '9') continue;
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_LINE_SHAPE_H_
