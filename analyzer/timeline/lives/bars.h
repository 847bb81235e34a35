// SPDX-License-Identifier: Apache-2.0
// Progress bars: which are the work itself, and what they say of it.
#ifndef LOGDIAG_TIMELINE_LIVES_BARS_H_
#define LOGDIAG_TIMELINE_LIVES_BARS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/support/regex.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/phases.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"

namespace logdiag {

class Bars {
 public:
  // All must outlive it.
  Bars(const Catalogue* catalogue, Lives* lives, FailureLog* failures,
       Phases* phases, Chronicle* chronicle)
      : catalogue_(catalogue),
        lives_(lives),
        failures_(failures),
        phases_(phases),
        chronicle_(chronicle) {}

  // True if the bar is the work itself, as a dialect or a missing label says.
  bool IsWork(const ProgressBar& bar);
  void Take(const Event& event, const ProgressBar& bar);

 private:
  // Labels are the log's: no more of them are remembered.
  static constexpr std::size_t kMaxLabels = 256;

  void Compile();
  void TakeOfOuter(const Event& event, const ProgressBar& bar);
  std::optional<std::int64_t> BeginOf(const Event& event,
                                      const ProgressBar& bar) const;
  void NoteSilence(const Event& event, const ProgressBar& bar,
                   RunningWork* running) const;

  const Catalogue* catalogue_;
  Lives* lives_;
  FailureLog* failures_;
  Phases* phases_;
  Chronicle* chronicle_;
  // Of the programs that were recognised when `programs_` were.
  bool compiled_ = false;
  std::size_t programs_ = 0;
  std::vector<Regex> work_labels_;
  std::vector<Regex> other_labels_;
  std::map<std::string, bool> labels_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_BARS_H_
