// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/refusals.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A workflow of any size has a few faults; the rest are their echoes.
constexpr std::size_t kMaxRefusals = 12;

bool IsRefusal(const Failure& failure) {
  return failure.kind == FailureKind::kRejected ||
         failure.kind == FailureKind::kOutput;
}

void AddRefusal(Refusal refusal, std::vector<Refusal>* refusals) {
  const bool known = std::any_of(
      refusals->begin(), refusals->end(), [&](const Refusal& other) {
        return other.node == refusal.node &&
               other.quote.text == refusal.quote.text;
      });
  if (!known && refusals->size() < kMaxRefusals) {
    refusals->push_back(std::move(refusal));
  }
}

}  // namespace

void Refusals::Take(const Record& record) {
  Failure* open = failures_->open();
  const std::string_view text = TrimRight(TrimLeft(record.body));
  if (open == nullptr || !IsRefusal(*open) || text.empty() ||
      record.line > open->last_line + FailureLog::kGatherLines) {
    node_.clear();
    return;
  }
  constexpr std::size_t kBullet = 2;
  if (StartsWith(text, "* ") && EndsWith(text, ":")) {
    node_ =
        CutUtf8(text.substr(kBullet, text.size() - kBullet - 1), kMaxEventText);
  } else if (StartsWith(text, "- ") && !node_.empty()) {
    const std::string_view reason = text.substr(kBullet);
    AddRefusal({node_,
                {record.line, record.offset, record.time_ns,
                 std::string(CutUtf8(reason, kMaxEventText))}},
               &open->refusals);
  } else {
    node_.clear();
  }
}

void Refusals::OnOutputRejected(const Event& event) {
  Work* prompt = lives_->works.newest();
  Failure* open = failures_->open();
  const bool told = open != nullptr && open->kind == FailureKind::kOutput &&
                    event.line - open->last_line <= FailureLog::kGatherLines &&
                    (prompt == nullptr || prompt->number == open->prompt);
  if (told) open->last_line = event.line;
  if (told || (prompt != nullptr && prompt->outputs_rejected)) return;
  Failure failure = maker_->Make(FailureKind::kOutput, event);
  failure.phase = "prompt-validation";
  failure.bar.reset();
  failure.work.clear();
  if (prompt != nullptr) {
    prompt->outputs_rejected = true;
    failure.prompt = prompt->number;
    failure.first_line = prompt->queued_line;
    failure.seen = chronicle_->recent.Since(prompt->queued_line);
  }
  failures_->Open(std::move(failure));
}

void Refusals::OnPromptRejected(const Event& event) {
  const std::optional<Work> prompt = lives_->works.RejectNewest(event.line);
  const std::uint64_t number = prompt ? prompt->number : 0;
  if (prompt) chronicle_->KeepWorks({*prompt});
  if (prompt) ++chronicle_->counts.failed;
  Failure* open = failures_->open();
  if (open != nullptr && open->kind == FailureKind::kOutput &&
      open->prompt == number) {
    open->kind = FailureKind::kRejected;
  } else if (open != nullptr && open->kind == FailureKind::kRejected &&
             number == 0 &&
             event.line - open->last_line <= FailureLog::kGatherLines) {
    open->last_line = event.line;  // another line of the same refusal
    return;
  } else {
    Failure failure = maker_->Make(FailureKind::kRejected, event);
    failure.prompt = number;
    failure.bar.reset();
    failure.work.clear();
    const std::uint64_t from = prompt ? prompt->queued_line : event.line;
    failure.first_line = from;
    failure.seen = chronicle_->recent.Since(from);
    tracebacks_->Claim(from, &failure);
    open = &failures_->Open(std::move(failure));
  }
  open->phase = "prompt-validation";
  open->last_line = event.line;
  if (lives_->works.running() == nullptr) {
    lives_->processes.Ensure(event).phase = "idle";
  }
  chronicle_->AddMilestone(event, lives_->processes.current(),
                           "prompt-rejected", event.text);
}

}  // namespace logdiag
