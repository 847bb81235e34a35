// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/advice.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "analyzer/support/quotation.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kMostAdvice = 3;
constexpr std::string_view kGroup = "advice";

bool Advises(const Marker& marker) {
  return Contains(marker.regex, "(?P<advice>");
}

// Whether `advice` is a part of a name: of a node, a file, a module. People
// name things as they like, and the program does not advise what it quotes.
bool IsOfName(std::string_view advice, const Values& values) {
  constexpr std::size_t kEnough = 16;  // a name may end within the advice
  const std::string_view start = advice.substr(0, kEnough);
  return std::any_of(values.begin(), values.end(), [&](const auto& value) {
    const auto& [name, text] = value;
    // These are the words of the program themselves.
    if (name == "error" || name == "message" || name == "reason") return false;
    return Contains(text, start);
  });
}

// Whether `advice` begins within a quotation of `text`, which is no word of the
// program: "No module named 'Please run x'".
bool IsQuoted(std::string_view advice, std::string_view text) {
  const std::size_t begin = text.find(advice);
  return begin != text.npos && OpenQuote(text, begin);
}

// The lines that are the failure's own words.
std::vector<Quote> OwnWords(const Failure& failure) {
  std::vector<Quote> words;
  if (failure.traceback) {
    for (const Raised& raised : failure.traceback->chain) {
      words.push_back(
          {raised.line, raised.offset, std::nullopt, raised.message});
    }
  }
  words.push_back(failure.headline);
  words.push_back(failure.quote);
  return words;
}

// Whether `line` goes on with the message of the exception: what stands before
// it is code, which may hold the same words.
bool IsOfMessage(std::uint64_t line, const Failure& failure) {
  if (!failure.traceback || failure.traceback->chain.empty()) return false;
  return line > failure.traceback->chain.back().line &&
         line <= failure.traceback->last_line;
}

void Add(const Quote& from, std::string_view advice,
         std::vector<Quote>* advices) {
  Quote quote = from;
  quote.text = std::string(TrimRight(advice));
  // The line was longer than what is kept of one, and half an advice is none.
  constexpr std::size_t kWholeCharacters = 4;
  if (from.text.size() + kWholeCharacters > kMaxEventText &&
      EndsWith(from.text, quote.text)) {
    return;
  }
  for (Quote& known : *advices) {
    if (Contains(known.text, quote.text)) return;
    if (Contains(quote.text, known.text)) {
      known = std::move(quote);
      return;
    }
  }
  if (!quote.text.empty()) advices->push_back(std::move(quote));
}

void AddFrom(const Marker& marker, const std::vector<Quote>& words,
             std::vector<Quote>* advices) {
  std::optional<Regex> regex;
  for (const Quote& quote : words) {
    if (std::none_of(marker.literals.begin(), marker.literals.end(),
                     [&](std::string_view literal) {
                       return Contains(quote.text, literal);
                     })) {
      continue;
    }
    std::string why;
    if (!regex) regex = Regex::Compile(marker.regex, &why);
    if (!regex) return;
    const auto captures = regex->Find(quote.text);
    if (!captures) continue;
    for (const auto& [name, value] : *captures) {
      if (name == kGroup && !IsQuoted(value, quote.text)) {
        Add(quote, value, advices);
      }
    }
  }
}

}  // namespace

std::vector<Quote> AdviceOf(const Failure& failure, const Catalogue& catalogue,
                            const Values& values) {
  std::vector<Quote> advices;
  const std::vector<Quote> words = OwnWords(failure);
  for (const Marker& marker : catalogue.markers) {
    if (Advises(marker)) AddFrom(marker, words, &advices);
  }
  for (const auto& [index, seen] : failure.seen) {
    const auto* hit = std::get_if<MarkerHit>(&seen.first.what);
    if (hit == nullptr || !Advises(catalogue.markers[index]) ||
        !IsOfMessage(seen.first.line, failure)) {
      continue;
    }
    for (const auto& [name, value] : hit->captures) {
      const Event& event = seen.first;
      if (name == kGroup) {
        Add({event.line, event.offset, event.time_ns, ""}, value, &advices);
      }
    }
  }
  std::erase_if(advices, [&](const Quote& advice) {
    return IsOfName(advice.text, values);
  });
  std::stable_sort(
      advices.begin(), advices.end(),
      [](const Quote& a, const Quote& b) { return a.line < b.line; });
  if (advices.size() > kMostAdvice) advices.resize(kMostAdvice);
  return advices;
}

}  // namespace logdiag
