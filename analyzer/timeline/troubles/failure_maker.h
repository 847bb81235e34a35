// SPDX-License-Identifier: Apache-2.0
// Makes failures out of what is known at the moment.
#ifndef LOGDIAG_TIMELINE_TROUBLES_FAILURE_MAKER_H_
#define LOGDIAG_TIMELINE_TROUBLES_FAILURE_MAKER_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/lives/frame_phases.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"

namespace logdiag {

class FailureMaker {
 public:
  // All must outlive it.
  FailureMaker(const Catalogue* catalogue, Lives* lives,
               const Chronicle* chronicle)
      : lives_(lives), chronicle_(chronicle), frame_phases_(catalogue) {}

  // A failure of the process and the work that run now, told by `event`.
  Failure Make(FailureKind kind, const Event& event) const;
  // A failure of a work that is over; `shown` is the line that shows it.
  Failure MakeOf(FailureKind kind, const RunningWork& finished,
                 const Event& shown) const;
  // `traceback`, told by `event`, is the reason of `failure`.
  void SetTraceback(const Event& event, const Traceback& traceback,
                    Failure* failure);
  // The node that failed tells the phase, unless frames have told it.
  void SetPhaseOfNode(Failure* failure);
  // Whether it concerns neither the work nor the process.
  bool IsBystander(const Traceback& traceback) {
    return frame_phases_.IsBystander(traceback);
  }
  // Whether a frame of it is in code of a program that is known.
  bool IsOwn(const Traceback& traceback) {
    return frame_phases_.IsOwn(traceback);
  }

 private:
  Lives* lives_;
  const Chronicle* chronicle_;
  FramePhases frame_phases_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_FAILURE_MAKER_H_
