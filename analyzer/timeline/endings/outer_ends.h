// SPDX-License-Identifier: Apache-2.0
// Work around or beside the prompts: a handler's job, a training run, an
// install, a download, a manager's task, a request of another server.
#ifndef LOGDIAG_TIMELINE_ENDINGS_OUTER_ENDS_H_
#define LOGDIAG_TIMELINE_ENDINGS_OUTER_ENDS_H_

#include <cstdint>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/timeline/endings/hang_proofs.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"
#include "analyzer/timeline/troubles/tracebacks.h"

namespace logdiag {

class OuterEnds {
 public:
  // All must outlive it.
  OuterEnds(Lives* lives, Chronicle* chronicle, FailureLog* failures,
            FailureMaker* maker, HangProofs* hangs, Tracebacks* tracebacks)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        hangs_(hangs),
        tracebacks_(tracebacks) {}

  void OnJobQueued(const Event& event);
  void OnJobFinished(const Event& event);
  void OnJobFailed(const Event& event, const Marker& marker);
  // Other work, of the kind that the marker names.
  void OnBegins(const Event& event, const Marker& marker);
  void OnDone(const Event& event, const Marker& marker);
  void OnFailed(const Event& event, const Marker& marker);

  // The outer work that is open ended well at `event`.
  void Finish(const Event& event);

 private:
  // The outer work is over and is kept.
  void Close(const Event& event, WorkState state);
  bool IsScript();

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  HangProofs* hangs_;
  Tracebacks* tracebacks_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_OUTER_ENDS_H_
