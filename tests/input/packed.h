// SPDX-License-Identifier: Apache-2.0
// Packed bytes for tests, made by libarchive.
#ifndef LOGDIAG_TESTS_INPUT_PACKED_H_
#define LOGDIAG_TESTS_INPUT_PACKED_H_

#include <memory>
#include <string>
#include <vector>

#include "analyzer/input/byte_source.h"
#include "analyzer/input/decoder.h"

namespace logdiag {

inline constexpr Codec kCodecs[] = {Codec::kGzip, Codec::kZstd, Codec::kXz,
                                    Codec::kBzip2, Codec::kLz4};

std::string Pack(Codec codec, const std::string& text);

struct Packed {
  enum class Kind { kFile, kFolder, kLink };
  std::string name;
  std::string text;  // of a link: where it leads
  Kind kind = Kind::kFile;
};
std::string Tar(const std::vector<Packed>& members);
std::string Zip(const std::vector<Packed>& members);

// Owns its bytes, and cannot be read at any place, as a pipe.
std::unique_ptr<ByteSource> PipeOf(const std::string& bytes);
// As a file.
std::unique_ptr<ByteSource> FileOf(const std::string& bytes);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_INPUT_PACKED_H_
