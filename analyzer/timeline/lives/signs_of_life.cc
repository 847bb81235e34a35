// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/signs_of_life.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/record/line_shape.h"

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

}  // namespace

bool SignsOfLife::IsChatter(const std::vector<Event>& events) const {
  const auto marker_of = [this](const Event& event) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    return hit != nullptr ? &catalogue_->markers[hit->marker] : nullptr;
  };
  // What words mean in general says nothing of a line that is known.
  const bool noted =
      std::any_of(events.begin(), events.end(), [&](const Event& event) {
        const Marker* marker = marker_of(event);
        return marker != nullptr && marker->role == Role::kNote;
      });
  const auto of_others = [&](const Event& event) {
    const Marker* marker = marker_of(event);
    return marker != nullptr &&
           (IsOfOthers(marker->role) || OnlyNamesItsLog(*marker) ||
            (noted && marker->program == kUnknownProgram));
  };
  return !events.empty() &&
         std::all_of(events.begin(), events.end(), of_others);
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
  const std::uint64_t shape = ShapeOf(LastRedraw(record.body));
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
