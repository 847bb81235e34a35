// SPDX-License-Identifier: Apache-2.0
// Finds in a text what the rules of patterns/secrets say must not be shown.
#ifndef LOGDIAG_SUPPORT_SECRET_FINDER_H_
#define LOGDIAG_SUPPORT_SECRET_FINDER_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/lazy_regex.h"
#include "analyzer/support/literal_index.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/secret_checks.h"

namespace logdiag {

class SecretMatcher;

// Where a secret stands in a text.
struct SecretSpan {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::size_t keep = 0;  // bytes at its start that may be shown
  bool open = false;     // it may go on in the next line
  std::string_view kind;
  std::string_view shown_as;
  SecretMatcher* matcher = nullptr;  // that found it; nullptr: known before

  std::size_t end() const { return begin + size; }
};

// One rule. Its regexes are compiled when a text first needs them.
class SecretMatcher {
 public:
  // `rule` must outlive this.
  explicit SecretMatcher(const SecretRule* rule);

  // False for most texts that hold none. Literals are not looked for.
  bool MayMatch(std::string_view text) const;
  // Appends the secrets in `text`, in order.
  void Find(std::string_view text, std::vector<SecretSpan>* spans);
  // Whether a value found by this rule is hidden wherever it stands.
  bool Spreads(std::string_view value);
  // What belongs to a secret in a line right after it.
  std::optional<SecretSpan> Continued(std::string_view line);

 private:
  // `value` is a part of `text`; so many bytes before it are shown.
  SecretSpan SpanOf(std::string_view text, std::string_view value,
                    std::size_t keep);
  bool IsSecret(std::string_view text, const SecretSpan& span,
                std::string_view name);

  const SecretRule* rule_;
  const SecretCheck* check_;
  LazyRegex regex_;
  LazyRegex unless_;
  LazyRegex unless_name_;
  LazyRegex spreads_;
  LazyRegex continues_;
};

// Several rules. A rule costs next to nothing for texts without its literals.
// What it finds may be looked at as long as the finder lives where it is. Not
// safe to use from several threads.
class SecretFinder {
 public:
  // The rules must outlive this.
  explicit SecretFinder(const std::vector<const SecretRule*>& rules);

  // The secrets in `text`, in order; none overlaps another.
  std::vector<SecretSpan> Find(std::string_view text);
  // What belongs to a secret that a line before `line` began.
  std::optional<SecretSpan> Continued(std::string_view line);

 private:
  std::vector<SecretMatcher> matchers_;
  std::vector<std::size_t> without_literals_;
  LiteralIndex index_;
};

// Puts the spans in order and joins those that overlap. Of those that begin a
// joined span, the one that tells most (its prefix, else its name) shapes it.
void JoinSpans(std::vector<SecretSpan>* spans);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_SECRET_FINDER_H_
