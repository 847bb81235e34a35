// SPDX-License-Identifier: Apache-2.0
// The marks that a start leaves in the log, and when they tell of another one.
#ifndef LOGDIAG_TIMELINE_LIVES_START_MARKS_H_
#define LOGDIAG_TIMELINE_LIVES_START_MARKS_H_

#include <cstddef>
#include <optional>
#include <set>

#include "analyzer/model/event.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// A start may have begun at `event`; it is one if more speaks for it.
struct PossibleStart {
  Event event;
  Quote before;          // the last line before it; line 0 = none
  bool working = false;  // work was running then
  // The last sign of life of that work, if other lines went on long enough after
  // it to prove a hang; line 0 if not. What a start prints is no sign of it.
  Quote hangs_since;
};

// Lines of one start come in any order (stdout is buffered, stderr is not), and
// single ones come again (packs, test imports). So one mark that comes again
// proves nothing; two different ones do, or one and then a second "ready".
class StartMarks {
 public:
  // A mark of `event`'s marker was printed. The start that has now been proved
  // to have begun, if any.
  std::optional<PossibleStart> Take(const PossibleStart& start);
  // The process said for the second time that it is ready.
  std::optional<PossibleStart> TakeReady();
  // The work that ran goes on: what came again was no start.
  void Refute() {
    if (possible_ && possible_->working) possible_.reset();
  }
  // A process begins, with the mark of `event`.
  void Begin(const Event& event);

  const std::optional<PossibleStart>& possible() const { return possible_; }

 private:
  std::optional<PossibleStart> Prove();

  std::set<std::size_t> marks_;     // markers seen of this start
  std::set<std::size_t> repeated_;  // seen since possible_ began
  std::optional<PossibleStart> possible_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_START_MARKS_H_
