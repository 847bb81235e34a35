// SPDX-License-Identifier: Apache-2.0
#include "reports/story/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/document/line_places.h"
#include "reports/story/proof_lines.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

// Evidence below this says little; in decibans.
constexpr double kFair = 5;
// A rival less probable than this is not worth a sentence.
constexpr double kWorthSaying = 0.002;

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

// One line can speak for a cause in several ways; the strongest tells enough.
bool SaysMostOfItsLine(const Evidence& item,
                       const std::vector<Evidence>& items) {
  if (item.quote.line == 0) return true;
  bool before = true;
  for (const Evidence& other : items) {
    if (&other == &item) {
      before = false;
    } else if (other.quote.line == item.quote.line &&
               (other.weight_db > item.weight_db ||
                (before && other.weight_db == item.weight_db))) {
      return false;
    }
  }
  return true;
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
  std::string ref =
      item.quote.line == 0
          ? "-"
          : LineRef(page.diagnosis.source.of_case, item.quote.line);
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
  const bool doubtful = diagnosis.confidence < Confidence::kLikely;
  const Cause* cause = page.cause();
  // Without another cause to tell it from there is nothing to settle.
  if (cause != nullptr && !cause->confirm.empty() &&
      (doubtful || !list.items.empty())) {
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
      if (!item.says.empty() &&
          (page.limits.details || SaysMostOfItsLine(item, *items))) {
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
