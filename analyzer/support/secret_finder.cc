// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/secret_finder.h"

#include <algorithm>
#include <string>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kQuotes = "\"'`";

bool IsQuote(char c) { return kQuotes.find(c) != std::string_view::npos; }
bool IsNameLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// What an earlier run has put in the place of a secret: "[redacted 3]",
// "[user]", or what a blank or a list has left of it.
bool IsHiddenAlready(std::string_view value) {
  if (Contains(value, "[redacted")) return true;
  if (!StartsWith(value, "[")) return false;
  value.remove_prefix(1);
  if (EndsWith(value, "]")) value.remove_suffix(1);
  return value.find_first_not_of("abcdefghijklmnopqrstuvwxyz ") ==
         std::string_view::npos;
}

// Up to the quote `closing` that no backslash escapes.
std::string_view UpTo(char closing, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == closing) return text.substr(0, i);
    if (text[i] == '\\') ++i;
  }
  return text;
}

// Where "&name=", ",name=", ";name:" or an escaped line feed begins.
std::size_t NextInList(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && (text[i + 1] == 'n' || text[i + 1] == 'r')) return i;
    if (std::string_view("&,;").find(text[i]) == std::string_view::npos) {
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() &&
           (IsNameLetter(text[end]) || text[end] == '-' || text[end] == '.' ||
            (text[end] >= '0' && text[end] <= '9'))) {
      ++end;
    }
    const bool named = end > i + 1 && IsNameLetter(text[i + 1]) &&
                       end < text.size() &&
                       (text[end] == '=' || text[end] == ':');
    if (named) return i;
  }
  return text.size();
}

// The value in what stands after a name: without its quotes, or up to what
// follows in a list, without punctuation at its end.
std::string_view BareValue(std::string_view written) {
  std::size_t quote = 0;  // of b"...", \"...\" or "..."
  while (quote < written.size() && quote < 2 && !IsQuote(written[quote])) {
    ++quote;
  }
  if (quote < written.size() && IsQuote(written[quote])) {
    const char closing = written[quote];
    const std::string_view inside = written.substr(quote + 1);
    if (quote == 1 && written[0] == '\\') {
      return inside.substr(0, inside.find(std::string("\\") + closing));
    }
    return UpTo(closing, inside);
  }
  std::string_view value = written.substr(0, NextInList(written));
  constexpr std::string_view kAfter = ".,:;)]}>";
  while (!value.empty() && kAfter.find(value.back()) != kAfter.npos) {
    value.remove_suffix(1);
  }
  return value;
}

// One match of a rule's regex.
struct Groups {
  std::string_view value;
  std::string_view keep;
  std::string_view name;
  bool written = false;  // `value`: as written after a name
  bool closed = false;   // the end of what may take several lines
};

Groups ReadGroups(const Regex::Captures& captures) {
  Groups groups;
  for (const auto& [name, text] : captures) {
    if (name == "keep") groups.keep = text;
    if (name == "name") groups.name = text;
    if (name == "closed") groups.closed = true;
    if (name == "secret" || name == "value") {
      groups.value = text;
      groups.written = name == "value";
    }
  }
  return groups;
}

std::size_t PlaceOf(std::string_view part, std::string_view text) {
  return static_cast<std::size_t>(part.data() - text.data());
}

// The quote that holds name and value, -e "NAME=two words"; 0 = there is none.
char QuoteAround(std::string_view text, const Groups& groups) {
  if (groups.name.empty() || groups.value.empty()) return 0;
  const std::size_t name = PlaceOf(groups.name, text);
  const std::size_t value = PlaceOf(groups.value, text);
  const bool around = name > 0 && IsQuote(text[name - 1]) &&
                      text[value - 1] == '=' && !IsQuote(text[value]);
  return around ? text[name - 1] : '\0';
}

constexpr std::string_view kSlashes = "/\\";

// Whether name and value are a part of a path: /x/token=abc/y.
bool IsInPath(std::string_view text, const Groups& groups) {
  const std::size_t name = PlaceOf(groups.name, text);
  return !groups.name.empty() && name > 0 &&
         kSlashes.find(text[name - 1]) != kSlashes.npos;
}

// `value` without what belongs to the way in which it is written.
std::string_view ValueIn(std::string_view text, const Groups& groups) {
  if (!groups.written) return groups.value;
  if (const char quote = QuoteAround(text, groups)) {
    return UpTo(quote, text.substr(PlaceOf(groups.value, text)));
  }
  const std::string_view value = BareValue(groups.value);
  if (!IsInPath(text, groups)) return value;
  return value.substr(0, value.find_first_of(kSlashes));
}

}  // namespace

SecretMatcher::SecretMatcher(const SecretRule* rule)
    : rule_(rule),
      check_(FindSecretCheck(rule->check)),
      regex_(rule->regex),
      unless_(rule->unless),
      unless_name_(rule->unless_name),
      spreads_(rule->spreads),
      continues_(rule->continues) {}

