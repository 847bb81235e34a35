// SPDX-License-Identifier: Apache-2.0
// Judges from the first lines of a log which way it runs.
#ifndef LOGDIAG_ENVELOPE_LOG_ORDER_H_
#define LOGDIAG_ENVELOPE_LOG_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "analyzer/envelope/line_queue.h"
#include "analyzer/envelope/piece.h"

namespace logdiag {

class LogOrder {
 public:
  // To be called for each of the first lines, peeled, as they stand.
  void Add(const Piece& piece);

  // True if nearly all steps of a second or more fall. Shorter steps, which
  // threads take both ways, count only where there are hardly any longer ones.
  bool IsNewestFirst() const;

  // What of a newest-first log is to be turned round, by how its tracebacks
  // stand in it.
  LineQueue::Unit Unit() const;

 private:
  struct Steps {
    std::size_t falls = 0;
    std::size_t rises = 0;
    void Add(std::int64_t step) { ++(step < 0 ? falls : rises); }
    bool MostlyFall(std::size_t least) const {
      return falls >= least && falls * 10 >= (falls + rises) * 9;
    }
  };

  std::size_t stamped_ = 0;
  Steps long_;
  Steps short_;
  std::optional<std::int64_t> last_;  // time
  // Of the line before.
  bool last_is_frame_ = false;
  bool last_is_header_ = false;
  std::optional<std::int64_t> last_own_;  // its own time
  // Tracebacks whose first frame stands below, with a time or without one, or
  // above their header.
  std::size_t below_ = 0;
  std::size_t below_timed_ = 0;
  std::size_t above_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_LOG_ORDER_H_
