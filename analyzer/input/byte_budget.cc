// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/byte_budget.h"

#include <algorithm>
#include <cstring>

#include "analyzer/input/file_kind.h"
#include "analyzer/support/text.h"

namespace logdiag {

std::optional<Error> ByteBudget::Exceeded(bool more) const {
  if (given_ > kRatioFrom && given_ / kMostRatio > read_->bytes()) {
    return Error{"", "it unpacks to more than " + GroupDigits(kMostRatio) +
                         " times its size; stopped" + AtByte(given_) +
                         " of what it holds"};
  }
  if (!more || left() > 0) return std::nullopt;
  return Error{
      "", "there is more than --max-bytes allows; stopped" + AtByte(given_)};
}

MeteredSource::MeteredSource(ByteSource* source, ByteMeter* meter)
    : OverSource(source), meter_(meter) {
  head_.resize(kHeadBytes);
  std::size_t size = 0;
  while (size < kHeadBytes) {
    const auto got = source_->Read(head_.data() + size, kHeadBytes - size);
    if (!got.ok()) error_ = got.error();
    if (!got.ok() || got.value() == 0) break;
    size += got.value();
  }
  head_.resize(size);
  if (meter_ != nullptr) meter_->Add(size);
}

Result<std::size_t> MeteredSource::Read(char* buffer, std::size_t size) {
  if (given_ < head_.size()) {
    const std::size_t count = std::min(size, head_.size() - given_);
    std::memcpy(buffer, head_.data() + given_, count);
    given_ += count;
    return count;
  }
  if (error_) return *error_;
  const auto got = source_->Read(buffer, size);
  if (got.ok() && meter_ != nullptr) meter_->Add(got.value());
  return got;
}

Result<std::size_t> MeteredSource::ReadAt(std::uint64_t offset, char* buffer,
                                          std::size_t size) {
  const auto got = source_->ReadAt(offset, buffer, size);
  if (got.ok() && meter_ != nullptr) meter_->Add(got.value());
  return got;
}

Result<std::size_t> LimitedSource::Read(char* buffer, std::size_t size) {
  if (error_) return *error_;
  char probe = 0;
  const std::uint64_t left = budget_->left();
  const auto got =
      left == 0
          ? source_->Read(&probe, 1)
          : source_->Read(buffer, static_cast<std::size_t>(
                                      std::min<std::uint64_t>(left, size)));
  if (!got.ok()) return got;
  if (left > 0) budget_->Give(got.value());
  error_ = budget_->Exceeded(left == 0 && got.value() > 0);
  if (error_ && left == 0) return *error_;
  return left == 0 ? std::size_t{0} : got.value();
}

}  // namespace logdiag
