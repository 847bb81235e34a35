// SPDX-License-Identifier: Apache-2.0
// Tracebacks: whom each belongs to, and what it ended.
#ifndef LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_
#define LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"
#include "analyzer/timeline/troubles/unclaimed.h"

namespace logdiag {

class Tracebacks {
 public:
  // All must outlive it.
  Tracebacks(const Catalogue& catalogue, Lives* lives, Chronicle* chronicle,
             FailureLog* failures, FailureMaker* maker, Unclaimed* troubles)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        troubles_(troubles) {
    for (const Dialect& dialect : catalogue.dialects) {
      mains_.insert(dialect.mains.begin(), dialect.mains.end());
      if (!dialect.server) continue;
      servers_.insert(dialect.mains.begin(), dialect.mains.end());
    }
  }

  void Take(const Event& event, const Traceback& traceback);
  // A record has passed whose events were routed.
  void TakeRecord(const Record& record);

  // If a traceback that nobody has claimed ended at `line` or later, it is the
  // reason of `failure` and claimed now. Returns whether it was.
  bool Claim(std::uint64_t line, Failure* failure);
  // The unclaimed traceback; null if there is none.
  const Event* unclaimed() const { return unclaimed_ ? &*unclaimed_ : nullptr; }
  void Forget() { unclaimed_.reset(); }

  // Whether code or a build of a known program was seen.
  bool ours() const { return ours_; }

 private:
  // A traceback is told of a record or two after its end, and these may be
  // warnings, too.
  static constexpr std::size_t kMaxWarnings = 4;
  // A script that has printed so much was at work when it died.
  static constexpr std::uint64_t kLinesOfWork = 15;

  // Nobody has claimed it yet.
  void Leave(const Event& event, const Traceback& traceback);
  bool IsWarnedOf(const Traceback& traceback) const;
  bool Attach(const Event& event, const Traceback& traceback);
  bool EchoesOpen(const Process& process, const Traceback& traceback);
  bool ScriptWorks(const Process& process, const Traceback& traceback) const;
  bool WorksWithoutServer(std::uint64_t line) const;
  void OnFatal(const Event& event, const Traceback& traceback);

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  Unclaimed* troubles_;
  std::set<std::string, std::less<>> mains_;
  std::set<std::string, std::less<>> servers_;  // those of servers
  std::optional<Event> unclaimed_;
  std::deque<Quote> warnings_;  // the last records of that level
  bool ours_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_TRACEBACKS_H_
