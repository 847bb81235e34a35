// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/setup_troubles.h"

#include <string>
#include <utility>

#include "analyzer/timeline/troubles/blame.h"

namespace logdiag {

void SetupTroubles::OnImportFailed(const Event& event, const MarkerHit& hit) {
  std::string pack = CaptureOf(hit, "pack");
  if (pack.empty()) pack = PackOfPath(CaptureOf(hit, "path"));
  if (const std::string inner = PackOfPath(pack); !inner.empty()) pack = inner;
  const Event* reason = tracebacks_->unclaimed();
  if (failures_->FindImport(pack) != nullptr) return;
  Failure failure = maker_->Make(FailureKind::kImport, event);
  failure.phase = "custom-node-import";
  failure.pack = pack;
  failure.seen.clear();
  std::uint64_t from = event.line;
  if (reason != nullptr) {
    const auto& traceback = std::get<Traceback>(reason->what);
    if (event.line <= traceback.last_line + kImportLines) {
      from = traceback.first_line;
      tracebacks_->Claim(0, &failure);
    }
  }
  failure.seen = chronicle_->recent.Since(from);
  AddSighting(event, &failure.seen);
  failures_->Add(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(), "import-failed",
                           pack);
}

void SetupTroubles::OnStepFailed(const Event& event, const Marker& marker) {
  Failure* open = failures_->open();
  if (open != nullptr && open->kind == FailureKind::kStep &&
      event.line - open->last_line <= kStepLines) {
    open->last_line = event.line;
    open->repaired_by.reset();
    return;
  }
  if (open != nullptr && open->kind == FailureKind::kStartup) return;
  Failure failure = maker_->Make(FailureKind::kStep, event);
  const std::uint64_t from =
      event.line > kStepLines ? event.line - kStepLines : 0;
  failure.seen = chronicle_->recent.Since(from);
  if (failure.phase == "unknown") {
    failure.phase = marker.phase.empty() ? "install" : marker.phase.str();
  }
  failures_->Open(std::move(failure));
  chronicle_->AddMilestone(event, lives_->processes.current(), "step-failed",
                           event.text);
}

}  // namespace logdiag
