// SPDX-License-Identifier: Apache-2.0
// What a compressed source holds.
#ifndef LOGDIAG_INPUT_DECODED_SOURCE_H_
#define LOGDIAG_INPUT_DECODED_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/input/byte_source.h"
#include "analyzer/input/decoder.h"

namespace logdiag {

// All members, one behind the other, as the programs of the formats unpack
// them; NULs behind a member pad it. Where the data is damaged or ends too
// soon, what was read before is given, and then an error with the byte of the
// compressed data.
class DecodedSource : public ByteSource {
 public:
  // `source` must outlive this one.
  DecodedSource(ByteSource* source, Codec codec);

  Result<std::size_t> Read(char* buffer, std::size_t size) override;

 private:
  // Sees to it that there is input; false at the end and at an error.
  bool Refill();
  // Goes to the next member; false if there is none.
  bool NextMember();
  void Fail(const std::string& what);

  ByteSource* source_;
  Codec codec_;
  std::unique_ptr<Decoder> decoder_;  // of the member that is read
  std::string block_;
  std::string_view rest_;    // of block_
  std::uint64_t taken_ = 0;  // compressed bytes read, those of rest_ included
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_DECODED_SOURCE_H_
