// SPDX-License-Identifier: Apache-2.0
#include "reports/catalogue_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/condition_words.h"
#include "reports/words/names.h"
#include "reports/words/phrasebook.h"
#include "reports/words/redact.h"

namespace logdiag {
namespace {

// Longest row of a terminal report, in bytes of the log.
constexpr std::size_t kMaxCatalogueRow = 400;
// Terms that did not speak, as many as are told without --full.
constexpr std::size_t kMostSilent = 10;
// As the weighing counts an item that settles a cause.
constexpr double kSettles = 60;

// "settles it", "excludes it" or "+4 dB".
std::string WeightText(const Phrasebook& words, const EvidenceItem& item) {
  if (item.establishes) return words.Plain("weight.settles");
  if (item.excludes) return words.Plain("explain.excludes");
  return fmt::format("{:+.0f} dB", item.weight_db);
}

std::string TextRow(const Phrasebook& words, std::string_view key,
                    const std::string& value) {
  if (value.empty()) return "";
  return fmt::format("{}: {}\n", words.Plain(key), TrimRight(value));
}

std::string ListRows(const Phrasebook& words, std::string_view key,
                     const std::vector<KnownText>& items) {
  if (items.empty()) return "";
  std::string out = words.Plain(key) + ":\n";
  for (const KnownText& item : items) out += "  - " + item + "\n";
  return out;
}

std::string RemedyRows(const Catalogue& catalogue, const Phrasebook& words,
                       std::string_view key,
                       const std::vector<KnownText>& ids) {
  std::vector<KnownText> rows;
  for (const KnownText& id : ids) {
    const Remedy* remedy = catalogue.FindRemedy(id);
    rows.push_back(id + (remedy == nullptr
                             ? ""
                             : ": " + std::string(TrimRight(remedy->text))));
  }
  return ListRows(words, key, rows);
}

std::string EvidenceRows(const Phrasebook& words, const Cause& cause) {
  std::string out = words.Plain("catalogue.evidence") + ":\n";
  for (const EvidenceItem& item : cause.evidence) {
    out += fmt::format("  {:<11}  {}\n", WeightText(words, item), item.says);
    out += fmt::format("{:15}{}\n", "", ConditionWords(item.when));
    if (!item.why.empty()) out += fmt::format("{:15}({})\n", "", item.why);
  }
  return out;
}

// Words of the log for a terminal: control bytes shown, secrets hidden.
class ForTerminal {
 public:
  ForTerminal(const Catalogue& catalogue, const Secrets& secrets, bool redact) {
    if (redact) redactor_.emplace(catalogue, secrets);
  }
  std::string Show(const std::string& text) {
    return Printable(redactor_ ? redactor_->Redact(text) : text,
                     kMaxCatalogueRow);
  }

