// SPDX-License-Identifier: Apache-2.0
// Hangs: a silence of work or of a start that is proved.
#ifndef LOGDIAG_TIMELINE_ENDINGS_HANG_PROOFS_H_
#define LOGDIAG_TIMELINE_ENDINGS_HANG_PROOFS_H_

#include <optional>

#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/signs_of_life.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class HangProofs {
 public:
  // All must outlive it.
  HangProofs(Lives* lives, Chronicle* chronicle, FailureLog* failures,
             FailureMaker* maker, const SignsOfLife* signs)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        signs_(signs) {}

  // Somebody watched the log, and nothing came for so long.
  void Watch(double quiet_s) { quiet_s_ = quiet_s; }

  // Records a hang of the running work if its silence up to `event` proves one.
  // True if it hangs, told now or before.
  bool WorkHangs(const Event& event, double threshold_s);
  // The same of work that is no prompt.
  bool OuterHangs(const Event& event, double threshold_s);
  // The process never got ready, and whoever waited for it gave up at `event`
  // after a proved silence, or said so in a log without a clock: then that is
  // recorded as a hang.
  bool StartHangs(const Event& event, double threshold_s,
                  bool somebody_gave_up = false);
  // Somebody waited for the work, or for the start, and gave up: a hang if
  // nothing more comes of it.
  void OnGaveUp(const Event& event);
  // Somebody stopped the running work: after a proved silence because it hung,
  // otherwise because they wanted to.
  void CutShort(const Event& event);
  // The phase of work that was cut short now.
  std::string PhaseCutShort() const;

 private:
  bool Hangs(const RunningWork& work, const Event& event, double threshold_s);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  const SignsOfLife* signs_;
  std::optional<double> quiet_s_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_HANG_PROOFS_H_
