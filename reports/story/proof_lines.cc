// SPDX-License-Identifier: Apache-2.0
#include "reports/story/proof_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

// Evidence shown as lines of the log; the rest is told in a part.
constexpr std::size_t kMaxMarked = 4;

// What of a line of more than `most` bytes matters: how it begins, and what
// stands around `focus`; the line itself if its two ends show an end of that.
std::string Around(const std::string& line, std::string_view focus,
                   std::size_t most) {
  constexpr std::size_t kHead = 28;  // "torch.OutOfMemoryError: CUDA"
  constexpr std::size_t kLead = 12;  // a word before what is told
  const std::size_t at = focus.empty() ? line.npos : line.find(focus);
  if (line.size() <= most || at == line.npos) return line;
  constexpr std::size_t kSeen = 8;  // so much of it is known again
  const std::size_t half = most / 2;
  const std::size_t seen = std::min(focus.size(), kSeen);
  if (at + seen <= half || at + focus.size() + half >= line.size() + seen) {
    return line;
  }
  const std::string_view text = line;
  const bool near = at <= kHead + kDots.size() + kLead;
  std::string shown(CutUtf8(text, near ? most - kDots.size() : kHead));
  std::size_t end = shown.size();
  if (!near) {
    std::size_t begin = at - kLead;
    while (begin < at && (text[begin] & 0xC0) == 0x80) ++begin;
    const std::string_view rest =
        CutUtf8(text.substr(begin), most - kHead - 2 * kDots.size());
    shown.append(kDots).append(rest);
    end = begin + rest.size();
  }
  return end < text.size() ? shown.append(kDots) : shown;
}

// The longest of the log's values that an item of evidence is told with.
std::string_view FocusOf(const Evidence& evidence) {
  std::string_view focus;
  for (const auto& [name, value] : evidence.says.values) {
    const bool there = Contains(evidence.quote.text, value);
    if (there && value.size() > focus.size()) focus = value;
  }
  return focus;
}

// The lines of an excerpt, by number.
class LinesByNumber {
 public:
  explicit LinesByNumber(std::size_t most) : most_(most) {}

  void Add(std::uint64_t line, const std::string& text, bool marked) {
    if (line == 0 || TrimLeft(text).empty()) return;
    const auto found = lines_.find(line);
    if (found != lines_.end()) {
      found->second.marked = found->second.marked || marked;
      return;
    }
    if (lines_.size() < most_) lines_[line] = {line, marked, text};
  }

  // Shows of a long line what stands around `focus`.
  void FocusOn(std::uint64_t line, std::string_view focus, std::size_t most) {
    const auto found = lines_.find(line);
    if (found == lines_.end()) return;
    found->second.text = Around(found->second.text, focus, most);
  }

  void Add(const Quote& quote, bool marked) {
    Add(quote.line, quote.text, marked);
  }

  std::vector<ExcerptLine> Take() {
    std::vector<ExcerptLine> lines;
    for (auto& [number, line] : lines_) lines.push_back(std::move(line));
    return lines;
  }

 private:
  std::size_t most_;
  std::map<std::uint64_t, ExcerptLine> lines_;
};

std::vector<const Evidence*> Strongest(const Page& page) {
  std::vector<const Evidence*> strongest;
  for (const Evidence& evidence : page.diagnosis.evidence) {
    if (evidence.quote.line != 0 && evidence.weight_db > 0) {
      strongest.push_back(&evidence);
    }
  }
  std::stable_sort(strongest.begin(), strongest.end(),
                   [](const Evidence* a, const Evidence* b) {
                     return a->weight_db > b->weight_db;
                   });
  if (strongest.size() > kMaxMarked) strongest.resize(kMaxMarked);
  return strongest;
}

// The frame as Python prints it, without what is before the pack's folder.
std::string FrameLine(const Page& page, const Frame& frame) {
  return fmt::format("  File \"{}\", line {}, in {}",
                     page.words.Value("place").value_or(frame.file), frame.line,
                     frame.function);
}

// How much of what came before is worth showing: the reasons of a refusal stand
// there, else only what was at work.
std::size_t ContextLines(const Failure& incident) {
  constexpr std::size_t kReasons = 8;
  constexpr std::size_t kAtWork = 2;
  const bool refused = incident.kind == FailureKind::kRejected ||
                       incident.kind == FailureKind::kOutput;
  return refused ? kReasons : kAtWork;
}