 private:
  std::optional<Redactor> redactor_;
};

std::string TermRows(const Phrasebook& words, const Term& term,
                     ForTerminal* log) {
  std::string out;
  if (term.spoke) {
    const Evidence& spoke = *term.spoke;
    const std::string ref =
        spoke.quote.line == 0
            ? words.Plain(spoke.given ? "ledger.given" : "explain.figure")
            : fmt::format("L{}", spoke.quote.line);
    out += fmt::format(
        "  * {:<11}  {:<6}  {}\n", WeightText(words, *term.item), ref,
        log->Show(FillTemplate(spoke.says.pattern, spoke.says.values)));
    if (spoke.quote.line != 0 && !spoke.quote.text.empty()) {
      out += fmt::format("{:26}| {}\n", "", log->Show(spoke.quote.text));
    }
    return out;
  }
  out += fmt::format("  - {:<11}  {:<6}  {}\n", WeightText(words, *term.item),
                     "", term.item->says);
  for (const Unmet& unmet : term.unmet) {
    Slots slots;
    slots.Own("wanted", ConditionWords(unmet.part));
    if (!unmet.found.empty()) slots.Own("found", log->Show(unmet.found));
    out += fmt::format("{:26}{}\n", "", words.Plain("explain.unmet", slots));
  }
  return out;
}

// How much a term would have said, or against.
double Weight(const Term& term) {
  const bool settles = term.item->establishes || term.item->excludes;
  return settles ? kSettles : std::abs(term.item->weight_db);
}

// What the lightest of the terms that are shown weighs: of those that did not
// speak only the heaviest are worth a first look.
double LeastShown(const std::vector<Term>& terms) {
  std::vector<double> weights;
  for (const Term& term : terms) {
    if (!term.spoke) weights.push_back(Weight(term));
  }
  if (weights.size() <= kMostSilent) return 0;
  std::sort(weights.begin(), weights.end(), std::greater<>());
  return weights[kMostSilent - 1];
}

std::string Headline(const Explanation& explanation, const Phrasebook& words) {
  Slots slots;
  slots.Own("cause", explanation.cause->id);
  slots.Own("outcome", explanation.outcome);
  slots.Own("phase", explanation.phase);
  slots.Own("verdict", explanation.verdict);
  slots.Own("posterior", fmt::format("{:.1f}", explanation.posterior * 100));
  slots.Own("word",
            words.Word("confidence", ConfidenceName(explanation.confidence)));
  slots.Own("prior", fmt::format("{:+.0f}", explanation.cause->prior_db));
  slots.Own("total", fmt::format("{:+.0f}", explanation.own_db));
  if (explanation.foreign) return words.Plain("foreign.plain");
  if (!explanation.failed) return words.Plain("explain.nothing-failed", slots);
  if (!explanation.eligible) return words.Plain("explain.not-eligible", slots);
  if (explanation.excluded) return words.Plain("explain.excluded", slots);
  return words.Plain("explain.head", slots);
}

}  // namespace

std::string WriteCauseList(const Catalogue& catalogue) {
  std::vector<const Cause*> causes;
  std::size_t width = 0;
  for (const Cause& cause : catalogue.causes) {
    causes.push_back(&cause);
    width = std::max(width, cause.id.size());
  }
  std::sort(causes.begin(), causes.end(),
            [](const Cause* a, const Cause* b) { return a->id < b->id; });
  std::string out;
  for (const Cause* cause : causes) {
    out += fmt::format("{:<{}}  {} ({})\n", cause->id, width, cause->title,
                       fmt::join(cause->outcomes, ", "));
  }
  return out;
}

std::string WriteCause(const Catalogue& catalogue, const Cause& cause) {
  const Phrasebook words(catalogue, nullptr, {});
  std::string out = fmt::format("{}: {}\n", cause.id, cause.title);
  out += TextRow(words, "catalogue.origin", cause.origin);
  out += TextRow(words, "catalogue.outcomes",
                 fmt::format("{}", fmt::join(cause.outcomes, ", ")));
  out += TextRow(words, "catalogue.prior",
                 fmt::format("{:+.0f} dB", cause.prior_db));
  out += TextRow(words, "catalogue.summary", cause.summary);
  out += TextRow(words, "catalogue.explain", cause.explain);
  out += EvidenceRows(words, cause);
  out += ListRows(words, "catalogue.explains", cause.explains);
  out += ListRows(words, "catalogue.rivals", cause.rivals);
  out += RemedyRows(catalogue, words, "catalogue.remedies", cause.remedies);
  out += RemedyRows(catalogue, words, "catalogue.later", cause.later);
  std::vector<KnownText> avoid;
  for (const Avoidance& item : cause.avoid) {
    avoid.push_back(item.remedy + ": " + item.says);
  }
  out += ListRows(words, "catalogue.avoid", avoid);
  out += ListRows(words, "catalogue.confirm", cause.confirm);
  out += ListRows(words, "catalogue.references", cause.references);
  return out;
}

std::string WriteExplanation(const Catalogue& catalogue,
                             const Explanation& explanation, bool redact,
                             bool full) {
  const Phrasebook words(catalogue, nullptr, {});
  ForTerminal log(catalogue, explanation.secrets, redact);
  std::string out = Headline(explanation, words) + "\n";
  if (!explanation.failed) return out;
  std::string spoke;
  std::string silent;
  std::size_t left_out = 0;
  const double least = full ? 0 : LeastShown(explanation.terms);
  for (const Term& term : explanation.terms) {
    const bool shown = term.spoke || Weight(term) >= least;
    if (!shown) ++left_out;
    if (shown) (term.spoke ? spoke : silent) += TermRows(words, term, &log);
  }
  out += "\n" + words.Plain("explain.spoke") + "\n";
  out += spoke.empty() ? "  " + words.Plain("ledger.nothing") + "\n" : spoke;
  if (!silent.empty()) {
    out += "\n" + words.Plain("explain.silent") + "\n" + silent;
  }
  if (left_out > 0) {
    Slots slots;
    slots.Own("count", std::to_string(left_out));
    out += "  " + words.Plain("explain.left-out", slots) + "\n";
  }
  return out;
}

}  // namespace logdiag
