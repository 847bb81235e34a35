// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/signs_of_life.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// What others print about the work: clients, handlers, operators.
bool IsOfOthers(Role role) {
  switch (role) {
    case Role::kNote:
    case Role::kPromptQueued:
    case Role::kTimedOut:
    case Role::kInterruptRequest:
    case Role::kJobQueued:
    case Role::kJobFailed:
    case Role::kJobFinished:
    case Role::kError:
    case Role::kComplaint:
    case Role::kWarning:
      return true;
    default:
      return false;
  }
}

// FNV-1a.
std::uint64_t HashWithoutDigits(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    if (c >= '0' && c <= '9') continue;
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace

bool SignsOfLife::IsChatter(const std::vector<Event>& events) const {
  if (events.empty()) return false;
  return std::all_of(events.begin(), events.end(), [this](const Event& event) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) return false;
    const Marker& marker = catalogue_->markers[hit->marker];
    return IsOfOthers(marker.role) || OnlyNamesItsLog(marker);
  });
}

// A line that nobody knows: a client's or a monitor's, if it was printed before
// with other figures; and a single one that is new may be anybody's. Two new
// ones are no accident.
bool SignsOfLife::IsHeartbeat(const Record& record,
                              const std::vector<Event>& events) {
  if (!events.empty()) {
    unknown_shapes_.clear();
    return false;
  }
  const std::uint64_t shape = HashWithoutDigits(LastRedraw(record.body));
  const bool known = std::find(unknown_shapes_.begin(), unknown_shapes_.end(),
                               shape) != unknown_shapes_.end();
  if (!known && unknown_shapes_.size() < kMaxShapes) {
    unknown_shapes_.push_back(shape);
  }
  return known || (lives_->Working() && unknown_shapes_.size() < 2);
}

void SignsOfLife::Take(const Record& record, const std::vector<Event>& events) {
  if (record.source != Source::kContainer) return;
  if (record.body.empty() || IsChatter(events) || IsHeartbeat(record, events)) {
    return;
  }
  // Every line of a container log has a stamp; one without was put in by hand.
  if (clock_->clock() == Clock::kUtc && !record.time_ns) return;
  RunningWork* running = lives_->works.running();
  if (running == nullptr) running = lives_->works.outer();
  // Only what is certainly the work's own takes a waiter's word back.
  if (running != nullptr && !events.empty()) running->gave_up.reset();
  Quote& last = running != nullptr ? running->last_progress : of_start_;
  last.line = record.line;
  last.offset = record.offset;
  last.time_ns = record.time_ns ? record.time_ns : clock_->now_ns();
  last.text.assign(CutUtf8(LastRedraw(record.body), kMaxEventText));
}

}  // namespace logdiag
