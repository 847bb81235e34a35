// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/gap_tracker.h"

#include <algorithm>

namespace logdiag {

void GapTracker::Add(const Record& record, const std::string& phase) {
  if (!record.time_ns) return;
  const bool in_bar = record.body.find('\r') != std::string_view::npos;
  if (last_ns_ && record.source == Source::kContainer) {
    const double seconds =
        static_cast<double>(*record.time_ns - *last_ns_) / 1e9;
    const bool is_long = gaps_.size() < kKept || seconds > gaps_.back().seconds;
    if (seconds >= kShortest_s && is_long) {
      const Gap gap{last_line_, seconds, phase, in_bar || last_in_bar_};
      const auto at = std::upper_bound(
          gaps_.begin(), gaps_.end(), gap,
          [](const Gap& a, const Gap& b) { return a.seconds > b.seconds; });
      gaps_.insert(at, gap);
      if (gaps_.size() > kKept) gaps_.pop_back();
    }
  }
  last_ns_ = record.time_ns;
  last_line_ = record.line;
  last_in_bar_ = in_bar;
}

}  // namespace logdiag
