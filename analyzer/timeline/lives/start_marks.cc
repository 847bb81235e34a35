// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/start_marks.h"

#include <utility>

namespace logdiag {

std::optional<PossibleStart> StartMarks::Take(const PossibleStart& start) {
  const std::size_t marker = std::get<MarkerHit>(start.event.what).marker;
  if (marks_.insert(marker).second) return std::nullopt;
  if (!possible_) {
    possible_ = start;
    repeated_ = {marker};
    return std::nullopt;
  }
  repeated_.insert(marker);
  return repeated_.size() > 1 ? Prove() : std::nullopt;
}

std::optional<PossibleStart> StartMarks::TakeReady() {
  return possible_ ? Prove() : std::nullopt;
}

std::optional<PossibleStart> StartMarks::Prove() {
  marks_ = std::exchange(repeated_, {});
  return std::exchange(possible_, std::nullopt);
}

void StartMarks::Begin(const Event& event) {
  possible_.reset();
  marks_.clear();
  repeated_.clear();
  if (const auto* hit = std::get_if<MarkerHit>(&event.what)) {
    marks_.insert(hit->marker);
  }
}

}  // namespace logdiag
