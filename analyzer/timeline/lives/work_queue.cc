// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/work_queue.h"

#include <algorithm>
#include <utility>

#include "analyzer/timeline/record/sightings.h"

namespace logdiag {

namespace {

std::optional<double> SecondsTo(const Event& event,
                                std::optional<std::int64_t> from_ns) {
  if (!event.time_ns || !from_ns) return std::nullopt;
  return static_cast<double>(*event.time_ns - *from_ns) / 1e9;
}

}  // namespace

void WorkQueue::Queue(const Event& event) {
  doubt_.reset();
  if (running_ && running_->began_after_another &&
      IsOnlyQueued(running_->work) &&
      SecondsTo(event, running_->work.start_ns).value_or(0) >= kUnseen_s) {
    doubt_ = event;
  }
  Work prompt;
  prompt.number = ++arrived_;
  prompt.queued_line = event.line;
  if (waiting_.size() < kMaxWaiting) {
    waiting_.push_back(std::move(prompt));
  } else {
    ++unkept_;
  }
  if (!running_) RunNext(event);
}

RunningWork& WorkQueue::RunImplicit(const Event& event) {
  running_.emplace();
  running_->implicit = true;
  running_->work.state = WorkState::kRunning;
  running_->work.queued_line = event.line;
  running_->work.start_ns = event.time_ns;
  running_->last_progress = QuoteOf(event);
  return *running_;
}

RunningWork& WorkQueue::BeginOuter(WorkKind kind, const Event& event) {
  outer_.emplace();
  outer_->work.kind = kind;
  outer_->work.state = WorkState::kRunning;
  outer_->work.queued_line = event.line;
  outer_->work.start_ns = event.time_ns;
  outer_->last_progress = QuoteOf(event);
  return *outer_;
}

Work* WorkQueue::newest() {
  if (!waiting_.empty()) return &waiting_.back();
  return running_ ? &running_->work : nullptr;
}

std::optional<Work> WorkQueue::RejectNewest(std::uint64_t line) {
  doubt_.reset();
  std::optional<Work> rejected;
  if (unkept_ > 0) {
    --unkept_;
    rejected.emplace();
    rejected->number = arrived_;
    rejected->queued_line = line;
  } else if (!waiting_.empty()) {
    rejected = std::move(waiting_.back());
    waiting_.pop_back();
  } else if (running_ && !running_->implicit &&
             running_->work.phases.size() <= 1) {
    rejected = std::move(running_->work);
    running_.reset();
  }
  if (rejected) {
    rejected->state = WorkState::kRejected;
    rejected->end_line = line;
  }
  return rejected;
}

std::vector<Work> WorkQueue::DropUnseen(const Event& event) {
  std::vector<Work> dropped;
  if (!doubt_ || event.line <= doubt_->line) return dropped;
  const Event arrival = *std::exchange(doubt_, std::nullopt);
  const std::optional<double> seconds = SecondsTo(event, arrival.time_ns);
  if (event.line > arrival.line + kAtOnceLines || !seconds ||
      *seconds > kAtOnce_s || !running_ || waiting_.empty() || unkept_ > 0) {
    return dropped;
  }
  running_->work.state = WorkState::kQueued;
  dropped.push_back(std::move(running_->work));
  dropped.insert(dropped.end(), waiting_.begin(), waiting_.end() - 1);
  waiting_.erase(waiting_.begin(), waiting_.end() - 1);
  RunNext(arrival);
  return dropped;
}

std::optional<RunningWork> WorkQueue::Finish(const Event& event) {
  std::optional<RunningWork> finished = std::move(running_);
  running_.reset();
  if (finished) {
    finished->work.end_line = event.line;
    finished->work.end_ns = event.time_ns;
  }
  RunNext(event);
  if (running_) running_->began_after_another = true;
  return finished;
}

std::vector<Work> WorkQueue::Abandon() {
  doubt_.reset();
  std::vector<Work> left;
  if (running_ && !running_->implicit) left.push_back(running_->work);
  left.insert(left.end(), waiting_.begin(), waiting_.end());
  running_.reset();
  outer_.reset();
  worker_dead_ = false;
  waiting_.clear();
  unkept_ = 0;
  return left;
}

void WorkQueue::RunNext(const Event& event) {
  if (waiting_.empty()) return;
  running_.emplace();
  running_->work = std::move(waiting_.front());
  waiting_.pop_front();
  if (unkept_ > 0) {
    waiting_.emplace_back();
    waiting_.back().number = arrived_ - --unkept_;
    waiting_.back().queued_line = event.line;
  }
  running_->work.state = WorkState::kRunning;
  running_->work.start_ns = event.time_ns;
  running_->last_progress = QuoteOf(event);
}

void EnterPhase(const std::string& phase, const Event& event, Work* work) {
  if (!work->phases.empty() && work->phases.back().phase == phase) return;
  if (work->phases.size() >= WorkQueue::kMaxPhases) return;
  work->phases.push_back({phase, event.line, event.time_ns});
}

bool IsOnlyQueued(const Work& work) {
  return std::all_of(
      work.phases.begin(), work.phases.end(),
      [](const PhaseSpan& span) { return span.phase == "prompt-validation"; });
}

void AddWork(const std::string& work, std::vector<std::string>* known) {
  if (known->size() >= WorkQueue::kMaxWork) return;
  if (std::find(known->begin(), known->end(), work) == known->end()) {
    known->push_back(work);
  }
}

}  // namespace logdiag
