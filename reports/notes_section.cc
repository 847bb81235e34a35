#include <array>
#include <map>
#include <string>
#include <string_view>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/sections.h"

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
using Notes = std::map<std::string, std::string>;

void AddNotes(const Page& page, std::string_view subject, Notes* notes) {
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

std::string PhaseItem(const Page& page, std::string_view mark,
                      std::string_view phase, std::uint64_t line) {
  Slots slots;
  slots.markdown["phase"] = EscapeProse(page.words.Word("phase", phase));
  if (line != 0) slots.markdown["ref"] = LineRef(line);
  std::string key("phase-list.");
  key.append(mark);
  return "- " + page.words.Say(key, slots) + "\n";
}

}  // namespace

std::string PhaseList(const Page& page) {
  if (!page.diagnosis.incident) return "";
  const auto lines = PhaseLines(page);
  const std::string& stopped = page.diagnosis.incident->phase;
  std::string out;
  bool past = false;
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    const std::string phase(kPhases[i]);
    const auto found = lines.find(phase);
    const std::uint64_t line = found == lines.end() ? 0 : found->second;
    if (phase == stopped) {
      out += PhaseItem(page, "stopped", phase, line);
      past = true;
    } else if (line != 0 && !past) {
      out += PhaseItem(page, "done", phase, line);
    } else if (past && i >= kFirstWork) {
      out += PhaseItem(page, "not-reached", phase, 0);
    }
  }
  if (page.words.Value("next_start_line")) {
    out += page.words.SayLines("phase-list.restarted");
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::string NotesSection(const Page& page) {
  Notes notes;
  AddNotes(page, page.diagnosis.outcome, &notes);
  // What is known of the cause replaces the general section of that number.
  AddNotes(page, CauseSlug(page.diagnosis.cause), &notes);
  if (notes.empty()) return "";
  Slots slots;
  const std::string phases = PhaseList(page);
  const std::string ledger = Ledger(page);
  if (!phases.empty()) slots.markdown["phase_list"] = phases;
  if (!ledger.empty()) slots.markdown["ledger"] = ledger;
  std::string out;
  for (const auto& [section, key] : notes) {
    std::string body = page.words.SayLines(key + ".body", slots);
    while (!body.empty() && body.back() == '\n') body.pop_back();
    if (body.empty()) continue;
    if (!out.empty()) out += "\n\n";
    out += page.Titled(3, key + ".title") + "\n\n" + body;
  }
  if (out.empty()) return "";
  return page.Titled(2, "notes.title") + "\n\n" + out;
}

}  // namespace logdiag