// The starts after an end that left no word: of a loop some, else the next.
void AddNextStarts(const Page& page, LinesByNumber* lines) {
  constexpr std::size_t kOfLoop = 3;
  const Diagnosis& diagnosis = page.diagnosis;
  const bool loop =
      diagnosis.outcome == "crash-loop" && page.outline == Outline::kUnknown;
  if (diagnosis.incident->kind != FailureKind::kSilence && !loop) return;
  std::size_t room = loop ? kOfLoop : 1;
  for (const Milestone& milestone : diagnosis.timeline.milestones) {
    if (milestone.line <= diagnosis.incident->last_line) continue;
    if (milestone.event != "container-start" &&
        milestone.event != "process-start") {
      continue;
    }
    const std::string time = MomentText(diagnosis.source, milestone.time_ns);
    lines->Add(milestone.line,
               "(" + (time.empty() ? "" : time + ", ") +
                   page.words.Plain("milestone." + milestone.event) + ")",
               false);
    if (--room == 0) return;
  }
}

// What was begun last before the work stood still or vanished.
void AddLastBegun(const Page& page, LinesByNumber* lines) {
  const Failure& incident = *page.diagnosis.incident;
  // A load that vanished is told by the lines right before it.
  const bool vanished =
      incident.kind == FailureKind::kSilence && incident.phase == "sampling";
  if (!vanished && incident.kind != FailureKind::kHang) return;
  const Milestone* last = nullptr;
  for (const Milestone& milestone : page.diagnosis.timeline.milestones) {
    if (milestone.line >= incident.quote.line) break;
    if (milestone.line < incident.begun_line) continue;
    if (milestone.phase == incident.phase && !milestone.detail.empty()) {
      last = &milestone;
    }
  }
  if (last != nullptr) lines->Add(last->line, last->detail, false);
}

// The node whose input was refused: it is named in the line before the reason.
void AddRefusedNode(const Failure& incident, LinesByNumber* lines) {
  if (incident.refusals.empty()) return;
  const Refusal& first = incident.refusals.front();
  // "(prompt)"
  if (first.node.empty() || StartsWith(first.node, "(")) return;
  lines->Add(first.quote.line - 1, "* " + first.node + ":", false);
}

// The stack that native code prints under the line of its death.
void AddNativeStack(const Page& page, LinesByNumber* lines) {
  constexpr std::uint64_t kNear = 6;
  const Failure& incident = *page.diagnosis.incident;
  if (incident.kind != FailureKind::kDeath || page.diagnosis.exception) return;
  for (const Quote& quote : page.diagnosis.timeline.tail) {
    if (quote.line > incident.quote.line &&
        quote.line <= incident.quote.line + kNear) {
      lines->Add(quote, false);
    }
  }
}

}  // namespace

// What matters most comes first, for the room may end before the rest.
std::vector<ExcerptLine> ProofLines(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  LinesByNumber lines(page.limits.excerpt_lines);
  if (diagnosis.incident) lines.Add(diagnosis.incident->quote, true);
  if (diagnosis.exception && diagnosis.exception->place) {
    const Frame& place = *diagnosis.exception->place;
    lines.Add(place.log_line, FrameLine(page, place), false);
    // Unpacked from one line of the log, the code has none of its own.
    if (diagnosis.exception->line > place.log_line) {
      lines.Add(place.log_line + 1, place.code, false);
    }
  }
  if (diagnosis.incident) AddNextStarts(page, &lines);
  for (const Evidence* evidence : Strongest(page)) {
    lines.Add(evidence->quote, true);
    lines.FocusOn(evidence->quote.line, FocusOf(*evidence),
                  page.limits.excerpt_bytes);
  }
  if (diagnosis.incident) {
    const Failure& incident = *diagnosis.incident;
    lines.Add(incident.headline, false);
    AddRefusedNode(incident, &lines);
    AddLastBegun(page, &lines);
    AddNativeStack(page, &lines);
    std::size_t room = ContextLines(incident);
    for (auto quote = incident.context.rbegin();
         quote != incident.context.rend() && room > 0; ++quote, --room) {
      // What was printed before the workflow came says nothing of it.
      if (quote->line < incident.begun_line) break;
      lines.Add(*quote, false);
    }
  } else {
    const auto& tail = diagnosis.timeline.tail;
    for (auto quote = tail.rbegin(); quote != tail.rend(); ++quote) {
      lines.Add(*quote, false);
    }
  }
  std::vector<ExcerptLine> taken = lines.Take();
  for (ExcerptLine& line : taken) {
    line.text = LogText(line.text, page.limits.excerpt_bytes).shown();
  }
  return taken;
}

}  // namespace logdiag
