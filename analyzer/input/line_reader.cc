// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/line_reader.h"

#include <algorithm>
#include <cstring>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Offset of the first LF in [from, end), or `end`.
std::size_t FindLineFeed(const char* buffer, std::size_t from,
                         std::size_t end) {
  if (from == end) return end;
  const void* found = std::memchr(buffer + from, '\n', end - from);
  if (found == nullptr) return end;
  return static_cast<std::size_t>(static_cast<const char*>(found) - buffer);
}

}  // namespace

LineReader::LineReader(ByteSource* source, std::size_t chunk_bytes)
    : source_(source),
      chunk_bytes_(std::clamp<std::size_t>(chunk_bytes, 1, kMaxLineBytes)),
      buffer_(std::make_unique_for_overwrite<char[]>(2 * chunk_bytes_)),
      size_(2 * chunk_bytes_) {}

void LineReader::Grow(std::size_t size) {
  auto grown = std::make_unique_for_overwrite<char[]>(size);
  std::memcpy(grown.get(), buffer_.get(), end_);
  buffer_ = std::move(grown);
  size_ = size;
}

bool LineReader::Fill() {
  if (error_) return false;
  if (begin_ > 0 && size_ - end_ < chunk_bytes_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (size_ - end_ < chunk_bytes_) {
    // Doubling keeps small chunks from copying a long line again and again.
    Grow(std::min<std::size_t>(std::max(2 * size_, end_ + chunk_bytes_),
                               kMaxLineBytes + 2 * chunk_bytes_));
  }
  for (;;) {
    const Result<std::size_t> got =
        source_->Read(buffer_.get() + end_, chunk_bytes_);
    if (!got.ok()) {
      error_ = got.error();
      return false;
    }
    if (got.value() == 0) return false;
    check_.Add({buffer_.get() + end_, got.value()});
    // Without a line feed there may be no line to look at, ever.
    if (check_.Done() && !check_.IsText()) return false;
    const std::size_t kept = DropNuls(got.value());
    end_ += kept;
    filled_ += kept;
    if (kept > 0) return true;
  }
}

std::size_t LineReader::DropNuls(std::size_t size) {
  char* const chunk = buffer_.get() + end_;
  const void* first = std::memchr(chunk, '\0', size);
  if (first == nullptr) return size;
  auto kept = static_cast<std::size_t>(static_cast<const char*>(first) - chunk);
  for (std::size_t from = kept; from < size;) {
    const std::string_view rest(chunk + from, size - from);
    const std::size_t nuls =
        std::min(rest.find_first_not_of('\0'), rest.size());
    const std::string_view text =
        rest.substr(nuls, rest.find('\0', nuls) - nuls);
    const std::uint64_t place = filled_ + kept;
    if (holes_.empty() || holes_.back().place < place)
      holes_.push_back({place});
    holes_.back().size += nuls;
    nuls_ += nuls;
    std::memmove(chunk + kept, text.data(), text.size());
    kept += text.size();
    from += nuls + text.size();
  }
  return kept;
}

std::uint64_t LineReader::TakeNuls(std::uint64_t place) {
  std::uint64_t nuls = 0;
  while (!holes_.empty() && holes_.front().place <= place) {
    nuls += holes_.front().size;
    holes_.pop_front();
  }
  return nuls;
}

bool LineReader::SkipToLineFeed(std::uint64_t* length) {
  const std::size_t kept = begin_ + kMaxLineBytes;
  std::size_t from = kept;
  for (;;) {
    const std::size_t feed = FindLineFeed(buffer_.get(), from, end_);
    *length += feed - from;
    if (feed < end_) {
      begin_ = feed + 1;
      return true;
    }
    // The skipped bytes are not needed: read over them.
    end_ = kept;
    from = kept;
    if (!Fill()) {
      begin_ = end_;
      return false;
    }
  }
}

bool LineReader::Next(Line* line) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t feed =
        FindLineFeed(buffer_.get(), begin_ + searched, end_);
    const std::size_t size = feed - begin_;
    if (size > kMaxLineBytes) break;
    if (feed < end_) {
      const std::string_view text(buffer_.get() + begin_, size);
      begin_ = feed + 1;
      Deliver(text, size, true, line);
      return true;
    }
    searched = size;
    if (!Fill()) {
      if (size == 0) {
        bytes_ += TakeNuls(given_);
        return false;
      }
      const std::string_view text(buffer_.get() + begin_, size);
      begin_ = end_;
      Deliver(text, size, false, line);
      return true;
    }
  }
  // Skipping reads into the buffer, so the kept part must not move: Fill()
  // moves only what does not begin the buffer.
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (size_ < kMaxLineBytes + 2 * chunk_bytes_) {
    Grow(kMaxLineBytes + 2 * chunk_bytes_);
  }
  std::uint64_t length = kMaxLineBytes;
  const bool terminated = SkipToLineFeed(&length);
  Deliver(std::string_view(buffer_.get(), kMaxLineBytes), length, terminated,
          line);
  return true;
}

void LineReader::Deliver(std::string_view text, std::uint64_t length,
                         bool terminated, Line* line) {
  line->cut = length > kMaxLineBytes;
  const bool first = bytes_ == 0;
  bytes_ += TakeNuls(given_);
  line->offset = bytes_;
  line->number = ++lines_;
  line->terminated = terminated;
  if (first && StartsWith(text, kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  line->text = text;
  any_text_ = any_text_ || !text.empty();
  given_ += length;
  bytes_ += length + TakeNuls(given_);
  if (terminated) {
    ++given_;
    ++bytes_;
  }
  if (line->cut) ++cut_lines_;
}

}  // namespace logdiag
