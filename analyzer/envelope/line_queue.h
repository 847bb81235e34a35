// SPDX-License-Identifier: Apache-2.0
// The lines of the input, with a look at the first ones, and turned round if
// the newest comes first.
#ifndef LOGDIAG_ENVELOPE_LINE_QUEUE_H_
#define LOGDIAG_ENVELOPE_LINE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/record.h"

namespace logdiag {

class LineQueue {
 public:
  using NextLine = std::function<bool(Line*)>;
  // The time of a line; nullopt if it has none.
  using TimeOf = std::function<std::optional<std::int64_t>(std::string_view)>;

  // What a newest-first log turns round, by how it was made.
  enum class Unit {
    kLine,   // every line (tac)
    kEntry,  // a line with a time, and those without one behind it
    kTime,   // all lines of one time: a table that was sorted by time
  };

  static constexpr std::size_t kFirstLines = 300;
  static constexpr std::size_t kFirstBytes = 1 << 20;
  // So much is kept of a newest-first log that cannot be read backwards, with
  // what it takes to find the lines in it.
  static constexpr std::size_t kTurnBytes = 14 << 20;
  // A longer entry is turned round in parts.
  static constexpr std::size_t kEntryBytes = 1 << 20;

  // `previous_line`, if there is one, gives the last line of the input first;
  // it is called once `next_line` has come to the end.
  explicit LineQueue(NextLine next_line, NextLine previous_line = nullptr);

  // The first lines of the input: up to 300, or 1 MiB. To be called before the
  // first Next(), and valid until then.
  std::vector<std::string_view> First();

  // From now on the last unit comes first, each in its own order.
  void TurnRound(Unit unit, TimeOf time_of);

  // False at the end. The line is valid until the next call.
  bool Next(Line* line);

  // Lines of a turned log, its oldest ones, that there was no room for.
  std::uint64_t lost_lines() const { return lost_lines_; }

 private:
  struct Held {
    Line line;  // `text` is not valid; it is in `bytes_`
    std::size_t begin;
    std::size_t size;
  };

  // Keeps `line` at the end of `*held`, its text in `*bytes`.
  static void Keep(const Line& line, std::deque<Held>* held,
                   std::string* bytes);
  // Reads lines until `lines` or `bytes` are held, or the input ends.
  void Hold(std::size_t lines, std::size_t bytes);
  // The line before the one that was given last, from the end on.
  bool Previous(Line* line);
  // Reads the next unit of a turned log to `entry_`. False at the end.
  bool ReadEntry();

  NextLine next_line_;
  NextLine previous_line_;
  std::string bytes_;
  std::deque<Held> held_;
  std::size_t delivered_ = 0;  // of held_; turned round: not used
  bool ended_ = false;

  bool turned_ = false;
  Unit unit_ = Unit::kEntry;
  TimeOf time_of_;
  std::string entry_bytes_;
  std::deque<Held> entry_;     // the last one is to be delivered next
  std::optional<Held> ahead_;  // belongs to the entry after that
  std::string ahead_text_;
  std::uint64_t lost_lines_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LINE_QUEUE_H_
