// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/repairs.h"

#include <algorithm>
#include <string>
#include <vector>

namespace logdiag {
namespace {

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

// Whether `later` is `failed` done again, by the names of all that it was at.
// What was caught or only told of does not say which work it was about.
bool IsDoneAgain(const Failure& failed, const Work& later) {
  if (failed.kind == FailureKind::kTrouble ||
      failed.kind == FailureKind::kDegraded || failed.prompt == 0 ||
      failed.prompt == later.number) {
    return false;
  }
  const std::vector<std::string> main = MainWork(failed.work, failed.auxiliary);
  return !main.empty() && HasAll(later.work, main);
}

}  // namespace

void Repairs::OnProgress(std::uint64_t process, std::uint64_t work,
                         std::uint64_t line) {
  Failure* trouble = log_->trouble();
  if (trouble == nullptr || trouble->repaired_by ||
      trouble->process != process || trouble->prompt != work ||
      !trouble->working || trouble->last_line >= line) {
    return;
  }
  trouble->repaired_by = line;
}

void Repairs::OnSuccess(const Work& work, std::uint64_t line) {
  log_->ForEach([&](Failure& failure) {
    // A failure that is told on the same line is of this work.
    const bool earlier = &failure != log_->open() || failure.first_line < line;
    if (!earlier || !PromptsRepair(failure.kind)) return;
    if (!failure.redone_by && IsDoneAgain(failure, work)) {
      failure.redone_by = line;
    }
    if (failure.repaired_by) return;
    ++failure.later_successes;
    if (SameWork(failure, work) ||
        failure.later_successes >= kSuccessesThatRepair) {
      failure.repaired_by = line;
    }
  });
}

void Repairs::OnSetUp(const Work& work, std::uint64_t line) {
  log_->ForEach([&](Failure& failure) {
    const bool of_it = failure.kind == FailureKind::kStep ||
                       failure.kind == FailureKind::kWork ||
                       failure.kind == FailureKind::kTrouble;
    if (of_it && !failure.repaired_by &&
        failure.first_line >= work.queued_line) {
      failure.repaired_by = line;
    }
  });
}

void Repairs::OnReady(std::uint64_t process, std::uint64_t line) {
  log_->ForEach([&](Failure& failure) {
    const bool on_the_way = failure.kind == FailureKind::kStep ||
                            failure.kind == FailureKind::kStartup ||
                            failure.kind == FailureKind::kTrouble;
    if (!on_the_way || failure.repaired_by || failure.process > process) return;
    failure.repaired_by = line;
  });
}

void Repairs::OnSurvived(std::uint64_t process, std::uint64_t line) {
  log_->Close();
  log_->ForEach([&](Failure& failure) {
    if (failure.kind == FailureKind::kDeath && failure.process == process &&
        !failure.repaired_by) {
      failure.repaired_by = line;
      failure.ended_process = false;
    }
  });
}

void Repairs::OnContainerStart(std::uint64_t line) {
  log_->ForEach([line](Failure& failure) {
    if (failure.kind == FailureKind::kStep && !failure.repaired_by &&
        failure.source == Source::kSystem) {
      failure.repaired_by = line;
    }
  });
}

void Repairs::OnImageBuilt(std::uint64_t line) {
  log_->ForEach([line](Failure& failure) {
    const bool of_a_step = failure.kind == FailureKind::kStep ||
                           failure.kind == FailureKind::kTrouble;
    if (of_a_step && !failure.repaired_by) failure.repaired_by = line;
  });
}

}  // namespace logdiag
