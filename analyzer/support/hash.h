// SPDX-License-Identifier: Apache-2.0
// Names for content: the same bytes have the same name everywhere. Against
// chance only; they prove nothing about who wrote the bytes.
#ifndef LOGDIAG_SUPPORT_HASH_H_
#define LOGDIAG_SUPPORT_HASH_H_

#include <string>
#include <string_view>

namespace logdiag {

// 16 hexadecimal digits: FNV-1a, 64 bits.
std::string ShortHash(std::string_view content);

// A UUID of version 5 (RFC 4122, by SHA-1) in a name space of our own.
std::string ContentId(std::string_view content);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_HASH_H_
