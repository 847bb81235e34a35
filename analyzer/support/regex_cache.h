// SPDX-License-Identifier: Apache-2.0
// Regexes compiled on first need, and only if the text may match.
#ifndef LOGDIAG_SUPPORT_REGEX_CACHE_H_
#define LOGDIAG_SUPPORT_REGEX_CACHE_H_

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/regex.h"

namespace logdiag {

// A pattern that does not compile never matches (the loader refuses it
// earlier). Not safe to use from several threads.
class RegexCache {
 public:
  // `needs` must outlive the cache; a pattern that it does not name is
  // compiled as soon as it is asked for.
  explicit RegexCache(const RegexNeeds* needs) : needs_(needs) {}

  // True if `pattern`, which must outlive the cache, matches anywhere in
  // `text`.
  bool Search(std::string_view pattern, std::string_view text);
  // As Search, with what the named groups of the match took.
  std::optional<Regex::Captures> Find(std::string_view pattern,
                                      std::string_view text);

 private:
  struct Entry {
    const std::vector<KnownText>* needs = nullptr;
    bool compiled = false;
    std::optional<Regex> regex;
  };

  const RegexNeeds* needs_;
  std::unordered_map<std::string_view, Entry> entries_;
  // Compiled; nullptr if it cannot match `text`.
  const Regex* ThatMayMatch(std::string_view pattern, std::string_view text);
  void Fold(std::string_view text);
  // Whether one of `needs` stands in `folded_`.
  bool HoldsAny(const std::vector<KnownText>& needs) const;

  // The text searched last, as hundreds of patterns ask about one text.
  std::string text_;
  std::string folded_;
  // A bit for each three bytes in a row of `folded_`, by hash: most words
  // are ruled out by it, without a search.
  std::bitset<4096> grams_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_REGEX_CACHE_H_
