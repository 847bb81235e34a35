// SPDX-License-Identifier: Apache-2.0
// What counts as a sign of life: what the work or the start itself prints.
#ifndef LOGDIAG_TIMELINE_LIVES_SIGNS_OF_LIFE_H_
#define LOGDIAG_TIMELINE_LIVES_SIGNS_OF_LIFE_H_

#include <cstdint>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/log_clock.h"

namespace logdiag {

class SignsOfLife {
 public:
  // All must outlive it.
  SignsOfLife(const Catalogue* catalogue, Lives* lives, const LogClock* clock)
      : catalogue_(catalogue), lives_(lives), clock_(clock) {}

  // A record and its events.
  void Take(const Record& record, const std::vector<Event>& events);

  // The last sign of life outside of work.
  const Quote& of_start() const { return of_start_; }

 private:
  static constexpr std::size_t kMaxShapes = 16;

  bool IsChatter(const std::vector<Event>& events) const;
  bool IsHeartbeat(const Record& record, const std::vector<Event>& events);

  const Catalogue* catalogue_;
  Lives* lives_;
  const LogClock* clock_;
  // Shapes of lines that nothing recognised since something was, and how many
  // of them came as a sign of life may come: for the first time.
  std::vector<std::uint64_t> unknown_shapes_;  // hashes
  Quote of_start_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_SIGNS_OF_LIFE_H_
