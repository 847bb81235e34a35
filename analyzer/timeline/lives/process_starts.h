// How containers and processes begin and become ready.
#ifndef LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_
#define LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/timeline/endings/process_ends.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"

namespace logdiag {

class ProcessStarts {
 public:
  // All must outlive it.
  ProcessStarts(Lives* lives, Chronicle* chronicle, FailureLog* failures,
                ProcessEnds* ends)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        ends_(ends) {}

  // True if a container begins; false if this is another line of its start.
  bool OnContainerStart(const Event& event);
  // True if a process begins.
  bool OnProcessStart(const Event& event, const Marker& marker);
  void OnReady(const Event& event);

 private:
  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  ProcessEnds* ends_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_
