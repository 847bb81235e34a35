// SPDX-License-Identifier: Apache-2.0
// UTF-16 and UTF-32 read as UTF-8.
#ifndef LOGDIAG_INPUT_WIDE_SOURCE_H_
#define LOGDIAG_INPUT_WIDE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/input/byte_source.h"

namespace logdiag {

// Gives the bytes of another source, in UTF-8 if they begin as UTF-16 or UTF-32
// do: with a byte order mark, or with NULs in nearly all the places of the high
// bytes of ASCII and nearly none in that of the low one. Offsets of what it
// gives are offsets in the converted text; lines keep their numbers. Halves of
// characters, and what is none, become U+FFFD.
class WideSource : public ByteSource {
 public:
  // Reads the first bytes of `source`, which must outlive this one.
  explicit WideSource(ByteSource* source);

  Result<std::size_t> Read(char* buffer, std::size_t size) override;

  // The other source's bytes can be read again as long as they are its own.
  bool CanReadAt() const override;
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override;

 private:
  // How characters are stored; `width` 1 is that of other text.
  struct Form {
    std::size_t width = 1;
    bool little_endian = false;
  };

  static Form FormOf(std::string_view head);
  // Converts what is in raw_, and the last half of a character at the end.
  void Convert(bool at_end);
  void ConvertUnit(char32_t unit);

  ByteSource* source_;
  Form form_;
  std::string raw_;        // read and not converted
  std::string converted_;  // to be given, from given_ on
  std::size_t given_ = 0;
  char32_t high_ = 0;  // the first half of a surrogate pair
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_WIDE_SOURCE_H_
