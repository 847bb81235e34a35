// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/log_order.h"

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// Fewer stamped lines do not show which way a log runs.
constexpr std::size_t kStampedToJudge = 8;
constexpr std::size_t kLongSteps = 3;

}  // namespace

void LogOrder::Add(const Piece& piece) {
  const bool header =
      Contains(piece.text, "Traceback (most recent call last):");
  const bool frame = StartsWith(TrimLeft(piece.text), "File \"");
  if (frame && last_is_header_) {
    ++below_;
    if (piece.time_ns && piece.time_ns == last_own_) ++below_timed_;
  }
  if (header && last_is_frame_) ++above_;
  last_is_header_ = header;
  last_is_frame_ = frame;
  last_own_ = piece.time_ns;
  if (!piece.time_ns || piece.clock == Clock::kMonotonic) return;
  ++stamped_;
  if (last_ && *piece.time_ns != *last_) {
    const std::int64_t step = *piece.time_ns - *last_;
    const bool is_long = step >= kNsPerSecond || step <= -kNsPerSecond;
    (is_long ? long_ : short_).Add(step);
  }
  last_ = piece.time_ns;
}

bool LogOrder::IsNewestFirst() const {
  if (stamped_ < kStampedToJudge) return false;
  const std::size_t steps = long_.falls + long_.rises;
  if (steps >= kLongSteps) return long_.MostlyFall(kLongSteps);
  if (steps > 0 && long_.rises > 0) return false;
  return short_.MostlyFall(kStampedToJudge / 2) ||
         (long_.falls > 0 && short_.falls > 2 * short_.rises);
}

LineQueue::Unit LogOrder::Unit() const {
  if (above_ > below_) return LineQueue::Unit::kLine;
  return below_timed_ > 0 ? LineQueue::Unit::kTime : LineQueue::Unit::kEntry;
}

}  // namespace logdiag
