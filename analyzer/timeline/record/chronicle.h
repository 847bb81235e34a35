// SPDX-License-Identifier: Apache-2.0
// What is kept of the log for the report. Everything is bounded.
#ifndef LOGDIAG_TIMELINE_RECORD_CHRONICLE_H_
#define LOGDIAG_TIMELINE_RECORD_CHRONICLE_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/record/first_and_last.h"
#include "analyzer/timeline/record/gap_tracker.h"
#include "analyzer/timeline/record/line_tail.h"
#include "analyzer/timeline/record/log_clock.h"
#include "analyzer/timeline/record/sightings.h"

namespace logdiag {

class Chronicle {
 public:
  static constexpr std::size_t kMaxWorks = 500;
  static constexpr std::size_t kMaxOthers = 100;
  static constexpr std::size_t kMaxMilestones = 120;
  static constexpr std::size_t kMaxReadings = 300;  // of a kind
  static constexpr std::size_t kContextLines = 8;

  // A record comes; `phase` is what was running before it.
  void Take(const Record& record, const std::string& phase);
  // It is over: its time is now.
  void Pass(const Record& record) { clock.Take(record); }

  // `process` may be null; `key` is a key of reports/texts.
  void AddMilestone(const Event& event, const Process* process,
                    std::string_view key, std::string detail = "");
  void KeepWorks(std::vector<Work> works);
  // Work that is no prompt, as it ended or was left.
  void KeepOther(Work work, WorkState state);

  // The lines up to and with physical line `line`.
  std::vector<Quote> ContextOf(std::uint64_t line) const {
    return tail.Before(line + 1, kContextLines);
  }
  // The last line before a container's banner whose title stands at `line`.
  LineTail::Boundary BeforeBanner(std::uint64_t line) const;

  // The end of the log, as an event without a subject.
  Event EndOfLog() const;
  // Moves what was kept into `timeline`.
  void Store(Timeline* timeline);

  LogClock clock;
  LineTail tail;
  LineTail own_tail;  // of the container's own lines
  RecentEvents recent;
  Sightings seen;  // over the whole log
  // Ids of the dialects that a line of their own has shown.
  std::set<std::string, std::less<>> programs;
  Facts facts;
  FirstAndLast<Reading> memory{kMaxReadings / 4, kMaxReadings * 3 / 4};
  FirstAndLast<Reading> speeds{kMaxReadings / 4, kMaxReadings * 3 / 4};
  Counts counts;

 private:
  GapTracker gaps_;
  FirstAndLast<Work> works_{kMaxWorks / 8, kMaxWorks - kMaxWorks / 8};
  FirstAndLast<Work> others_{kMaxOthers / 2, kMaxOthers / 2};
  FirstAndLast<Milestone> milestones_{kMaxMilestones / 2, kMaxMilestones / 2};
};

// The capture `name` of a marker; "" if it took no part.
std::string CaptureOf(const MarkerHit& hit, std::string_view name);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_CHRONICLE_H_
