// SPDX-License-Identifier: Apache-2.0
// Bytes -> physical lines, in constant memory.
#ifndef LOGDIAG_INPUT_LINE_READER_H_
#define LOGDIAG_INPUT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

#include "analyzer/input/byte_source.h"
#include "analyzer/input/text_check.h"
#include "analyzer/model/record.h"
#include "analyzer/support/result.h"

namespace logdiag {

// In UTF-8; at the start of an input it is no part of the text.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class LineReader {
 public:
  static constexpr std::size_t kChunkBytes = 256 * 1024;

  // `source` must outlive the reader. `chunk_bytes` is what it asks for at a
  // time; any size from 1 up gives the same lines.
  explicit LineReader(ByteSource* source,
                      std::size_t chunk_bytes = kChunkBytes);

  // False at the end of the input or at a read error (see error()); what came
  // before the error is still given, as an unterminated line. The line is
  // valid until the next call. A byte order mark that begins the input and NULs
  // wherever they stand count in offsets but are no part of the text.
  bool Next(Line* line);

  // Of the lines given so far, line feeds and NULs included.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t lines() const { return lines_; }
  std::uint64_t cut_lines() const { return cut_lines_; }
  // NULs passed over, and whether there was anything else but line feeds.
  std::uint64_t nuls() const { return nuls_; }
  bool any_text() const { return any_text_; }
  // False if what was read so far cannot be text; then reading has ended.
  bool is_text() const { return check_.IsText(); }
  // Set if reading stopped before the end of the input.
  const std::optional<Error>& error() const { return error_; }

 private:
  // Reads one chunk to `end_`, making room first. False at the end.
  bool Fill();
  // Takes the NULs out of the chunk at `end_`; returns what is left of it.
  std::size_t DropNuls(std::size_t size);
  // NULs at or before `place` in the text that are not yet counted.
  std::uint64_t TakeNuls(std::uint64_t place);
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
  // Where NULs were taken out, in order: how much text is before them.
  struct Hole {
    std::uint64_t place = 0;
    std::uint64_t size = 0;
  };
  std::deque<Hole> holes_;
  std::uint64_t filled_ = 0;  // text that was read, without NULs
  std::uint64_t given_ = 0;   // text that was given, line feeds included
  std::uint64_t nuls_ = 0;
  bool any_text_ = false;
  TextCheck check_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t cut_lines_ = 0;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_LINE_READER_H_
