// SPDX-License-Identifier: Apache-2.0
// How work ends: finished, failed, interrupted, given up; and what its result
// is worth.
#ifndef LOGDIAG_TIMELINE_ENDINGS_WORK_ENDS_H_
#define LOGDIAG_TIMELINE_ENDINGS_WORK_ENDS_H_

#include <optional>
#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/timeline/endings/hang_proofs.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class WorkEnds {
 public:
  // All must outlive it.
  WorkEnds(Lives* lives, Chronicle* chronicle, FailureLog* failures,
           FailureMaker* maker, HangProofs* hangs)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        hangs_(hangs) {}

  void OnExecuted(const Event& event, const MarkerHit& hit);
  void OnFailed(const Event& event, const MarkerHit& hit);
  void OnInterrupted(const Event& event);
  void OnInterruptRequest(const Event& event);
  // A result was written. In an image build: that build came to its end.
  void OnSaved(const Event& event, Timeline* timeline);
  void OnWorkerDied(const Event& event);
  // A bad result of the work that runs, or of the one that has just finished:
  // uploads and checks of results come after "Prompt executed".
  void OnDegraded(const Event& event, const Marker& marker);

  // Work goes on at `event`: after a failure it is the next one's, whether the
  // end of the failed one is told or not.
  void PassOn(const Event& event);
  // The running work ends; `duration` as printed, "" if its end is not told.
  void Finish(const Event& event, const std::string& duration);
  // Work whose begin and end nobody announces is over at `event` if its bar is
  // full or its result is written; returns whether it is.
  bool FinishUnannounced(const Event& event);
  // Work that finished is judged: slow, or with a bad result.
  void Judge(const RunningWork& finished, const Event& event);
  // The process is over, and with it what was known of finished work.
  void Forget() { finished_.reset(); }

 private:
  RunningWork& EnsureRunning(const Event& event);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  HangProofs* hangs_;
  std::optional<RunningWork> finished_;  // what ended last
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_WORK_ENDS_H_
