// SPDX-License-Identifier: Apache-2.0
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
// and once (`by_logger`) behind a prefix that has been peeled. Of a message of
// several lines, a traceback say, only the first line has the prefix; the copy
// is then as many lines away as the message is long.
class Deduplicator {
 public:
  // True if `body` is the other copy of a message of the last few lines, or a
  // line of such a copy. Each message has one copy at most: what ComfyUI itself
  // repeats stays repeated.
  bool IsCopy(std::string_view body, bool by_logger);

 private:
  // Lines of the longest message that is paired.
  static constexpr std::size_t kMemory = 48;
  // Other messages may stand between a message of one line and its copy.
  static constexpr std::size_t kNear = 8;

  struct Message {
    std::size_t hash = 0;
    std::size_t size = 0;
    bool by_logger = false;
    bool open = false;       // its copy has not come
    bool continues = false;  // looks like a further line of a message
  };

  Message& At(std::uint64_t number) { return recent_[number % kMemory]; }
  // True if lines from `begin` to the last one can be the rest of one message.
  bool IsRestOfMessage(std::uint64_t begin);
  // True if the line is the next one of a copy that has begun.
  bool GoesOn(const Message& line);

  std::array<Message, kMemory> recent_{};
  std::uint64_t count_ = 0;  // lines so far
  bool logger_seen_ = false;
  // What the next line of a copy has to be, up to follow_end_.
  std::uint64_t follow_ = 0;
  std::uint64_t follow_end_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_DEDUPLICATOR_H_
