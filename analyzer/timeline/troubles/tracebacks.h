// Tracebacks: whom each belongs to, and what it ended.
#ifndef LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_
#define LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_

#include <cstdint>
#include <optional>

#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class Tracebacks {
 public:
  // All must outlive it.
  Tracebacks(Lives* lives, Chronicle* chronicle, FailureLog* failures,
             FailureMaker* maker)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker) {}

  void Take(const Event& event, const Traceback& traceback);

  // If a traceback that nobody has claimed ended at `line` or later, it is the
  // reason of `failure` and claimed now. Returns whether it was.
  bool Claim(std::uint64_t line, Failure* failure);
  // The unclaimed traceback; null if there is none.
  const Event* unclaimed() const { return unclaimed_ ? &*unclaimed_ : nullptr; }
  void Forget() { unclaimed_.reset(); }

  // Whether code or a build of a known program was seen.
  bool ours() const { return ours_; }

 private:
  bool Attach(const Event& event, const Traceback& traceback);
  void OnFatal(const Event& event, const Traceback& traceback);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  std::optional<Event> unclaimed_;
  bool ours_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_
