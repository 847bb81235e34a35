// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/names.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "analyzer/support/nearest.h"

namespace logdiag {
namespace {

// No name is so long, and what compares grows with it.
constexpr std::size_t kMaxWord = 100;

// In the order of Role.
constexpr auto kRoles = std::to_array<std::string_view>({
    "note",
    "fact",
    "symptom",
    "phase",
    "container-start",
    "container-stop",
    "process-start",
    "ready",
    "restart-announced",
    "stopped",
    "process-died",
    "prompt-queued",
    "prompt-executed",
    "prompt-failed",
    "prompt-rejected",
    "output-rejected",
    "prompt-interrupted",
    "interrupt-request",
    "worker-died",
    "import-failed",
    "step-failed",
    "job-queued",
    "job-failed",
    "timed-out",
    "saved",
    "degraded",
    "job-finished",
    "work-begins",
    "work-done",
    "work-failed",
    "error",
    "restart-count",
    "shell-returned",
    "complaint",
    "warning",
});
static_assert(kRoles.size() == static_cast<std::size_t>(kLastRole) + 1);

// What programs do besides prompts ...
constexpr auto kWorks = std::to_array<std::string_view>(
    {"training", "download", "install", "task", "script", "request", "job"});
// ... and with them.
constexpr auto kUnits = std::to_array<std::string_view>(
    {"prompt", "training", "download", "install", "task", "script", "request",
     "job"});

constexpr auto kPhases = std::to_array<std::string_view>({
    "container-start",
    "install",
    "comfyui-startup",
    "custom-node-import",
    "idle",
    "prompt-validation",
    "model-load",
    "text-encode",
    "sampling",
    "vae-decode",
    "save",
    "download",
    "shutdown",
});

constexpr auto kOutcomes = std::to_array<std::string_view>({
    "crash-loop",
    "silent-restart",
    "startup-failure",
    "crash",
    "hang",
    "error",
    "degraded",
    "interrupted",
    "slow",
    "completed",
    "ready",
    "cut",
});

constexpr auto kKinds = std::to_array<std::string_view>({
    "exception",
    "rejected",
    "output",
    "startup",
    "import",
    "step",
    "worker",
    "job",
    "death",
    "silence",
    "hang",
    "degraded",
    "interrupt",
    "slow",
    "work",
    "trouble",
    "flood",
});

constexpr auto kEnds = std::to_array<std::string_view>(
    {"running", "announced", "stopped", "died", "silent"});
constexpr auto kBars =
    std::to_array<std::string_view>({"open", "closed", "none"});
constexpr auto kScopes =
    std::to_array<std::string_view>({"incident", "session", "before", "log"});

// What kind of step a remedy is; patterns/schema/remedy.schema.json lists the
// same for editors.
constexpr auto kActions = std::to_array<std::string_view>({
    "allocator-settings",
    "attention-fallback",
    "bigger-card",
    "blocking-launch",
    "card-of-this-generation",
    "collect-evidence",
    "compile-off",
    "disable-pack",
    "download-again",
    "driver-or-host",
    "dynamic-vram-off",
    "find-stopper",
    "fix-image",
    "fix-input",
    "fix-own-code",
    "fix-paths",
    "fix-permissions",
    "fix-precision",
    "fix-sizes",
    "fix-start-command",
    "free-card",
    "free-disk",
    "free-port",
    "free-ram",
    "go-back-core",
    "go-back-pack",
    "image-for-this-card",
    "install-attention",
    "install-compiler",
    "install-module",
    "install-pack",
    "install-program",
    "kill-and-restart",
    "less-work",
    "local-disk",
    "log-in",
    "longer-timeout",
    "match-versions",
    "more-ram",
    "network-path",
    "no-mmap",
    "nothing",
    "offload-less",
    "offload-more",
    "other-dtype",
    "other-machine",
    "other-source",
    "place-input",
    "place-model",
    "rebuild-extension",
    "repair-environment",
    "replace-node",
    "report-upstream",
    "retry",
    "right-model",
    "smaller-result",
    "smaller-weights",
    "split-work",
    "start-service",
    "update-core",
    "update-pack",
});

// What the counts of a report tell apart; reports/texts has their words.
constexpr auto kSecretKinds = std::to_array<std::string_view>({
    "token",
    "password",
    "private-key",
    "signature",
    "cookie",
    "email",
    "user",
    "address",
    "unknown",
});

constexpr auto kQuotationKinds = std::to_array<std::string_view>(
    {"payload", "introducer", "markup", "statement", "front"});

// Values of a case and of the report about it.
constexpr auto kValues = std::to_array<std::string_view>({
    "bar",
    "bar_file",
    "bar_line",
    "bytes",
    "cause",
    "cause_slug",
    "containers",
    "count",
    "death_latest",
    "death_time",
    "deaths",
    "end_time",
    "exception",
    "executed",
    "failed",
    "few_frames",
    "fewer_frames",
    "file",
    "file_path",
    "first_time",
    "function",
    "gap",
    "grid_height",
    "grid_width",
    "interrupted",
    "last_time",
    "latent_frames",
    "line",
    "lines",
    "lost",
    "message",
    "next_start_line",
    "node",
    "open",
    "outcome",
    "pack",
    "phase",
    "phase_death_latest",
    "phase_gap",
    "phase_line",
    "phase_words",
    "place",
    "place_line",
    "program",
    "prompts",
    "restart_gap",
    "session",
    "sessions",
    "silence",
    "silence_time",
    "smaller_height",
    "smaller_width",
    "span",
    "starts",
    "told_line",
    "told_time",
    "tokens_computed",
    "work",
});

}  // namespace

Names RoleNames() { return kRoles; }
Names WorkNames() { return kWorks; }
Names UnitNames() { return kUnits; }
Names PhaseNames() { return kPhases; }
Names OutcomeNames() { return kOutcomes; }
Names KindNames() { return kKinds; }
Names EndNames() { return kEnds; }
Names BarNames() { return kBars; }
Names ScopeNames() { return kScopes; }
Names ActionNames() { return kActions; }
Names SecretKindNames() { return kSecretKinds; }
Names QuotationKindNames() { return kQuotationKinds; }
Names ValueNames() { return kValues; }

std::optional<Role> FindRole(std::string_view name) {
  const auto found = std::find(kRoles.begin(), kRoles.end(), name);
  if (found == kRoles.end()) return std::nullopt;
  return static_cast<Role>(found - kRoles.begin());
}

std::string_view Nearest(std::string_view word, Names names) {
  if (word.size() > kMaxWord) return "";
  std::string_view best;
  std::size_t best_distance =
      std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
  for (const std::string_view name : names) {
    const std::size_t distance = EditDistance(word, name);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = name;
  }
  return best;
}

std::string Suggest(std::string_view word, Names names) {
  const std::string_view nearest = Nearest(word, names);
  if (!nearest.empty()) {
    return "; did you mean \"" + std::string(nearest) + "\"?";
  }
  std::string text = "; use one of: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  return text;
}

bool IsName(std::string_view word, char joint) {
  bool after_joint = true;
  for (const char c : word) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && (c != joint || after_joint)) return false;
    after_joint = !letter;
  }
  return !after_joint;
}

}  // namespace logdiag
