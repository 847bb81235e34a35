// SPDX-License-Identifier: Apache-2.0
#include "reports/words/redact.h"

#include <algorithm>
#include <utility>

#include "analyzer/model/event.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Texts are cut at kMaxEventText, less what is left of a UTF-8 sequence.
constexpr std::size_t kCutSlack = 3;

// So much of a value tells that it stands there, cut off.
constexpr std::size_t kMinStartAtEnd = 2;
constexpr std::size_t kMinStartAtCut = 4;
constexpr std::size_t kMinStart = 12;

// As much of a value as tells it if the match ends at `end`. A text that was
// cut may stand in a sentence that goes on after it.
std::size_t LeastStart(std::string_view text, std::size_t end) {
  if (end + kCutSlack < kMaxEventText) return kMinStart;
  return end == text.size() ? kMinStartAtEnd : kMinStartAtCut;
}

std::vector<const SecretRule*> AllOf(const std::vector<SecretRule>& rules) {
  std::vector<const SecretRule*> all;
  all.reserve(rules.size());
  for (const SecretRule& rule : rules) all.push_back(&rule);
  return all;
}

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Whether the value at `begin` is a word of its own, not a part of one.
bool StandsAlone(std::string_view text, std::size_t begin, std::size_t size) {
  const std::size_t end = begin + size;
  if (begin > 0 && IsAlnum(text[begin - 1]) && IsAlnum(text[begin])) {
    return false;
  }
  return end >= text.size() || !IsAlnum(text[end]) || !IsAlnum(text[end - 1]);
}

std::size_t CommonStart(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same < size && a[same] == b[same]) ++same;
  return same;
}

SecretSpan SpanOf(const Secret& secret, std::size_t begin, std::size_t size) {
  SecretSpan span;
  span.begin = begin;
  span.size = size;
  span.keep = std::min(secret.keep, size);
  span.kind = secret.kind;
  span.shown_as = secret.shown_as;
  return span;
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// What stands in the place of a secret.
std::string Shape(std::string_view value, const SecretSpan& span) {
  std::string shape(value.substr(0, span.keep));
  if (!span.shown_as.empty()) {
    return shape.append("[").append(span.shown_as).append("]");
  }
  if (span.keep > 0) shape += "...";
  return shape + "[redacted " +
         std::to_string(CountCharacters(value.substr(span.keep))) + "]";
}

}  // namespace

Redactor::Redactor(const Catalogue& catalogue, Secrets found)
    : finder_(AllOf(catalogue.secrets)), found_(std::move(found)) {}

void Redactor::Learn(std::string_view text) {
  for (const SecretSpan& span : finder_.Find(text)) {
    const std::string_view value = text.substr(span.begin, span.size);
    const bool known = std::any_of(
        found_.values.begin(), found_.values.end(),
        [value](const Secret& secret) { return secret.value == value; });
    if (known || !span.matcher->Spreads(value)) continue;
    found_.values.push_back({std::string(value), std::string(span.kind),
                             std::string(span.shown_as), span.keep, true});
  }
}

std::string Redactor::Redact(std::string_view text, std::uint64_t line) {
  std::vector<SecretSpan> spans = finder_.Find(text);
  FindContinued(text, line, &spans);
  FindKnown(text, &spans);
  JoinSpans(&spans);
  std::string out;
  std::size_t done = 0;
  for (const SecretSpan& span : spans) {
    const std::string_view value = text.substr(span.begin, span.size);
    hidden_.try_emplace(std::string(WholeOf(value)), span.kind);
    out.append(text.substr(done, span.begin - done)).append(Shape(value, span));
    done = span.end();
  }
  return out.append(text.substr(done));
}

void Redactor::FindContinued(std::string_view text, std::uint64_t line,
                             std::vector<SecretSpan>* spans) {
  const bool of_one = std::any_of(
      found_.lines.begin(), found_.lines.end(), [line](const LineRange& range) {
        return range.first <= line && line <= range.last;
      });
  if (!of_one) return;
  if (const auto span = finder_.Continued(text)) spans->push_back(*span);
}

void Redactor::FindKnown(std::string_view text,
                         std::vector<SecretSpan>* spans) const {
  for (const Secret& secret : found_.values) {
    const std::string_view value = secret.value;
    const std::string_view start =
        value.substr(0, secret.keep + kMinStartAtEnd);
    for (std::size_t at = text.find(start); at != std::string_view::npos;
         at = text.find(start, at + 1)) {
      const std::size_t size = CommonStart(text.substr(at), value);
      const bool shown =
          size == value.size()
              ? secret.spreads && StandsAlone(text, at, size)
              : size >= secret.keep + LeastStart(text, at + size);
      if (shown) spans->push_back(SpanOf(secret, at, size));
    }
  }
}

std::string_view Redactor::WholeOf(std::string_view shown) const {
  for (const Secret& secret : found_.values) {
    if (shown.size() < secret.value.size() && StartsWith(secret.value, shown)) {
      return secret.value;
    }
  }
  return shown;
}

Redactor::Kinds Redactor::kinds() const {
  Kinds kinds;
  for (const auto& [value, kind] : hidden_) ++kinds[kind];
  return kinds;
}

}  // namespace logdiag
