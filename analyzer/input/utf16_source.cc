// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/utf16_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

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

// NULs in the even and in the odd places of `head`.
std::array<std::size_t, 2> CountNuls(std::string_view head) {
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++nuls[i % 2];
  }
  return nuls;
}

// True if `nuls` are those of the high bytes of text that is mostly ASCII, and
// `others` those of the low ones.
bool IsHighHalf(std::size_t nuls, std::size_t others, std::size_t size) {
  const std::size_t units = size / 2;
  return nuls * 10 >= units * 8 && others * 20 <= units;
}

}  // namespace

Utf16Source::Utf16Source(ByteSource* source) : source_(source) {
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
  const auto nuls = CountNuls(raw_);
  const bool enough = size >= kLeastToJudge;
  if (raw_.compare(0, 2, "\xff\xfe") == 0) {
    form_ = Form::kLittleEndian;
  } else if (raw_.compare(0, 2, "\xfe\xff") == 0) {
    form_ = Form::kBigEndian;
  } else if (enough && IsHighHalf(nuls[1], nuls[0], size)) {
    form_ = Form::kLittleEndian;
  } else if (enough && IsHighHalf(nuls[0], nuls[1], size)) {
    form_ = Form::kBigEndian;
  }
  if (form_ == Form::kOther) {
    raw_.swap(converted_);
  } else {
    Convert(ended_);
  }
}

void Utf16Source::ConvertUnit(char16_t unit) {
  constexpr char32_t kReplacement = 0xfffd;
  if (high_ != 0) {
    const char16_t high = high_;
    high_ = 0;
    if (unit >= 0xdc00 && unit < 0xe000) {
      AppendUtf8(0x10000u + ((static_cast<char32_t>(high) - 0xd800u) << 10) +
                     (unit - 0xdc00u),
                 &converted_);
      return;
    }
    AppendUtf8(kReplacement, &converted_);
  }
  if (unit >= 0xd800 && unit < 0xdc00) {
    high_ = unit;
  } else {
    AppendUtf8(unit >= 0xdc00 && unit < 0xe000 ? kReplacement : unit,
               &converted_);
  }
}

void Utf16Source::Convert(bool at_end) {
  const std::size_t whole = raw_.size() / 2 * 2;
  const std::size_t first = form_ == Form::kLittleEndian ? 0 : 1;
  for (std::size_t i = 0; i < whole; i += 2) {
    const auto low = static_cast<unsigned char>(raw_[i + first]);
    const auto high = static_cast<unsigned char>(raw_[i + 1 - first]);
    ConvertUnit(static_cast<char16_t>(high * 256u + low));
  }
  raw_.erase(0, whole);
  if (at_end && (high_ != 0 || !raw_.empty())) {
    AppendUtf8(0xfffd, &converted_);
    high_ = 0;
    raw_.clear();
  }
}

Result<std::size_t> Utf16Source::Read(char* buffer, std::size_t size) {
  while (given_ == converted_.size()) {
    if (error_) return *error_;
    if (form_ == Form::kOther) return source_->Read(buffer, size);
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

bool Utf16Source::CanReadAt() const {
  return form_ == Form::kOther && source_->CanReadAt();
}

Result<std::size_t> Utf16Source::ReadAt(std::uint64_t offset, char* buffer,
                                        std::size_t size) {
  return source_->ReadAt(offset, buffer, size);
}

}  // namespace logdiag
