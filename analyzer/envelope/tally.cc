// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/tally.h"

#include <algorithm>

namespace logdiag {
namespace {

constexpr std::size_t kMaxResolutions = 16;

}  // namespace

void Tally::CountEnvelopes(const Piece& piece) {
  for (std::size_t i = 0; i < piece.depth; ++i) {
    const auto envelope = static_cast<std::size_t>(piece.envelopes[i]);
    ++seen_[envelope];
    depth_sum_[envelope] += i;
  }
}

void Tally::CountClock(const Piece& piece) {
  if (!piece.time_ns) return;
  ++clocks_[static_cast<std::size_t>(piece.clock)];
  for (auto& [resolution, count] : resolutions_) {
    if (resolution != piece.resolution_ns) continue;
    ++count;
    return;
  }
  if (resolutions_.size() < kMaxResolutions)
    resolutions_.emplace_back(piece.resolution_ns, 1);
}

Clock Tally::CommonClock() const {
  const auto most = std::max_element(clocks_.begin(), clocks_.end());
  return *most == 0 ? Clock::kNone : static_cast<Clock>(most - clocks_.begin());
}

std::int64_t Tally::CommonResolution() const {
  const auto most = std::max_element(
      resolutions_.begin(), resolutions_.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == resolutions_.end() ? 0 : most->first;
}

std::vector<std::string> Tally::Names() const {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < kEnvelopeCount; ++i) {
    if (seen_[i] > 0) order.push_back(i);
  }
  // By mean depth, then by how often they were seen.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) {
                     const std::uint64_t left = depth_sum_[a] * seen_[b];
                     const std::uint64_t right = depth_sum_[b] * seen_[a];
                     return left != right ? left < right : seen_[a] > seen_[b];
                   });
  std::vector<std::string> names;
  for (const std::size_t i : order)
    names.emplace_back(EnvelopeName(static_cast<Envelope>(i)));
  return names;
}

}  // namespace logdiag
