// SPDX-License-Identifier: Apache-2.0
// What the end of the log says about what is still open.
#ifndef LOGDIAG_TIMELINE_ENDINGS_LOG_END_H_
#define LOGDIAG_TIMELINE_ENDINGS_LOG_END_H_

#include <cstdint>
#include <optional>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/given.h"
#include "analyzer/timeline/endings/hang_proofs.h"
#include "analyzer/timeline/endings/outer_ends.h"
#include "analyzer/timeline/endings/process_ends.h"
#include "analyzer/timeline/endings/work_ends.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/signs_of_life.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class LogEnd {
 public:
  // All must outlive it.
  LogEnd(const Catalogue* catalogue, Lives* lives, Chronicle* chronicle,
         FailureLog* failures, FailureMaker* maker, HangProofs* hangs,
         ProcessEnds* process_ends, WorkEnds* work_ends, OuterEnds* outer_ends,
         const SignsOfLife* signs)
      : catalogue_(catalogue),
        lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        hangs_(hangs),
        process_ends_(process_ends),
        work_ends_(work_ends),
        outer_ends_(outer_ends),
        signs_(signs) {}

  // Judges what is open, with what the user knows, and closes it. Returns
  // whether work was still running.
  bool Close(const Given& given);
  // See Story::hang_in_s. Valid behind Close().
  std::optional<double> hang_in_s() const { return hang_in_s_; }

 private:
  // How close to the end of the log a symptom is the reason of the end.
  static constexpr std::uint64_t kLastLines = 25;
  // So few lines follow the words that a paste is about.
  static constexpr std::uint64_t kLastWordsOfPaste = 8;

  // How long nothing followed `last`, as far as that can be told.
  double SilenceSince(const Quote& last, const Event& end,
                      const Given& given) const;
  std::optional<double> UntilHang(const Event& end, const Given& given);
  void CloseWork(const Event& end, bool watched);
  void CloseOuter(const Event& end, bool watched);
  void CloseTrouble(const Event& end);
  void CloseSymptoms(const Event& end);
  void CloseStart(const Event& end, bool watched);
  bool InTrouble(const Process& process) const;
  void NoteWatched(bool watched);

  const Catalogue* catalogue_;
  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  HangProofs* hangs_;
  ProcessEnds* process_ends_;
  WorkEnds* work_ends_;
  OuterEnds* outer_ends_;
  const SignsOfLife* signs_;
  std::optional<double> hang_in_s_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ENDINGS_LOG_END_H_
