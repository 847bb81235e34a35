// SPDX-License-Identifier: Apache-2.0
// Names for content: the same bytes have the same name everywhere. Against
// chance only; they prove nothing about who wrote the bytes.
#ifndef LOGDIAG_SUPPORT_HASH_H_
#define LOGDIAG_SUPPORT_HASH_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace logdiag {

// FNV-1a with 64 bits, of text that comes in pieces.
class RunningHash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) {
      value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    }
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037ull;
};

// 16 hexadecimal digits: FNV-1a, 64 bits.
std::string ShortHash(std::string_view content);

// A UUID of version 5 (RFC 4122, by SHA-1) in a name space of our own.
std::string ContentId(std::string_view content);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_HASH_H_
