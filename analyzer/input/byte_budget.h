// SPDX-License-Identifier: Apache-2.0
// How much may come out of a file.
#ifndef LOGDIAG_INPUT_BYTE_BUDGET_H_
#define LOGDIAG_INPUT_BYTE_BUDGET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "analyzer/input/byte_source.h"

namespace logdiag {

// More than any log that people hand over, and minutes of work.
inline constexpr std::uint64_t kDefaultMaxBytes = std::uint64_t{64} << 30;
// What is packed more tightly than this is made to fill a disk: logs come to 10
// to 100. Short ones that repeat a line may well come to more.
inline constexpr std::uint64_t kMostRatio = 1000;
inline constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;

// Bytes of the file that were read, for all that unpacks them.
class ByteMeter {
 public:
  void Add(std::uint64_t bytes) { bytes_ += bytes; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t bytes_ = 0;
};

// What sources that share it may give, together.
class ByteBudget {
 public:
  // `read` must outlive it.
  ByteBudget(std::uint64_t most, const ByteMeter* read)
      : most_(most), read_(read) {}

  std::uint64_t left() const { return most_ - given_; }
  void Give(std::uint64_t bytes) { given_ += bytes; }
  // The error with which reading ends if more was there than may be given, or
  // nullopt.
  std::optional<Error> Exceeded(bool more) const;

 private:
  std::uint64_t most_;
  std::uint64_t given_ = 0;
  const ByteMeter* read_;
};

// The bytes of a source, which count in a meter; its head can be seen before.
class MeteredSource : public OverSource {
 public:
  // Both must outlive this one; `meter` may be nullptr.
  MeteredSource(ByteSource* source, ByteMeter* meter);

  // The first kHeadBytes, or all if there are fewer.
  std::string_view head() const { return head_; }

  Result<std::size_t> Read(char* buffer, std::size_t size) override;
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override;

 private:
  ByteMeter* meter_;
  std::string head_;
  std::size_t given_ = 0;  // of head_
  std::optional<Error> error_;
};

// The bytes of a source, as far as the budget goes.
class LimitedSource : public OverSource {
 public:
  // `budget` must outlive this one, and so must `source`.
  LimitedSource(ByteSource* source, ByteBudget* budget)
      : OverSource(source), budget_(budget) {}

  Result<std::size_t> Read(char* buffer, std::size_t size) override;

 private:
  ByteBudget* budget_;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_BYTE_BUDGET_H_
