// SPDX-License-Identifier: Apache-2.0
// How processes end: announced, stopped, with words of death, or silently.
#ifndef LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_
#define LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_

#include <cstdint>
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
  // A shell asks for the next command: what ran is over, and if it was at work
  // it died.
  void OnShellReturned(const Event& event);
  // The exit code that the user gives for a process that the log leaves
  // running: it ended there, at `end`. What the log itself proves of that end
  // stays the incident.
  void EndByCode(const Event& end, const Given& given);
  // Another start follows at `event`; `boundary` tells what was last before
  // it. What was open is closed and kept.
  void Replace(const Event& event, const LineTail::Boundary& boundary);

 private:
  // The last words of a process stand this close to its end.
  static constexpr std::uint64_t kLastWords = 40;

  void NoteDeath(const Event& event, std::optional<int> code, Process* process);
  void NoteEnd(Process* process, const Event& event, const Quote& last,
               std::optional<double> gap_s);
  void NoteSilentEnd(const Process& process, const Event& at,
                     std::optional<double> gap_s);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  HangProofs* hangs_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_PROCESS_ENDS_H_
