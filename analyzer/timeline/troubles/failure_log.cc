// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/failure_log.h"

#include <algorithm>
#include <utility>

#include "analyzer/timeline/record/sightings.h"

namespace logdiag {
namespace {

// Whether both say the same, of themselves and of how it went on.
bool SaysTheSame(const Failure& a, const Failure& b) {
  const auto raised = [](const Failure& failure) {
    return failure.traceback && !failure.traceback->chain.empty()
               ? failure.traceback->chain.front().message
               : failure.quote.text;
  };
  return a.kind == b.kind && a.pack == b.pack &&
         a.repaired_by.has_value() == b.repaired_by.has_value() &&
         raised(a) == raised(b);
}

}  // namespace

// Trouble that came closely before a failure led to it: the failure tells it.
void FailureLog::Absorb(Failure* failure) {
  switch (failure->kind) {
    case FailureKind::kException:
    case FailureKind::kWorker:
    case FailureKind::kJob:
    case FailureKind::kWork:
    case FailureKind::kDeath:
    case FailureKind::kStartup:
      break;
    default:
      return;
  }
  if (!trouble_ || trouble_->repaired_by ||
      trouble_->process != failure->process ||
      trouble_->last_line + kLeadsTo < failure->first_line) {
    return;
  }
  // Trouble before the work is not of it. (Line numbers fall where the newest
  // line comes first.)
  if (failure->begun_line <= failure->first_line &&
      trouble_->last_line < failure->begun_line) {
    return;
  }
  failure->seen.insert(trouble_->seen.begin(), trouble_->seen.end());
  if (!failure->traceback && trouble_->traceback &&
      failure->kind != FailureKind::kException) {
    failure->traceback = std::move(trouble_->traceback);
    failure->quote = trouble_->quote;
    failure->pack = trouble_->pack;
  }
  trouble_.reset();
}

Failure& FailureLog::Open(Failure failure) {
  Close();
  Absorb(&failure);
  newest_line_ = std::max(newest_line_, failure.first_line);
  open_ = std::move(failure);
  return *open_;
}

void FailureLog::Close() {
  if (open_) Keep(*std::exchange(open_, std::nullopt));
}

Failure& FailureLog::OpenTrouble(Failure trouble) {
  CloseTrouble();
  trouble_ = std::move(trouble);
  return *trouble_;
}

void FailureLog::CloseTrouble() {
  if (trouble_) Keep(*std::exchange(trouble_, std::nullopt));
}

void FailureLog::Add(Failure failure) {
  // What concerns no work tells of none.
  if (failure.kind != FailureKind::kImport && !failure.bystander) {
    newest_line_ = std::max(newest_line_, failure.first_line);
  }
  Keep(std::move(failure));
}

Failure* FailureLog::newest() {
  if (open_) return &*open_;
  return kept_.empty() ? nullptr : &kept_.back();
}

Failure* FailureLog::EndOf(std::uint64_t number) {
  for (auto failure = kept_.rbegin(); failure != kept_.rend(); ++failure) {
    if (failure->ended_process && failure->process == number) return &*failure;
  }
  return nullptr;
}

bool FailureLog::UnrepairedSince(std::uint64_t line) const {
  const auto counts = [line](const Failure& failure) {
    return failure.kind != FailureKind::kImport && !failure.bystander &&
           !failure.repaired_by && failure.first_line >= line;
  };
  return (open_ && counts(*open_)) || (trouble_ && counts(*trouble_)) ||
         std::any_of(kept_.begin(), kept_.end(), counts);
}

bool FailureLog::HasUnrepaired() const {
  return std::any_of(kept_.begin(), kept_.end(), [](const Failure& failure) {
    return failure.kind != FailureKind::kImport &&
           failure.kind != FailureKind::kTrouble && !failure.repaired_by;
  });
}

void FailureLog::Keep(Failure failure) {
  if (kept_.size() == kKeptFirst + kKeptLast) {
    // What was repaired, or never mattered, goes first.
    auto victim = std::find_if(
        kept_.begin() + kKeptFirst, kept_.end(), [](const Failure& f) {
          return f.repaired_by || f.kind == FailureKind::kImport;
        });
    if (victim == kept_.end()) {
      victim =
          std::find_if_not(kept_.begin() + kKeptFirst, kept_.end(), IsDeath);
    }
    if (victim == kept_.end()) victim = kept_.begin() + kKeptFirst;
    const auto alike = std::find_if(
        kept_.begin(), victim,
        [victim](const Failure& kept) { return SaysTheSame(kept, *victim); });
    if (alike != victim) alike->repeats += victim->repeats + 1;
    kept_.erase(victim);
  }
  kept_.push_back(std::move(failure));
}

Failure* FailureLog::FindImport(const std::string& pack) {
  for (Failure& failure : kept_) {
    if (failure.kind == FailureKind::kImport && failure.pack == pack) {
      return &failure;
    }
  }
  return nullptr;
}

void FailureLog::Gather(const Event& event) {
  if (open_) {
    switch (open_->kind) {
      case FailureKind::kRejected:
      case FailureKind::kOutput:
      case FailureKind::kStep:
      case FailureKind::kJob:
        if (event.line > open_->last_line + kGatherLines) break;
        AddSighting(event, &open_->seen);
        break;
      case FailureKind::kSilence:
        break;
      default:
        AddSighting(event, &open_->seen);
    }
  }
  if (trouble_ && event.line <= trouble_->last_line + kGatherLines) {
    AddSighting(event, &trouble_->seen);
  }
  // A failed import is told of in one line, which may hold several markers.
  const bool of_import = !kept_.empty() &&
                         kept_.back().kind == FailureKind::kImport &&
                         kept_.back().headline.line == event.line;
  if (of_import) AddSighting(event, &kept_.back().seen);
}

std::uint64_t FailureLog::DeathsIn(const std::string& phase) const {
  return static_cast<std::uint64_t>(
      std::count_if(kept_.begin(), kept_.end(), [&](const Failure& failure) {
        return IsDeath(failure) && !failure.repaired_by &&
               failure.phase == phase;
      }));
}

std::vector<Failure> FailureLog::Take() {
  Close();
  CloseTrouble();
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Failure& a, const Failure& b) {
                     return a.first_line < b.first_line;
                   });
  return std::move(kept_);
}

}  // namespace logdiag
