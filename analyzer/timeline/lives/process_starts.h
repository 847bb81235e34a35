// SPDX-License-Identifier: Apache-2.0
// How containers and processes begin and become ready.
#ifndef LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_
#define LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_

#include <cstddef>
#include <cstdint>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/timeline/endings/process_ends.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/start_marks.h"
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

  // These return true if another process was replaced.
  bool OnContainerStart(const Event& event);
  bool OnProcessStart(const Event& event);
  bool OnReady(const Event& event);
  // A script died of its own traceback: if a start may be under way, it was
  // one.
  bool OnFatalTraceback();
  // The log ends: a possible start that nothing refuted was one.
  bool OnLogEnd();

  // The running work goes on.
  void OnProgress() { marks_.Refute(); }

 private:
  // A process that is ready says so once for each address that it listens on,
  // within this many lines.
  static constexpr std::uint64_t kReadyLines = 10;

  PossibleStart StartAt(const Event& event);
  bool Begin(const PossibleStart& start);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  ProcessEnds* ends_;
  StartMarks marks_;
  std::size_t ready_marker_ = 0;  // that told of the last "ready"
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_PROCESS_STARTS_H_
