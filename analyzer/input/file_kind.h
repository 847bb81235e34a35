// SPDX-License-Identifier: Apache-2.0
// What a file is by its first bytes; its name says nothing.
#ifndef LOGDIAG_INPUT_FILE_KIND_H_
#define LOGDIAG_INPUT_FILE_KIND_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/input/decoder.h"

namespace logdiag {

// As many bytes tell what can be told: more than the 512 of a tar header.
inline constexpr std::size_t kHeadBytes = 4096;

struct FileKind {
  enum class Way {
    kPlain,       // to be read as it is, whatever it is
    kCompressed,  // by `codec`
    kTar,
    kZip,
    kNoLog,  // `what` it is
  };
  Way way = Way::kPlain;
  Codec codec = Codec::kGzip;
  std::string_view what;  // "a PNG image"; of archives, too
  std::string_view todo;  // what gives the log that it holds; "" if none
};

FileKind KindOf(std::string_view head);

// Of what is no plain log: what it is, and what to do about it.
std::string WhyNoLog(const FileKind& kind);

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_FILE_KIND_H_
