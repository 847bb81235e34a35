// SPDX-License-Identifier: Apache-2.0
// Compressed bytes, as the libraries of their formats read them.
#ifndef LOGDIAG_INPUT_DECODER_H_
#define LOGDIAG_INPUT_DECODER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace logdiag {

enum class Codec { kGzip, kZstd, kXz, kBzip2, kLz4 };

std::string_view CodecName(Codec codec);  // "gzip"

// What a window of the formats that have one may take: that of every level of
// zstd and xz, but not of `zstd --long=31`. No other format needs as much.
inline constexpr std::uint64_t kMostDecoderBytes = 128u << 20;

// Reads one member: what one run of the program wrote. Not libarchive's
// filters, as these lose up to 64 KiB of text that a cut file still holds.
class Decoder {
 public:
  enum class Step {
    kMore,      // give more input, or more room
    kEnd,       // the member is complete
    kDamaged,   // what follows cannot be read
    kTooLarge,  // it needs more than kMostDecoderBytes
  };

  virtual ~Decoder() = default;
  // Takes from the front of `*in` and writes at most `size` bytes to `out`;
  // `*made` says how many. What it made is good, whatever it returns.
  virtual Step Decode(std::string_view* in, char* out, std::size_t size,
                      std::size_t* made) = 0;
};

// nullptr if there is no memory for it.
std::unique_ptr<Decoder> MakeDecoder(Codec codec);

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_DECODER_H_
