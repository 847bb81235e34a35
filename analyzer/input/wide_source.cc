// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/wide_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kHead = 512;  // bytes that tell the form
constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kLeastToJudge = 16;

void AppendUtf8(char32_t c, std::string* out) {
  const auto put = [&](unsigned byte) {
    out->push_back(static_cast<char>(byte));
  };
  const auto tail = [&](unsigned shift) {
    put(0x80u | ((c >> shift) & 0x3fu));
  };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0u | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    put(0xe0u | (c >> 12));
    tail(6);
    tail(0);
  } else {
    put(0xf0u | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

// True if `head` is text of characters of `width` bytes that is mostly ASCII:
// NULs in nearly all places but that of the low byte, and nearly none there.
bool HasNulsOf(std::string_view head, std::size_t width, std::size_t low) {
  const std::size_t units = head.size() / width;
  std::array<std::size_t, 4> nuls{};
  for (std::size_t i = 0; i < units * width; ++i) {
    if (head[i] == '\0') ++nuls[i % width];
  }
  for (std::size_t place = 0; place < width; ++place) {
    const bool fits = place == low ? nuls[place] * 20 <= units
                                   : nuls[place] * 10 >= units * 8;
    if (!fits) return false;
  }
  return true;
}

}  // namespace

WideSource::Form WideSource::FormOf(std::string_view head) {
  using namespace std::string_view_literals;
  // The mark of UTF-32 begins with that of UTF-16.
  if (StartsWith(head, "\xff\xfe\0\0"sv)) return {4, true};
  if (StartsWith(head, "\0\0\xfe\xff"sv)) return {4, false};
  if (StartsWith(head, "\xff\xfe"sv)) return {2, true};
  if (StartsWith(head, "\xfe\xff"sv)) return {2, false};
  if (head.size() < kLeastToJudge) return {};
  for (const std::size_t width : {4u, 2u}) {
    if (HasNulsOf(head, width, 0)) return {width, true};
    if (HasNulsOf(head, width, width - 1)) return {width, false};
  }
  return {};
}

WideSource::WideSource(ByteSource* source) : source_(source) {
  raw_.resize(kHead);
  std::size_t size = 0;
  while (size < kHead && !ended_ && !error_) {
    const auto got = source_->Read(raw_.data() + size, kHead - size);
    if (!got.ok()) {
      error_ = got.error();
    } else {
      ended_ = got.value() == 0;
      size += got.value();
    }
  }
  raw_.resize(size);
  form_ = FormOf(raw_);
  if (form_.width == 1) {
    raw_.swap(converted_);
  } else {
    Convert(ended_);
  }
}

void WideSource::ConvertUnit(char32_t unit) {
  constexpr char32_t kReplacement = 0xfffd;
  const bool pairs = form_.width == 2;
  if (high_ != 0) {
    const char32_t high = high_;
    high_ = 0;
    if (unit >= 0xdc00 && unit < 0xe000) {
      AppendUtf8(0x10000u + ((high - 0xd800u) << 10) + (unit - 0xdc00u),
                 &converted_);
      return;
    }
    AppendUtf8(kReplacement, &converted_);
  }
  if (pairs && unit >= 0xd800 && unit < 0xdc00) {
    high_ = unit;
    return;
  }
  const bool none = (unit >= 0xd800 && unit < 0xe000) || unit > 0x10ffff;
  AppendUtf8(none ? kReplacement : unit, &converted_);
}

void WideSource::Convert(bool at_end) {
  const std::size_t width = form_.width;
  const std::size_t whole = raw_.size() / width * width;
  for (std::size_t i = 0; i < whole; i += width) {
    char32_t unit = 0;
    for (std::size_t k = 0; k < width; ++k) {
      const std::size_t at = form_.little_endian ? width - 1 - k : k;
      unit = (unit << 8) | static_cast<unsigned char>(raw_[i + at]);
    }
    ConvertUnit(unit);
  }
  raw_.erase(0, whole);
  if (at_end && (high_ != 0 || !raw_.empty())) {
    AppendUtf8(0xfffd, &converted_);
    high_ = 0;
    raw_.clear();
  }
}

Result<std::size_t> WideSource::Read(char* buffer, std::size_t size) {
  while (given_ == converted_.size()) {
    if (error_) return *error_;
    if (form_.width == 1) return source_->Read(buffer, size);
    if (ended_) return std::size_t{0};
    converted_.clear();
    given_ = 0;
    const std::size_t kept = raw_.size();
    raw_.resize(kept + kChunk);
    const auto got = source_->Read(raw_.data() + kept, kChunk);
    raw_.resize(kept + (got.ok() ? got.value() : 0));
    if (!got.ok()) {
      error_ = got.error();
      continue;
    }
    ended_ = got.value() == 0;
    Convert(ended_);
  }
  const std::size_t count = std::min(size, converted_.size() - given_);
  std::memcpy(buffer, converted_.data() + given_, count);
  given_ += count;
  return count;
}

bool WideSource::CanReadAt() const {
  return form_.width == 1 && source_->CanReadAt();
}

Result<std::size_t> WideSource::ReadAt(std::uint64_t offset, char* buffer,
                                       std::size_t size) {
  return source_->ReadAt(offset, buffer, size);
}

}  // namespace logdiag
