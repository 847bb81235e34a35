// SPDX-License-Identifier: Apache-2.0
#include "reports/story/page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/support/calendar.h"
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

namespace {

constexpr std::size_t kLongValue = 48;
constexpr std::size_t kLongMessage = 72;  // a clause or a file with blanks

std::string_view FileName(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  const bool file = slash != path.npos && slash + 1 < path.size() &&
                    path.find(' ') == path.npos;
  return file ? path.substr(slash + 1) : path;
}

std::string_view WithoutQuotes(std::string_view text) {
  const bool quoted = text.size() > 2 && text.front() == text.back() &&
                      (text.front() == '\'' || text.front() == '"');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// Of a long message what follows its last ": ", if that is short enough: what
// stands before it tells who passed the message on.
std::string_view LastClause(std::string_view message) {
  constexpr std::size_t kLeast = 12;
  const std::size_t colon = message.rfind(": ");
  if (colon == message.npos) return {};
  const std::string_view clause = WithoutStop(message.substr(colon + 2));
  const bool fits = clause.size() >= kLeast && clause.size() <= kLongMessage;
  // "Did you mean: 'x'?" ends in a guess, a tally of nodes in figures.
  const bool words = fits && clause.front() != '\'' && !IsDigit(clause.front());
  return words ? clause : std::string_view();
}

// Of a list of reasons the first ones; nothing if it begins with a long one.
std::string_view FirstClauses(std::string_view message) {
  constexpr std::size_t kLeast = 24;
  const std::string_view start = message.substr(0, kLongMessage);
  const std::size_t end =
      std::max(start.rfind(", ") + 1, start.rfind("; ") + 1);
  return end > kLeast ? start.substr(0, end - 1) : std::string_view();
}

Spans ShortValue(std::string_view value) {
  const bool message = value.find(' ') != value.npos;
  const std::size_t most = message ? kLongMessage : kLongValue;
  if (value.size() <= most) return LogSpan(value);
  const std::string_view last = LastClause(value);
  if (!last.empty()) return LogSpan(last);
  const std::string_view first = FirstClauses(value);
  if (first.empty()) return LogSpan(FileName(value), most);
  Spans spans = LogSpan(first);
  Append(TextSpan(" ..."), &spans);
  return spans;
}

// Long values of the log, made fit for a title: of a path the file, of a
// message its last clause, its first ones or its two ends.
Slots ShortValues(const Phrasebook& words, std::string_view pattern) {
  Slots slots;
  for (std::size_t at = pattern.find('{'); at != pattern.npos;
       at = pattern.find('{', at + 1)) {
    const std::size_t end = pattern.find('}', at);
    if (end == pattern.npos) break;
    const std::string_view name = pattern.substr(at + 1, end - at - 1);
    const auto value = words.Value(name);
    if (!value) continue;
    const std::string_view bare = WithoutQuotes(*value);
    if (bare.size() > kLongValue || bare.size() < value->size()) {
      slots.Put(name, ShortValue(bare));
    }
  }
  return slots;
}

Spans HeadlineOf(const Cause* cause, const Phrasebook& words) {
  if (cause == nullptr) return {};
  for (const KnownText& headline : cause->headlines) {
    if (words.CanFill(headline)) {
      return words.Fill(headline, ShortValues(words, headline));
    }
  }
  return {};
}

}  // namespace

Spans Headline(const Page& page) {
  return HeadlineOf(page.cause(), page.words);
}

bool NamesSomething(const Spans& spans) {
  return std::any_of(spans.begin(), spans.end(), [](const Span& span) {
    return span.kind == Span::Kind::kCode ||
           span.text.find_first_of("0123456789") != std::string::npos;
  });
}

Spans FindingHeadline(const Page& page, const Finding& finding) {
  Spans headline = HeadlineOf(page.catalogue.FindCause(finding.cause),
                              page.words.With(finding.values));
  return headline.empty() ? CauseTitle(page, finding.cause) : headline;
}

Spans FindingCure(const Page& page, const Finding& finding) {
  const Remedy* cure = page.catalogue.FindRemedy(finding.cure);
  if (cure == nullptr) return {};
  return page.words.With(finding.values).Fill(cure->text);
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