bool SecretMatcher::MayMatch(std::string_view text) const {
  return check_ == nullptr || check_->may_hold(text);
}

void SecretMatcher::Find(std::string_view text,
                         std::vector<SecretSpan>* spans) {
  const Regex* const regex = regex_.get();
  std::size_t from = 0;
  while (regex != nullptr && from < text.size()) {
    const auto captures = regex->Find(text, from);
    if (!captures) return;
    Groups groups = ReadGroups(*captures);
    if (groups.value.data() == nullptr) return;  // no such group
    groups.value = ValueIn(text, groups);
    SecretSpan span = SpanOf(text, groups.value, groups.keep.size());
    span.open = !rule_->continues.empty() && !groups.closed &&
                span.end() == text.size();
    const bool secret =
        !groups.value.empty() && IsSecret(text, span, groups.name);
    if (secret) spans->push_back(span);
    // What is none may be the name of one: pad_token: token=...
    const bool again = !secret && groups.written && span.begin > from;
    from = std::max(from + 1, again ? span.begin : span.end());
  }
}

bool SecretMatcher::IsSecret(std::string_view text, const SecretSpan& span,
                             std::string_view name) {
  const std::string_view value = text.substr(span.begin, span.size);
  if (IsHiddenAlready(value)) return false;
  const Regex* unless = unless_.get();
  if (unless != nullptr && unless->Search(value)) return false;
  const Regex* unless_name = name.empty() ? nullptr : unless_name_.get();
  if (unless_name != nullptr && unless_name->Search(name)) return false;
  return check_ == nullptr || check_->holds(text, span.begin, span.size);
}

bool SecretMatcher::Spreads(std::string_view value) {
  // Shorter ones stand in too many words.
  constexpr std::size_t kMinSpread = 6;
  const Regex* spreads = spreads_.get();
  return value.size() >= kMinSpread && spreads != nullptr &&
         spreads->Search(value);
}

std::optional<SecretSpan> SecretMatcher::Continued(std::string_view line) {
  const Regex* continues = continues_.get();
  if (continues == nullptr) return std::nullopt;
  const auto captures = continues->Find(line);
  if (!captures) return std::nullopt;
  const std::string_view value = ReadGroups(*captures).value;
  if (value.empty()) return std::nullopt;
  return SpanOf(line, value, 0);
}

SecretSpan SecretMatcher::SpanOf(std::string_view text, std::string_view value,
                                 std::size_t keep) {
  SecretSpan span;
  span.begin = PlaceOf(value, text) - keep;
  span.size = value.size() + keep;
  span.keep = keep;
  span.kind = rule_->kind;
  span.shown_as = rule_->shown_as;
  span.matcher = this;
  return span;
}

SecretFinder::SecretFinder(const std::vector<const SecretRule*>& rules) {
  matchers_.reserve(rules.size());
  for (const SecretRule* rule : rules) {
    for (const std::string_view literal : rule->literals) {
      index_.Add(literal, matchers_.size());
    }
    if (rule->literals.empty()) without_literals_.push_back(matchers_.size());
    matchers_.emplace_back(rule);
  }
  index_.Build();
}

std::vector<SecretSpan> SecretFinder::Find(std::string_view text) {
  std::vector<SecretSpan> spans;
  for (const std::size_t owner : index_.Owners(text)) {
    if (matchers_[owner].MayMatch(text)) matchers_[owner].Find(text, &spans);
  }
  for (const std::size_t owner : without_literals_) {
    if (matchers_[owner].MayMatch(text)) matchers_[owner].Find(text, &spans);
  }
  JoinSpans(&spans);
  return spans;
}

std::optional<SecretSpan> SecretFinder::Continued(std::string_view line) {
  for (SecretMatcher& matcher : matchers_) {
    if (const auto span = matcher.Continued(line)) return span;
  }
  return std::nullopt;
}

void JoinSpans(std::vector<SecretSpan>* spans) {
  std::stable_sort(spans->begin(), spans->end(),
                   [](const SecretSpan& a, const SecretSpan& b) {
                     if (a.begin != b.begin) return a.begin < b.begin;
                     if (a.keep != b.keep) return a.keep > b.keep;
                     return a.shown_as.size() > b.shown_as.size();
                   });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans->size(); ++i) {
    SecretSpan& span = (*spans)[i];
    if (kept > 0 && span.begin < (*spans)[kept - 1].end()) {
      SecretSpan& last = (*spans)[kept - 1];
      last.size = std::max(last.end(), span.end()) - last.begin;
      if (span.open) {
        last.open = true;
        last.matcher = span.matcher;  // knows what goes on
      }
    } else {
      (*spans)[kept++] = span;
    }
  }
  spans->resize(kept);
}

}  // namespace logdiag
