// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/backward_reader.h"

#include <algorithm>

#include "analyzer/input/line_reader.h"
#include "analyzer/support/text.h"

namespace logdiag {

BackwardReader::BackwardReader(ByteSource* source, std::uint64_t bytes,
                               std::uint64_t lines, std::size_t block_bytes)
    : source_(source),
      block_bytes_(std::clamp<std::size_t>(block_bytes, 1, kMaxLineBytes)),
      begin_(bytes),
      number_(lines) {}

bool BackwardReader::Fill() {
  if (begin_ == 0 || error_) return false;
  const std::size_t size =
      static_cast<std::size_t>(std::min<std::uint64_t>(block_bytes_, begin_));
  block_.resize(size);
  for (std::size_t got = 0; got < size;) {
    const Result<std::size_t> read =
        source_->ReadAt(begin_ - size + got, block_.data() + got, size - got);
    if (!read.ok() || read.value() == 0) {
      error_ = read.ok() ? Error{"", "the file became shorter"} : read.error();
      return false;
    }
    got += read.value();
  }
  begin_ -= size;
  block_.append(buffer_);
  buffer_.swap(block_);
  Shorten();
  return true;
}

void BackwardReader::Shorten() {
  constexpr std::size_t kKept = kMaxLineBytes + 1;
  if (buffer_.size() <= kKept + 2 * block_bytes_) return;
  const std::size_t feed = buffer_.rfind('\n');
  const std::size_t begin = feed == std::string::npos ? 0 : feed + 1;
  if (buffer_.size() - begin <= kKept) return;
  cut_ += buffer_.size() - begin - kKept;
  buffer_.resize(begin + kKept);
}

bool BackwardReader::Previous(Line* line) {
  if (!begun_) {
    begun_ = true;
    // NULs behind the last line are no line.
    do {
      if (!Fill()) return false;
      buffer_.resize(buffer_.find_last_not_of('\0') + 1);
    } while (buffer_.empty());
    terminated_ = buffer_.back() == '\n';
    if (terminated_) buffer_.pop_back();
  }
  if (number_ == 0 || error_) return false;
  std::size_t feed = buffer_.rfind('\n');
  while (feed == std::string::npos && Fill()) feed = buffer_.rfind('\n');
  if (error_) return false;
  const std::size_t begin = feed == std::string::npos ? 0 : feed + 1;
  const std::size_t nuls =
      std::min(buffer_.find_first_not_of('\0', begin), buffer_.size()) - begin;
  line_.assign(buffer_, begin, kMaxLineBytes);
  std::erase(line_, '\0');
  line->cut = cut_ > 0 || buffer_.size() - begin > kMaxLineBytes;
  line->offset = begin_ + begin;
  const bool first = line->offset == 0;
  line->offset += nuls;
  line->number = number_--;
  line->terminated = terminated_;
  line->text = line_;
  if (first && StartsWith(line->text, kByteOrderMark))
    line->text.remove_prefix(kByteOrderMark.size());
  buffer_.resize(begin == 0 ? 0 : begin - 1);
  terminated_ = true;
  cut_ = 0;
  return true;
}

}  // namespace logdiag
