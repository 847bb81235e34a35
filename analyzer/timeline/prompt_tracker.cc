#include "analyzer/timeline/prompt_tracker.h"

#include <algorithm>
#include <utility>

#include "analyzer/timeline/sightings.h"

namespace logdiag {

void PromptTracker::Queue(const Event& event) {
  Prompt prompt;
  prompt.number = ++arrived_;
  prompt.queued_line = event.line;
  if (waiting_.size() < kMaxWaiting) {
    waiting_.push_back(std::move(prompt));
  } else {
    ++unkept_;
  }
  if (!running_) RunNext(event);
}

RunningPrompt& PromptTracker::RunImplicit(const Event& event) {
  running_.emplace();
  running_->implicit = true;
  running_->prompt.state = PromptState::kRunning;
  running_->prompt.queued_line = event.line;
  running_->prompt.start_ns = event.time_ns;
  running_->last_progress = QuoteOf(event);
  return *running_;
}

Prompt* PromptTracker::newest() {
  if (!waiting_.empty()) return &waiting_.back();
  return running_ ? &running_->prompt : nullptr;
}

std::optional<Prompt> PromptTracker::RejectNewest(std::uint64_t line) {
  std::optional<Prompt> rejected;
  if (unkept_ > 0) {
    --unkept_;
    rejected.emplace();
    rejected->number = arrived_;
    rejected->queued_line = line;
  } else if (!waiting_.empty()) {
    rejected = std::move(waiting_.back());
    waiting_.pop_back();
  } else if (running_ && !running_->implicit &&
             running_->prompt.phases.size() <= 1) {
    rejected = std::move(running_->prompt);
    running_.reset();
  }
  if (rejected) {
    rejected->state = PromptState::kRejected;
    rejected->end_line = line;
  }
  return rejected;
}

std::optional<RunningPrompt> PromptTracker::Finish(const Event& event) {
  std::optional<RunningPrompt> finished = std::move(running_);
  running_.reset();
  if (finished) {
    finished->prompt.end_line = event.line;
    finished->prompt.end_ns = event.time_ns;
  }
  RunNext(event);
  if (running_) running_->began_after_another = true;
  return finished;
}

std::vector<Prompt> PromptTracker::Abandon() {
  std::vector<Prompt> left;
  if (running_ && !running_->implicit) left.push_back(running_->prompt);
  left.insert(left.end(), waiting_.begin(), waiting_.end());
  running_.reset();
  waiting_.clear();
  unkept_ = 0;
  return left;
}

void PromptTracker::RunNext(const Event& event) {
  if (waiting_.empty()) return;
  running_.emplace();
  running_->prompt = std::move(waiting_.front());
  waiting_.pop_front();
  if (unkept_ > 0) {
    waiting_.emplace_back();
    waiting_.back().number = arrived_ - --unkept_;
    waiting_.back().queued_line = event.line;
  }
  running_->prompt.state = PromptState::kRunning;
  running_->prompt.start_ns = event.time_ns;
  running_->last_progress = QuoteOf(event);
}

void EnterPhase(const std::string& phase, const Event& event, Prompt* prompt) {
  if (!prompt->phases.empty() && prompt->phases.back().phase == phase) return;
  if (prompt->phases.size() >= PromptTracker::kMaxPhases) return;
  prompt->phases.push_back({phase, event.line, event.time_ns});
}

void AddWork(const std::string& work, std::vector<std::string>* known) {
  if (known->size() >= PromptTracker::kMaxWork) return;
  if (std::find(known->begin(), known->end(), work) == known->end()) {
    known->push_back(work);
  }
}

}  // namespace logdiag
