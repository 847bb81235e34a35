// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/phases.h"

#include <algorithm>
#include <array>

namespace logdiag {
namespace {

constexpr std::array<std::string_view, 3> kStartPhases = {
    "container-start", "comfyui-startup", "custom-node-import"};
constexpr std::array<std::string_view, 5> kWorkPhases = {
    "model-load", "text-encode", "sampling", "vae-decode", "save"};

template <std::size_t N>
bool IsOneOf(std::string_view phase,
             const std::array<std::string_view, N>& phases) {
  return std::find(phases.begin(), phases.end(), phase) != phases.end();
}

}  // namespace

bool IsStartPhase(std::string_view phase) {
  return IsOneOf(phase, kStartPhases);
}

bool IsWorkPhase(std::string_view phase) { return IsOneOf(phase, kWorkPhases); }

void Phases::Move(const Event& event, const std::string& phase,
                  std::optional<std::int64_t> begun_ns) {
  Process& process = lives_->processes.Ensure(event);
  const bool serving = process.ready_line != 0 || process.prompts != 0;
  if (IsWorkPhase(phase)) {
    chronicle_->KeepWorks(lives_->works.DropUnseen(event));
  }
  RunningWork* running = lives_->works.running();
  if (IsStartPhase(phase) && serving) return;
  if (phase == "install" && running != nullptr) return;
  if (IsWorkPhase(phase) && running == nullptr) {
    if (process.prompts != 0) return;
    process.worked = true;
    running = &lives_->works.RunImplicit(event);
  }
  Event begun = event;
  begun.time_ns = begun_ns;
  if (running != nullptr) {
    if (phase == "prompt-validation" && process.phase != "idle" &&
        running->work.queued_line != event.line) {
      return;
    }
    EnterPhase(phase, begun, &running->work);
  }
  if (process.phase == phase) return;
  process.phase = phase;
  // A bar that tells later when it began shows what it says by then.
  chronicle_->AddMilestone(begun, &process, "phase",
                           begun_ns == event.time_ns ? event.text : "");
}

}  // namespace logdiag
