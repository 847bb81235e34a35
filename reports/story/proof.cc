// SPDX-License-Identifier: Apache-2.0
#include "reports/story/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/words/names.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

// Evidence shown as lines of the log; the rest is told in a part.
constexpr std::size_t kMaxMarked = 4;
// Evidence below this says little; in decibans.
constexpr double kFair = 5;
// A rival less probable than this is not worth a sentence.
constexpr double kWorthSaying = 0.002;

// The lines of an excerpt, by number.
class Lines {
 public:
  explicit Lines(std::size_t most) : most_(most) {}

  void Add(std::uint64_t line, const std::string& text, bool marked) {
    if (line == 0 || TrimLeft(text).empty()) return;
    const auto found = lines_.find(line);
    if (found != lines_.end()) {
      found->second.marked = found->second.marked || marked;
      return;
    }
    if (lines_.size() < most_) lines_[line] = {line, marked, text};
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

// The start after a death that left no word.
void AddNextStart(const Page& page, Lines* lines) {
  const Diagnosis& diagnosis = page.diagnosis;
  if (diagnosis.incident->kind != FailureKind::kSilence) return;
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
    return;
  }
}

// What matters most comes first, for the room may end before the rest.
std::vector<ExcerptLine> ProofLines(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  Lines lines(page.limits.excerpt_lines);
  if (diagnosis.incident) lines.Add(diagnosis.incident->quote, true);
  if (diagnosis.exception && diagnosis.exception->place) {
    const Frame& place = *diagnosis.exception->place;
    lines.Add(place.log_line, FrameLine(page, place), false);
    lines.Add(place.log_line + 1, place.code, false);
  }
  if (diagnosis.incident) AddNextStart(page, &lines);
  for (const Evidence* evidence : Strongest(page)) {
    lines.Add(evidence->quote, true);
  }
  if (diagnosis.incident) {
    const Failure& incident = *diagnosis.incident;
    lines.Add(incident.headline, false);
    std::size_t room = ContextLines(incident);
    for (auto quote = incident.context.rbegin();
         quote != incident.context.rend() && room > 0; ++quote, --room) {
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

// What speaks and has no line: a proof of silence, a figure, an absence.
List Clauses(const Page& page) {
  List list;
  const bool proved = page.diagnosis.incident &&
                      page.diagnosis.incident->proof != HangProof::kNone;
  for (const Evidence& evidence : page.diagnosis.evidence) {
    if (list.items.size() == page.limits.clauses) break;
    if (evidence.quote.line != 0 || evidence.says.empty()) continue;
    // The proof of a hang carries no weight: it is why there is one.
    if (evidence.weight_db < kFair && !(proved && evidence.weight_db == 0)) {
      continue;
    }
    list.items.push_back({Capitalized(EvidenceClause(page, evidence)), {}});
  }
  return list;
}

bool IsWorthSaying(const Rival& rival) {
  return !rival.supporting.empty() && rival.posterior >= kWorthSaying;
}

Spans RivalSentence(const Page& page, const Rival& rival) {
  Slots slots;
  slots.Put("rival", Capitalized(CauseTitle(page, rival.cause)));
  const Cause* cause = page.catalogue.FindCause(rival.cause);
  if (cause != nullptr && !cause->confirm.empty()) {
    slots.Put("observation",
              WithoutStop(page.words.Literal(cause->confirm.front())));
  }
  return page.words.Say("or-else.rival", slots);
}

Spans Weighted(const Page& page, const Evidence& evidence) {
  Slots slots;
  slots.Put("clause", Capitalized(EvidenceClause(page, evidence)));
  if (evidence.weight_db != 0) {
    slots.Own("weight", WeightWord(page, evidence.weight_db));
  }
  return page.words.Say("evidence.item", slots);
}

Spans RivalItem(const Page& page, const Rival& rival) {
  Slots slots;
  slots.Put("title", Capitalized(CauseTitle(page, rival.cause)));
  Spans why;
  for (const auto* items : {&rival.supporting, &rival.against}) {
    for (std::size_t i = 0; i < items->size() && i < 2; ++i) {
      if (!why.empty()) Append(TextSpan("; "), &why);
      Spans clause = EvidenceClause(page, (*items)[i]);
      Append(why.empty() ? Capitalized(std::move(clause)) : std::move(clause),
             &why);
      Append(TextSpan(" (" + WeightWord(page, (*items)[i].weight_db) + ")"),
             &why);
    }
  }
  slots.Put("why", std::move(why));
  return page.words.Say("rivals.item", slots);
}

std::string LedgerLine(const Page& page, const Evidence& item) {
  constexpr std::size_t kMaxRow = 200;
  std::string ref = item.quote.line == 0 ? "-" : LineRef(item.quote.line);
  if (item.given) ref = page.words.Plain("ledger.given");
  const std::string says = PlainText(page.words.Fill(item.says));
  return Printable(fmt::format("  {:>+5.0f}  {:<15}  {:<8}  {}", item.weight_db,
                               WeightWord(page, item.weight_db), ref,
                               WithoutStop(says)),
                   kMaxRow) +
         "\n";
}

// The starting weight, the sum and the probability of one cause.
std::string LedgerSum(const Page& page, const Cause& cause, double posterior,
                      const std::vector<Evidence>& items) {
  double total = cause.prior_db;
  for (const Evidence& item : items) total += item.weight_db;
  Slots slots;
  slots.Own("prior", fmt::format("{:+.0f}", cause.prior_db));
  slots.Own("total", fmt::format("{:+.0f}", total));
  slots.Own("probability", fmt::format("{:.1f}", posterior * 100));
  return "      =  " + page.words.Plain("ledger.sum", slots) + "\n";
}

std::string LedgerEntry(const Page& page, const std::string& cause,
                        Confidence confidence, double posterior,
                        const std::vector<Evidence>& items) {
  std::string out =
      fmt::format("{} ({})\n", cause,
                  page.words.Word("confidence", ConfidenceName(confidence)));
  const std::size_t shown = std::min(items.size(), page.limits.ledger_items);
  for (std::size_t i = 0; i < shown; ++i) out += LedgerLine(page, items[i]);
  if (shown < items.size()) {
    Slots slots;
    slots.Own("count", std::to_string(items.size() - shown));
    out += "         " + page.words.Plain("ledger.more", slots) + "\n";
  }
  if (items.empty()) {
    out += "      -  " + page.words.Plain("ledger.nothing") + "\n";
  }
  const Cause* known = page.catalogue.FindCause(cause);
  if (known != nullptr) out += LedgerSum(page, *known, posterior, items);
  return out;
}

std::vector<Evidence> Both(std::vector<Evidence> supporting,
                           const std::vector<Evidence>& against) {
  supporting.insert(supporting.end(), against.begin(), against.end());
  return supporting;
}

}  // namespace

Blocks Proof(const Page& page) {
  Excerpt excerpt{ProofLines(page)};
  List clauses = Clauses(page);
  if (excerpt.lines.empty() && clauses.items.empty()) return {};
  Blocks blocks = {SectionHeading(page, "proof.title")};
  if (!excerpt.lines.empty()) blocks.push_back({std::move(excerpt)});
  if (!clauses.items.empty()) blocks.push_back({std::move(clauses)});
  return blocks;
}

Blocks OrElse(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  if (page.outline != Outline::kVerdict ||
      diagnosis.confidence == Confidence::kEstablished) {
    return {};
  }
  List list;
  for (const Rival& rival : diagnosis.rivals) {
    if (list.items.size() == page.limits.rivals) break;
    if (IsWorthSaying(rival)) {
      list.items.push_back({RivalSentence(page, rival), {}});
    }
  }
  const Cause* cause = page.cause();
  if (cause != nullptr && !cause->confirm.empty()) {
    Slots slots;
    slots.Put("observation",
              WithoutStop(page.words.Literal(cause->confirm.front())));
    list.items.push_back({page.words.Say("or-else.settle", slots), {}});
  }
  const std::string ask = "or-else." + diagnosis.outcome;
  if (page.words.Has(ask) && !diagnosis.facts.contains("exit_code")) {
    list.items.push_back({page.words.Say(ask), {}});
  }
  if (list.items.empty()) return {};
  return {SectionHeading(page, "or-else.title"), {std::move(list)}};
}

Blocks EvidenceAndRivals(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  Blocks blocks;
  List evidence;
  for (const auto* items : {&diagnosis.evidence, &diagnosis.against}) {
    for (const Evidence& item : *items) {
      if (evidence.items.size() == page.limits.evidence) break;
      if (!item.says.empty()) {
        evidence.items.push_back({Weighted(page, item), {}});
      }
    }
  }
  if (!evidence.items.empty()) blocks.push_back({std::move(evidence)});
  List rivals;
  for (const Rival& rival : diagnosis.rivals) {
    // What is established has none that matter.
    if (diagnosis.confidence == Confidence::kEstablished) break;
    if (rivals.items.size() == page.limits.rivals + 1) break;
    if (!rival.supporting.empty()) {
      rivals.items.push_back({RivalItem(page, rival), {}});
    }
  }
  if (!rivals.items.empty()) {
    blocks.push_back({Paragraph{page.words.Say("rivals.title")}});
    blocks.push_back({std::move(rivals)});
  }
  return blocks;
}

Blocks Ledger(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  if (diagnosis.evidence.empty() && diagnosis.rivals.empty()) return {};
  std::string body = LedgerEntry(page, diagnosis.cause, diagnosis.confidence,
                                 diagnosis.posterior,
                                 Both(diagnosis.evidence, diagnosis.against));
  for (const Rival& rival : diagnosis.rivals) {
    body += LedgerEntry(page, rival.cause, rival.confidence, rival.posterior,
                        Both(rival.supporting, rival.against));
  }
  return {{Paragraph{page.words.Say("ledger.explain")}},
          {Code{std::move(body), "text"}}};
}

}  // namespace logdiag
