#include "analyzer/timeline/troubles/failure_log.h"

#include <algorithm>
#include <utility>

#include "analyzer/timeline/record/sightings.h"

namespace logdiag {
namespace {

bool IsDeath(const Failure& failure) {
  return failure.kind == FailureKind::kSilence ||
         failure.kind == FailureKind::kDeath;
}

// Kinds that a later good prompt can repair.
bool PromptsRepair(FailureKind kind) {
  return kind != FailureKind::kImport && kind != FailureKind::kStartup;
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool HasAll(const std::vector<std::string>& list,
            const std::vector<std::string>& items) {
  return std::all_of(items.begin(), items.end(),
                     [&](const std::string& item) { return Has(list, item); });
}

// What of `work` does not merely assist.
std::vector<std::string> MainWork(const std::vector<std::string>& work,
                                  const std::vector<std::string>& auxiliary) {
  std::vector<std::string> main;
  for (const std::string& item : work) {
    if (!Has(auxiliary, item)) main.push_back(item);
  }
  return main;
}

// Whether `later` did the work that `failed` had begun. A death may have come
// with any part of the work, so all of it must be done again. An exception
// comes before the rest of the work, and models that are still loaded are not
// announced again: so only other main models show that it was other work.
bool SameWork(const Failure& failed, const Work& later) {
  // What was caught and told of does not say what it was about.
  if (failed.kind == FailureKind::kTrouble) return true;
  // Python warns of the same thing once only: a later silence proves little.
  if (failed.kind == FailureKind::kDegraded) return false;
  if (failed.kind == FailureKind::kInterrupt) return true;
  if (IsDeath(failed)) {
    return !failed.work.empty() && HasAll(later.work, failed.work);
  }
  const std::vector<std::string> before =
      MainWork(failed.work, failed.auxiliary);
  const std::vector<std::string> after = MainWork(later.work, later.auxiliary);
  if (before.empty() || after.empty()) return true;
  return std::any_of(before.begin(), before.end(),
                     [&](const std::string& item) { return Has(after, item); });
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
  newest_line_ = std::max(newest_line_, failure.first_line);
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

Failure* FailureLog::ImportToldAt(std::uint64_t line) {
  if (kept_.empty()) return nullptr;
  Failure& newest = kept_.back();
  return newest.kind == FailureKind::kImport && newest.headline.line == line
             ? &newest
             : nullptr;
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
  if (Failure* import = ImportToldAt(event.line)) {
    AddSighting(event, &import->seen);
  }
}

void FailureLog::OnSuccess(const Work& work, std::uint64_t line) {
  const auto apply = [&](Failure& failure) {
    if (failure.repaired_by || !PromptsRepair(failure.kind)) return;
    ++failure.later_successes;
    if (SameWork(failure, work) ||
        failure.later_successes >= kSuccessesThatRepair) {
      failure.repaired_by = line;
    }
  };
  for (Failure& failure : kept_) apply(failure);
  if (open_ && open_->first_line < line) apply(*open_);
  if (trouble_) apply(*trouble_);
}

void FailureLog::OnProgress(std::uint64_t process, std::uint64_t work,
                            std::uint64_t line) {
  if (!trouble_ || trouble_->repaired_by || trouble_->process != process ||
      trouble_->prompt != work || !trouble_->working ||
      trouble_->last_line >= line) {
    return;
  }
  trouble_->repaired_by = line;
}

void FailureLog::OnImageBuilt(std::uint64_t line) {
  ForEach([line](Failure& failure) {
    const bool of_a_step = failure.kind == FailureKind::kStep ||
                           failure.kind == FailureKind::kTrouble;
    if (of_a_step && !failure.repaired_by) failure.repaired_by = line;
  });
}

void FailureLog::OnSetUp(const Work& work, std::uint64_t line) {
  ForEach([&](Failure& failure) {
    const bool of_it = failure.kind == FailureKind::kStep ||
                       failure.kind == FailureKind::kWork ||
                       failure.kind == FailureKind::kTrouble;
    if (of_it && !failure.repaired_by &&
        failure.first_line >= work.queued_line) {
      failure.repaired_by = line;
    }
  });
}

void FailureLog::OnReady(std::uint64_t process, std::uint64_t line) {
  ForEach([&](Failure& failure) {
    const bool on_the_way = failure.kind == FailureKind::kStep ||
                            failure.kind == FailureKind::kStartup ||
                            failure.kind == FailureKind::kTrouble;
    if (!on_the_way || failure.repaired_by || failure.process > process) return;
    failure.repaired_by = line;
  });
}

void FailureLog::OnSurvived(std::uint64_t process, std::uint64_t line) {
  Close();
  for (Failure& failure : kept_) {
    if (failure.kind == FailureKind::kDeath && failure.process == process &&
        !failure.repaired_by) {
      failure.repaired_by = line;
      failure.ended_process = false;
    }
  }
}

void FailureLog::OnContainerStart(std::uint64_t line) {
  for (Failure& failure : kept_) {
    if (failure.kind == FailureKind::kStep && !failure.repaired_by &&
        failure.source == Source::kSystem) {
      failure.repaired_by = line;
    }
  }
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
