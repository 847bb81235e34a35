// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/hash.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <cstdint>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Drawn once; another one would rename every report.
constexpr boost::uuids::uuid kNameSpace = {{0x5e, 0x1d, 0x70, 0x0b, 0x93, 0xa4,
                                            0x4c, 0x6f, 0x8b, 0x2e, 0x61, 0xd9,
                                            0x0f, 0xc8, 0x3a, 0x57}};

}  // namespace

std::string ShortHash(std::string_view content) {
  RunningHash hash;
  hash.Add(content);
  std::string name;
  for (int shift = 60; shift >= 0; shift -= 4) {
    name += kHexDigits[(hash.value() >> shift) & 0xF];
  }
  return name;
}

std::string ContentId(std::string_view content) {
  const boost::uuids::uuid id = boost::uuids::name_generator_sha1(kNameSpace)(
      content.data(), content.size());
  std::string name;
  std::size_t bytes = 0;
  for (const std::uint8_t byte : id) {
    if (bytes == 4 || bytes == 6 || bytes == 8 || bytes == 10) name += '-';
    name += kHexDigits[byte >> 4];
    name += kHexDigits[byte & 0xF];
    ++bytes;
  }
  return name;
}

}  // namespace logdiag
