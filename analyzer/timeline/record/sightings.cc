// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/sightings.h"

namespace logdiag {

void AddSighting(const Event& event, Sightings* seen) {
  const auto* hit = std::get_if<MarkerHit>(&event.what);
  if (hit == nullptr) return;
  const auto [at, is_new] = seen->try_emplace(hit->marker);
  Seen& entry = at->second;
  ++entry.count;
  if (is_new) entry.first = event;
  entry.last_line = event.line;
}

Quote QuoteOf(const Event& event) {
  return {event.line, event.offset, event.time_ns, event.text,
          event.unterminated};
}

void RecentEvents::Add(const Event& event) {
  if (!std::holds_alternative<MarkerHit>(event.what)) return;
  if (events_.size() == kCapacity) events_.pop_front();
  events_.push_back(event);
}

Sightings RecentEvents::Since(std::uint64_t first_line) const {
  Sightings seen;
  for (const Event& event : events_) {
    if (event.line >= first_line) AddSighting(event, &seen);
  }
  return seen;
}

}  // namespace logdiag
