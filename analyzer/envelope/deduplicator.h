// Drops the second copy of a message that two handlers of one logger wrote.
#ifndef LOGDIAG_ENVELOPE_DEDUPLICATOR_H_
#define LOGDIAG_ENVELOPE_DEDUPLICATOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logdiag {

// Importing the runpod package gives Python's root logger a second handler, so
// that each of ComfyUI's messages comes twice within a few lines: once plain
// and once (`by_logger`) behind a prefix that has been peeled.
class Deduplicator {
 public:
  // True if `body` is the other copy of a message of the last few. Each message
  // has one copy at most: what ComfyUI itself repeats stays repeated.
  bool IsCopy(std::string_view body, bool by_logger);

 private:
  static constexpr std::size_t kMemory = 8;

  struct Message {
    std::size_t hash = 0;
    std::size_t size = 0;
    bool by_logger = false;
    bool open = false;  // its copy has not come
  };

  std::array<Message, kMemory> recent_{};
  std::size_t next_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_DEDUPLICATOR_H_
