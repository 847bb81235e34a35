#include "analyzer/envelope/deduplicator.h"

#include <functional>

namespace logdiag {
namespace {

// Enough to tell messages apart; bars are far longer.
constexpr std::size_t kHashedBytes = 160;

}  // namespace

bool Deduplicator::IsCopy(std::string_view body, bool by_logger) {
  if (body.empty()) return false;
  const std::size_t hash =
      std::hash<std::string_view>()(body.substr(0, kHashedBytes));
  for (Message& message : recent_) {
    if (message.open && message.by_logger != by_logger &&
        message.hash == hash && message.size == body.size()) {
      message.open = false;
      return true;
    }
  }
  recent_[next_] = {hash, body.size(), by_logger, true};
  next_ = (next_ + 1) % kMemory;
  return false;
}

}  // namespace logdiag
