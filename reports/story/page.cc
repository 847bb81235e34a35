// SPDX-License-Identifier: Apache-2.0
#include "reports/story/page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {

Outline OutlineOf(const Diagnosis& diagnosis) {
  if (diagnosis.foreign) return Outline::kForeign;
  if (diagnosis.outcome == "completed" || diagnosis.outcome == "ready") {
    return Outline::kHealthy;
  }
  if (diagnosis.cause == "none") return Outline::kCut;
  if (diagnosis.cause.empty() || diagnosis.cause == "unknown") {
    return Outline::kUnknown;
  }
  return Outline::kVerdict;
}

std::string LineRef(std::uint64_t line) { return "L" + std::to_string(line); }

std::string_view WithoutStop(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n.");
  return last == std::string_view::npos ? std::string_view()
                                        : text.substr(0, last + 1);
}

Spans WithoutStop(Spans spans) {
  if (!spans.empty() && spans.back().kind == Span::Kind::kText) {
    spans.back().text = std::string(WithoutStop(spans.back().text));
    if (spans.back().text.empty()) spans.pop_back();
  }
  return spans;
}

Spans Capitalized(Spans spans) {
  if (!spans.empty() && spans.front().kind == Span::Kind::kText &&
      !spans.front().text.empty()) {
    std::string& text = spans.front().text;
    const std::string_view word =
        std::string_view(text).substr(0, text.find(' '));
    char& first = text.front();
    // "torch.compile" is a name, and stays as it is.
    const bool name =
        word.substr(0, word.size() - 1).find('.') != std::string_view::npos;
    if (!name && first >= 'a' && first <= 'z') {
      first = static_cast<char>(first - 32);
    }
  }
  return spans;
}

Spans CauseTitle(const Page& page, std::string_view cause) {
  const Cause* known = page.catalogue.FindCause(cause);
  if (known != nullptr && !known->title.empty()) {
    return page.words.Fill(known->title);
  }
  std::string key("cause.");
  key.append(cause);
  if (page.words.Has(key)) return page.words.Say(key);
  const std::size_t slash = cause.find('/');
  std::string words(slash == std::string_view::npos ? cause
                                                    : cause.substr(slash + 1));
  std::replace(words.begin(), words.end(), '-', ' ');
  return TextSpan(words);
}

const Finding* FloodOf(const Diagnosis& diagnosis) {
  const Finding* most = nullptr;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.last_line == 0) continue;
    if (most == nullptr || finding.count > most->count) most = &finding;
  }
  return most;
}

Spans EvidenceClause(const Page& page, const Evidence& evidence) {
  Slots slots;
  if (evidence.quote.line != 0) slots.Own("ref", LineRef(evidence.quote.line));
  slots.Put("says", WithoutStop(page.words.Fill(evidence.says)));
  return page.words.Say(
      evidence.given ? "evidence.clause.given" : "evidence.clause", slots);
}

std::string WeightWord(const Page& page, double weight_db) {
  // Decibans from which evidence has the next stronger word.
  constexpr double kSettles = 60;
  constexpr double kStrong = 10;
  constexpr double kFair = 5;
  const double size = std::abs(weight_db);
  std::string key = "weight.none";
  if (weight_db >= kSettles) {
    key = "weight.settles";
  } else if (size >= kStrong) {
    key = "weight.strong";
  } else if (size >= kFair) {
    key = "weight.fair";
  } else if (size > 0) {
    key = "weight.slight";
  }
  return page.words.Plain(weight_db < 0 ? key + "-against" : key);
}

Block SectionHeading(const Page& page, std::string_view key) {
  return {Heading{2, page.words.Say(key)}};
}

bool IsAboutMemory(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  constexpr std::string_view kFamily = "memory/";
  return StartsWith(diagnosis.cause, kFamily) ||
         diagnosis.cause == "slow/slow-offload" ||
         std::any_of(diagnosis.rivals.begin(), diagnosis.rivals.end(),
                     [&](const Rival& rival) {
                       return StartsWith(rival.cause, kFamily) &&
                              rival.confidence != Confidence::kUnknown;
                     });
}

}  // namespace logdiag
