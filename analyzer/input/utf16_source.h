// SPDX-License-Identifier: Apache-2.0
// UTF-16 read as UTF-8.
#ifndef LOGDIAG_INPUT_UTF16_SOURCE_H_
#define LOGDIAG_INPUT_UTF16_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/input/byte_source.h"

namespace logdiag {

// Gives the bytes of another source, in UTF-8 if they begin as UTF-16 does:
// with its byte order mark, or with NULs in nearly all odd places and none in
// the even ones, or the other way round. Offsets of what it gives are offsets
// in the converted text; lines keep their numbers. Halves of characters become
// U+FFFD.
class Utf16Source : public ByteSource {
 public:
  // Reads the first bytes of `source`, which must outlive this one.
  explicit Utf16Source(ByteSource* source);

  Result<std::size_t> Read(char* buffer, std::size_t size) override;

  // The other source's bytes can be read again as long as they are its own.
  bool CanReadAt() const override;
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override;

 private:
  enum class Form { kOther, kLittleEndian, kBigEndian };

  // Converts what is in raw_, and the last half of a character at the end.
  void Convert(bool at_end);
  void ConvertUnit(char16_t unit);

  ByteSource* source_;
  Form form_ = Form::kOther;
  std::string raw_;        // read and not converted
  std::string converted_;  // to be given, from given_ on
  std::size_t given_ = 0;
  char16_t high_ = 0;  // the first half of a surrogate pair
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_UTF16_SOURCE_H_
