// Regexes compiled on first need, and only if the text may match.
#ifndef LOGDIAG_SUPPORT_REGEX_CACHE_H_
#define LOGDIAG_SUPPORT_REGEX_CACHE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/support/regex.h"

namespace logdiag {

// What NeedsOf says of patterns, by pattern.
using RegexNeeds = std::map<std::string, std::vector<std::string>, std::less<>>;

// A pattern that does not compile never matches (the loader refuses it
// earlier). Not safe to use from several threads.
class RegexCache {
 public:
  // `needs` must outlive the cache; a pattern that it does not name is
  // compiled as soon as it is asked for.
  explicit RegexCache(const RegexNeeds* needs) : needs_(needs) {}

  // True if `pattern` matches anywhere in `text`.
  bool Search(const std::string& pattern, std::string_view text);

 private:
  struct Entry {
    const std::vector<std::string>* needs = nullptr;
    bool compiled = false;
    std::optional<Regex> regex;
  };

  const RegexNeeds* needs_;
  std::unordered_map<std::string, Entry> entries_;
  // The text searched last, as hundreds of patterns ask about one text.
  std::string text_;
  std::string folded_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_REGEX_CACHE_H_
