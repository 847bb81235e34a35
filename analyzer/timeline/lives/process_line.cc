// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/process_line.h"

#include <utility>

namespace logdiag {

Process& ProcessLine::Ensure(const Event& event) {
  if (!current_) {
    current_.emplace();
    current_->number = ++processes_;
    current_->container = containers_;
    current_->first_line = event.line;
    current_->start_ns = event.time_ns;
  }
  return *current_;
}

bool ProcessLine::SameContainerStart(const Event& event) {
  const std::size_t marker = std::get<MarkerHit>(event.what).marker;
  return !container_starts_.empty() && container_starts_.insert(marker).second;
}

void ProcessLine::BeginContainer(const Event& event) {
  ++containers_;
  current_.reset();
  Ensure(event).phase = "container-start";
  container_starts_ = {std::get<MarkerHit>(event.what).marker};
}

bool ProcessLine::BeginsProcess() const {
  return !current_ || !current_->start_seen ||
         current_->end != ProcessEnd::kRunning;
}

void ProcessLine::BeginProcess(const Event& event) {
  Process& process = Ensure(event);
  process.start_seen = true;
  process.start_ns = event.time_ns;
  process.session = ++sessions_;
}

void ProcessLine::Keep() {
  if (!current_) return;
  if (kept_.size() == kKeptFirst + kKeptLast) {
    kept_.erase(kept_.begin() + kKeptFirst);
  }
  if (kept_.size() >= kKeptSightings) {
    kept_[kept_.size() - kKeptSightings].seen.clear();
  }
  kept_.push_back(*std::exchange(current_, std::nullopt));
}

std::vector<Process> ProcessLine::Take() {
  Keep();
  return std::move(kept_);
}

}  // namespace logdiag
