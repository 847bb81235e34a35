// SPDX-License-Identifier: Apache-2.0
#include "reports/story/headline.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/support/calendar.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongValue = 48;
constexpr std::size_t kLongMessage = 80;  // a clause or a file with blanks

// Of a path the file; all of a message.
std::string_view FileName(std::string_view path) {
  const std::string_view file = BaseName(path);
  const bool message = path.find(' ') != path.npos;
  return message || file.empty() ? path : file;
}

std::string_view WithoutQuotes(std::string_view text) {
  const bool quoted = text.size() > 2 && text.front() == text.back() &&
                      (text.front() == '\'' || text.front() == '"');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool IsAddress(std::string_view text) {
  return text.find("://") != text.npos && text.find(' ') == text.npos;
}

// Whether it begins within brackets.
bool ClosesMore(std::string_view text) {
  const std::size_t close = text.find_first_of(")]}");
  return close < text.find_first_of("([{");
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
  const bool words = fits && clause.front() != '\'' &&
                     !IsDigit(clause.front()) && !IsAddress(clause) &&
                     !ClosesMore(clause);
  return words ? clause : std::string_view();
}

// Of several sentences the last one if it has figures, else the first; nothing
// if that is too long.
std::string_view OneSentence(std::string_view message) {
  constexpr std::size_t kLeast = 24;
  std::string_view first;
  std::size_t last = 0;
  for (std::size_t at = 0; at + 1 < message.size(); ++at) {
    const char c = message[at];
    if ((c != '.' && c != '!' && c != '?') || message[at + 1] != ' ') continue;
    if (first.empty() && at >= kLeast) first = message.substr(0, at);
    last = at + 2;
  }
  const std::string_view end = WithoutStop(message.substr(last));
  const bool figures = std::any_of(end.begin(), end.end(), IsDigit) &&
                       end.find("://") == end.npos;
  if (first.empty() || (figures && end.size() <= kLongMessage)) first = end;
  return last > 0 && first.size() <= kLongMessage ? first : std::string_view();
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
  const std::string_view sentence = OneSentence(value);
  if (!sentence.empty()) return LogSpan(sentence);
  const std::string_view first = FirstClauses(value);
  if (first.empty()) return LogSpan(FileName(value), most);
  Spans spans = LogSpan(first);
  Append(TextSpan(" ..."), &spans);
  return spans;
}

// Long values of the log, made fit for a title: of a path the file, of a
// message its last clause, one of its sentences, its first clauses or its two
// ends.
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

}  // namespace logdiag
