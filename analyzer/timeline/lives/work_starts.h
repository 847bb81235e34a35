// SPDX-License-Identifier: Apache-2.0
// How work begins.
#ifndef LOGDIAG_TIMELINE_LIVES_WORK_STARTS_H_
#define LOGDIAG_TIMELINE_LIVES_WORK_STARTS_H_

#include "analyzer/model/event.h"
#include "analyzer/timeline/endings/work_ends.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"

namespace logdiag {

class WorkStarts {
 public:
  // All must outlive it.
  WorkStarts(Lives* lives, Chronicle* chronicle, WorkEnds* ends)
      : lives_(lives), chronicle_(chronicle), ends_(ends) {}

  void OnPromptQueued(const Event& event);

 private:
  Lives* lives_;
  Chronicle* chronicle_;
  WorkEnds* ends_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_WORK_STARTS_H_
