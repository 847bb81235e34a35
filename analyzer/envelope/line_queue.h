// The lines of the input, with a look at the first ones, and turned round if
// the newest comes first.
#ifndef LOGDIAG_ENVELOPE_LINE_QUEUE_H_
#define LOGDIAG_ENVELOPE_LINE_QUEUE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/record.h"

namespace logdiag {

class LineQueue {
 public:
  using NextLine = std::function<bool(Line*)>;

  static constexpr std::size_t kFirstLines = 200;
  static constexpr std::size_t kFirstBytes = 1 << 20;
  // A longer log is turned round in blocks of this size.
  static constexpr std::size_t kTurnBytes = 64 << 20;

  explicit LineQueue(NextLine next_line);

  // The first lines of the input: up to 200, or 1 MiB. To be called before the
  // first Next(), and valid until then.
  std::vector<std::string_view> First();

  // From now on the last line comes first. A line for which `begins_entry` is
  // false stays behind the line before it.
  void TurnRound(std::function<bool(std::string_view)> begins_entry);

  // False at the end. The line is valid until the next call.
  bool Next(Line* line);

 private:
  struct Held {
    Line line;  // `text` is not valid; it is in `bytes_`
    std::size_t begin;
    std::size_t size;
  };

  // Reads lines until `lines` or `bytes` are held, or the input ends.
  void Hold(std::size_t lines, std::size_t bytes);
  // Puts the held lines in the order of delivery.
  void Reverse();

  NextLine next_line_;
  std::function<bool(std::string_view)> begins_entry_;  // empty: as read
  std::string bytes_;
  std::vector<Held> held_;
  std::size_t delivered_ = 0;  // of held_
  bool ended_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LINE_QUEUE_H_
