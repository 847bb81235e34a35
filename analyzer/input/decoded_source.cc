// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/decoded_source.h"

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;

}  // namespace

DecodedSource::DecodedSource(ByteSource* source, Codec codec)
    : source_(source), codec_(codec), decoder_(MakeDecoder(codec)) {
  if (!decoder_) Fail("cannot be unpacked, as there is no memory");
}

void DecodedSource::Fail(const std::string& what) {
  error_ = Error{"", "the " + std::string(CodecName(codec_)) + " data " + what +
                         AtByte(taken_ - rest_.size())};
}

bool DecodedSource::Refill() {
  if (!rest_.empty()) return true;
  if (ended_) return false;
  block_.resize(kBlockBytes);
  const auto got = source_->Read(block_.data(), block_.size());
  if (!got.ok()) {
    error_ = got.error();
    return false;
  }
  ended_ = got.value() == 0;
  taken_ += got.value();
  rest_ = std::string_view(block_.data(), got.value());
  return !ended_;
}

bool DecodedSource::NextMember() {
  decoder_.reset();
  while (Refill()) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of('\0'), rest_.size()));
    if (rest_.empty()) continue;
    decoder_ = MakeDecoder(codec_);
    if (!decoder_) Fail("cannot be unpacked, as there is no memory");
    return decoder_ != nullptr;
  }
  return false;
}

Result<std::size_t> DecodedSource::Read(char* buffer, std::size_t size) {
  while (!error_ && decoder_ && size > 0) {
    // A decoder may still hold text when its input has ended.
    const bool more = Refill();
    if (error_) break;
    std::size_t made = 0;
    const std::size_t before = rest_.size();
    const Decoder::Step step = decoder_->Decode(&rest_, buffer, size, &made);
    switch (step) {
      case Decoder::Step::kMore:
        if (made == 0 && rest_.size() == before) {
          Fail(more ? "is damaged" : "ends too soon, cut");
        }
        break;
      case Decoder::Step::kEnd:
        NextMember();
        break;
      case Decoder::Step::kDamaged:
        Fail("is damaged");
        break;
      case Decoder::Step::kTooLarge:
        Fail("needs more than " + GroupDigits(kMostDecoderBytes >> 20) +
             " MiB of memory; unpack it first; stopped");
        break;
    }
    if (made > 0) return made;
  }
  if (error_) return *error_;
  return std::size_t{0};
}

}  // namespace logdiag
