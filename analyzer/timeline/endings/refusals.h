// SPDX-License-Identifier: Apache-2.0
// Prompts that arrive, and prompts or outputs that are refused before they run.
#ifndef LOGDIAG_TIMELINE_ENDINGS_REFUSALS_H_
#define LOGDIAG_TIMELINE_ENDINGS_REFUSALS_H_

#include <string>

#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"
#include "analyzer/timeline/troubles/tracebacks.h"

namespace logdiag {

class Refusals {
 public:
  // All must outlive it.
  Refusals(Lives* lives, Chronicle* chronicle, FailureLog* failures,
           FailureMaker* maker, Tracebacks* tracebacks)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        tracebacks_(tracebacks) {}

  void OnPromptRejected(const Event& event);
  void OnOutputRejected(const Event& event);

  // A line that may belong to the refusal that is open: "* Node 3:" and below
  // it its reasons, "- ...".
  void Take(const Record& record);

 private:
  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  Tracebacks* tracebacks_;
  std::string node_;  // that the next reasons are about; "" outside of a list
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_REFUSALS_H_
