// SPDX-License-Identifier: Apache-2.0
// Keeps, for each marker, how often it was seen, where last, and its first
// event.
#ifndef LOGDIAG_TIMELINE_RECORD_SIGHTINGS_H_
#define LOGDIAG_TIMELINE_RECORD_SIGHTINGS_H_

#include <cstddef>
#include <cstdint>
#include <deque>

#include "analyzer/model/event.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// Adds `event` (a MarkerHit; others are ignored) to `seen`.
void AddSighting(const Event& event, Sightings* seen);

// The quote that shows `event`.
Quote QuoteOf(const Event& event);

// The last marker events of the log, for causes that are printed before the
// line that tells the failure.
class RecentEvents {
 public:
  static constexpr std::size_t kCapacity = 96;

  void Add(const Event& event);
  // Those from physical line `first_line` on.
  Sightings Since(std::uint64_t first_line) const;

 private:
  std::deque<Event> events_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_SIGHTINGS_H_
