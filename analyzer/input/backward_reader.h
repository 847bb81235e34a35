// SPDX-License-Identifier: Apache-2.0
// The lines of a source from the last to the first, in constant memory.
#ifndef LOGDIAG_INPUT_BACKWARD_READER_H_
#define LOGDIAG_INPUT_BACKWARD_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/input/byte_source.h"
#include "analyzer/model/record.h"
#include "analyzer/support/result.h"

namespace logdiag {

class BackwardReader {
 public:
  static constexpr std::size_t kBlockBytes = 256 * 1024;

  // Reads the first `bytes` of `source`, in which a LineReader has found
  // `lines` lines. `source` must outlive the reader and CanReadAt().
  BackwardReader(ByteSource* source, std::uint64_t bytes, std::uint64_t lines,
                 std::size_t block_bytes = kBlockBytes);

  // The lines are those that LineReader gives, but for holes of NULs that count
  // as a part of a line when it is cut for its length. False behind the first
  // one, and at a read error. The line is valid until the next call.
  bool Previous(Line* line);

  // Set if reading stopped before the first line.
  const std::optional<Error>& error() const { return error_; }

 private:
  // Puts the block before the bytes at hand in front of them.
  bool Fill();
  // Of a line longer than kMaxLineBytes only its first bytes are kept.
  void Shorten();

  ByteSource* source_;
  std::size_t block_bytes_;
  std::uint64_t begin_;      // where buffer_ begins in the source
  std::string buffer_;       // what has been read and not given
  std::uint64_t number_;     // of the line to be given next
  std::uint64_t cut_ = 0;    // bytes that Shorten() left out of the last line
  bool terminated_ = false;  // the last line in buffer_
  bool begun_ = false;
  std::string line_;
  std::string block_;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_BACKWARD_READER_H_
