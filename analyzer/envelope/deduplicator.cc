// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/deduplicator.h"

#include <algorithm>
#include <functional>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Enough to tell messages apart; bars are far longer.
constexpr std::size_t kHashedBytes = 160;

bool ContinuesMessage(std::string_view body) {
  return body[0] == ' ' || body[0] == '\t' || StartsWith(body, "Traceback (");
}

}  // namespace

bool Deduplicator::IsCopy(std::string_view body, bool by_logger) {
  if (body.empty()) return false;
  logger_seen_ = logger_seen_ || by_logger;
  const Message line = {
      std::hash<std::string_view>()(body.substr(0, kHashedBytes)), body.size(),
      by_logger, true, ContinuesMessage(body)};
  if (!logger_seen_) {
    At(count_++) = line;
    return false;
  }
  if (GoesOn(line)) return true;
  const std::uint64_t oldest =
      count_ - std::min<std::uint64_t>(count_, kMemory);
  const std::uint64_t near = count_ - std::min<std::uint64_t>(count_, kNear);
  for (std::uint64_t i = oldest; i < count_; ++i) {
    Message& message = At(i);
    if (message.hash != line.hash || message.size != line.size ||
        !message.open || message.by_logger == by_logger) {
      continue;
    }
    const bool many = IsRestOfMessage(i + 1);
    if (i < near && !many) continue;
    message.open = false;
    follow_ = i + 1;
    follow_end_ = many ? count_ : follow_;
    return true;
  }
  At(count_++) = line;
  return false;
}

bool Deduplicator::IsRestOfMessage(std::uint64_t begin) {
  if (begin >= count_ || !At(begin).continues) return false;
  std::uint64_t continuing = 0;
  for (std::uint64_t i = begin; i < count_; ++i) {
    if (At(i).continues) ++continuing;
  }
  return continuing * 2 >= count_ - begin;
}

bool Deduplicator::GoesOn(const Message& line) {
  if (follow_ == follow_end_) return false;
  Message& expected = At(follow_);
  if (!expected.open || expected.hash != line.hash ||
      expected.size != line.size) {
    follow_ = follow_end_;
    return false;
  }
  expected.open = false;
  ++follow_;
  return true;
}

}  // namespace logdiag
