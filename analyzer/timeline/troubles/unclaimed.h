// SPDX-License-Identifier: Apache-2.0
// Trouble that nothing else claims: a traceback without a headline that is
// known, a line of level ERROR, an error that a program states. It stays in
// sight until something repairs it.
#ifndef LOGDIAG_TIMELINE_TROUBLES_UNCLAIMED_H_
#define LOGDIAG_TIMELINE_TROUBLES_UNCLAIMED_H_

#include <cstdint>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class Unclaimed {
 public:
  // All must outlive it.
  Unclaimed(const Catalogue* catalogue, Lives* lives, Chronicle* chronicle,
            FailureLog* failures, FailureMaker* maker)
      : catalogue_(catalogue),
        lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker) {}

  // A traceback that belongs to nothing that is known yet.
  void OnTraceback(const Event& event, const Traceback& traceback);
  // A record that may state an error: by its level, or by a marker of role
  // error among `events`, those found in it.
  void Take(const Record& record, const std::vector<Event>& events);

 private:
  // Lines of one trouble stand this close together.
  static constexpr std::uint64_t kSameTroubleLines = 25;

  // Captures `type`, `message` and `node` tell which error it is.
  void OnError(const Event& event, const MarkerHit& hit, bool warns);
  void OnErrorLevel(const Record& record);
  void OnWarning(const Event& event);
  // True if there are any.
  bool TakeWarnings(const std::vector<Event>& events);
  void GoOn(const Record& record);
  void JudgeCalm(std::uint64_t line);
  bool IsKnownAsHarmless(const Event& event) const;
  bool BelongsToKnown(std::uint64_t line) const;
  Failure* Tell(const Event& event);

  const Catalogue* catalogue_;
  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_UNCLAIMED_H_
