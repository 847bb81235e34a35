// SPDX-License-Identifier: Apache-2.0
// The longest silences of the log.
#ifndef LOGDIAG_TIMELINE_RECORD_GAP_TRACKER_H_
#define LOGDIAG_TIMELINE_RECORD_GAP_TRACKER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

class GapTracker {
 public:
  static constexpr std::size_t kKept = 5;
  static constexpr double kShortest_s = 10;

  // `phase` is what was running before the record.
  void Add(const Record& record, const std::string& phase);
  // Longest first.
  std::vector<Gap> Longest() const { return gaps_; }

 private:
  std::vector<Gap> gaps_;
  std::optional<std::int64_t> last_ns_;
  std::uint64_t last_line_ = 0;
  bool last_in_bar_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_GAP_TRACKER_H_
