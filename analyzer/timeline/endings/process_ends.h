// How processes end: announced, stopped, with words of death, or silently.
#ifndef LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_
#define LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_

#include <optional>

#include "analyzer/model/event.h"
#include "analyzer/model/given.h"
#include "analyzer/timeline/endings/hang_proofs.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class ProcessEnds {
 public:
  // All must outlive it.
  ProcessEnds(Lives* lives, Chronicle* chronicle, FailureLog* failures,
              FailureMaker* maker, HangProofs* hangs)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        hangs_(hangs) {}

  void OnRestartAnnounced(const Event& event);
  void OnStopped(const Event& event);
  void OnDied(const Event& event, const MarkerHit& hit);
  // The exit code that the user gives for a process that the log leaves
  // running: it ended there, at `end`. What the log itself proves of that end
  // stays the incident.
  void EndByCode(const Event& end, const Given& given);
  // Another start follows at `event`; `banner` if it is that of a container.
  // What was open is closed and kept.
  void Replace(const Event& event, bool banner);

 private:
  void NoteDeath(const Event& event, Process* process);
  void NoteSilentEnd(const Process& process, const Event& event,
                     const Quote& last, std::optional<double> gap_s);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  HangProofs* hangs_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_
