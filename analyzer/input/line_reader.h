// SPDX-License-Identifier: Apache-2.0
// Bytes -> physical lines, in constant memory.
#ifndef LOGDIAG_INPUT_LINE_READER_H_
#define LOGDIAG_INPUT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "analyzer/input/byte_source.h"
#include "analyzer/model/record.h"
#include "analyzer/support/result.h"

namespace logdiag {

class LineReader {
 public:
  static constexpr std::size_t kChunkBytes = 256 * 1024;

  // `source` must outlive the reader. `chunk_bytes` is what it asks for at a
  // time; any size from 1 up gives the same lines.
  explicit LineReader(ByteSource* source,
                      std::size_t chunk_bytes = kChunkBytes);

  // False at the end of the input or at a read error (see error()); what came
  // before the error is still given, as an unterminated line. The line is
  // valid until the next call. A byte order mark that begins the input counts
  // in offsets but is no part of the text.
  bool Next(Line* line);

  // Of the lines given so far, line feeds included.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t lines() const { return lines_; }
  std::uint64_t cut_lines() const { return cut_lines_; }
  // Set if reading stopped before the end of the input.
  const std::optional<Error>& error() const { return error_; }

 private:
  // Reads one chunk to `end_`, making room first. False at the end.
  bool Fill();
  // Drops bytes up to and with the next LF; the first kMaxLineBytes from
  // `begin_` stay in place. Adds what it dropped to `*length`.
  bool SkipToLineFeed(std::uint64_t* length);
  void Deliver(std::string_view text, std::uint64_t length, bool terminated,
               Line* line);

  ByteSource* source_;
  std::size_t chunk_bytes_;
  // Makes the buffer `size` bytes; what is in use stays.
  void Grow(std::size_t size);

  // Unread bytes are [begin_, end_). Never larger than kMaxLineBytes and two
  // chunks. Never filled before it is read into: a small log touches little.
  std::unique_ptr<char[]> buffer_;
  std::size_t size_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t cut_lines_ = 0;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_LINE_READER_H_
