// Progress bars: which are the work itself, and what they say of it.
#ifndef LOGDIAG_TIMELINE_LIVES_BARS_H_
#define LOGDIAG_TIMELINE_LIVES_BARS_H_

#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/phases.h"
#include "analyzer/timeline/troubles/failure_log.h"

namespace logdiag {

class Bars {
 public:
  // All must outlive it.
  Bars(Lives* lives, FailureLog* failures, Phases* phases)
      : lives_(lives), failures_(failures), phases_(phases) {}

  void Take(const Event& event, const ProgressBar& bar);

 private:
  Lives* lives_;
  FailureLog* failures_;
  Phases* phases_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_BARS_H_
