// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/story/parts.h"
#include "reports/story/proof.h"

namespace logdiag {
namespace {

// The way of a prompt through a pod.
constexpr std::array<std::string_view, 10> kPhases = {
    "container-start",   "install",    "comfyui-startup", "custom-node-import",
    "prompt-validation", "model-load", "text-encode",     "sampling",
    "vae-decode",        "save"};
// Where the part begins that a failed prompt may not have reached.
constexpr std::size_t kFirstWork = 7;

// Section name -> key of its texts, for `notes.<subject>.<section>.title`.
using NoteKeys = std::map<std::string, std::string>;

void AddNotes(const Page& page, std::string_view subject, NoteKeys* notes) {
  const std::string prefix = "notes." + std::string(subject) + ".";
  constexpr std::string_view kTitle = ".title";
  const auto& texts = page.catalogue.texts;
  for (auto it = texts.lower_bound(prefix); it != texts.end(); ++it) {
    if (!StartsWith(it->first, prefix)) break;
    if (!EndsWith(it->first, kTitle)) continue;
    const std::string key(
        it->first.view().substr(0, it->first.size() - kTitle.size()));
    if (key.size() <= prefix.size()) continue;
    notes->insert_or_assign(key.substr(prefix.size()), key);
  }
}

std::string_view CauseSlug(std::string_view cause) {
  const std::size_t slash = cause.find('/');
  return slash == std::string_view::npos ? cause : cause.substr(slash + 1);
}

// First line of each phase within the incident's process, as far as known.
std::map<std::string, std::uint64_t> PhaseLines(const Page& page) {
  std::map<std::string, std::uint64_t> lines;
  const Timeline& timeline = page.diagnosis.timeline;
  const Failure& incident = *page.diagnosis.incident;
  for (const Milestone& milestone : timeline.milestones) {
    if (milestone.process == incident.process &&
        milestone.event == "process-start") {
      lines.emplace("comfyui-startup", milestone.line);
    }
  }
  for (const Work& prompt : timeline.works) {
    if (prompt.number != incident.prompt || incident.prompt == 0) continue;
    for (const PhaseSpan& span : prompt.phases) {
      lines.emplace(span.phase, span.line);
    }
    lines.emplace("prompt-validation", prompt.queued_line);
  }
  for (const Milestone& milestone : timeline.milestones) {
    if (milestone.process == incident.process && !milestone.phase.empty()) {
      lines.emplace(milestone.phase, milestone.line);
    }
  }
  return lines;
}

Spans PhaseItem(const Page& page, std::string_view mark, std::string_view phase,
                std::uint64_t line) {
  Slots slots;
  slots.Own("phase", page.words.Word("phase", phase));
  if (line != 0) slots.Own("ref", LineRef(line));
  std::string key("phase-list.");
  key.append(mark);
  return page.words.Say(key, slots);
}

// The phases of the incident, one bullet each, with a mark.
Blocks PhaseList(const Page& page) {
  if (!page.diagnosis.incident) return {};
  const auto lines = PhaseLines(page);
  const std::string& stopped = page.diagnosis.incident->phase;
  List list;
  bool past = false;
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    const std::string phase(kPhases[i]);
    const auto found = lines.find(phase);
    const std::uint64_t line = found == lines.end() ? 0 : found->second;
    if (phase == stopped) {
      list.items.push_back({PhaseItem(page, "stopped", phase, line), {}});
      past = true;
    } else if (line != 0 && !past) {
      list.items.push_back({PhaseItem(page, "done", phase, line), {}});
    } else if (past && i >= kFirstWork) {
      list.items.push_back({PhaseItem(page, "not-reached", phase, 0), {}});
    }
  }
  if (page.words.Value("next_start_line")) {
    list.items.push_back({page.words.Say("phase-list.restarted"), {}});
  }
  if (list.items.empty()) return {};
  return {{std::move(list)}};
}

}  // namespace

Blocks Notes(const Page& page) {
  NoteKeys notes;
  AddNotes(page, page.diagnosis.outcome, &notes);
  // What is known of the cause replaces the general section of that number.
  AddNotes(page, CauseSlug(page.diagnosis.cause), &notes);
  const auto known = [&](std::string_view name) -> std::optional<Blocks> {
    if (name == "phase_list") return PhaseList(page);
    if (name == "ledger") return Ledger(page);
    return std::nullopt;
  };
  Blocks blocks;
  for (const auto& [section, key] : notes) {
    Blocks body = page.words.SayBlocks(key + ".body", {}, known);
    if (body.empty()) continue;
    blocks.push_back({Heading{4, page.words.Say(key + ".title")}});
    blocks.insert(blocks.end(), body.begin(), body.end());
  }
  return blocks;
}

}  // namespace logdiag
