// SPDX-License-Identifier: Apache-2.0
// The only home of RE2.
#ifndef LOGDIAG_SUPPORT_REGEX_H_
#define LOGDIAG_SUPPORT_REGEX_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logdiag {

// A compiled RE2 pattern, `(?P<name>...)` groups. Text is read as Latin-1, so
// that broken UTF-8 cannot stop a match. Cheap to copy; safe to use from
// several threads at once.
class Regex {
 public:
  // Group name and the text it took, in the order of the groups. Views into
  // the searched text. Groups that took no part are left out.
  using Captures = std::vector<std::pair<std::string, std::string_view>>;

  // nullopt if the pattern does not compile; then `*why` says why.
  static std::optional<Regex> Compile(std::string_view pattern,
                                      std::string* why);

  // The pattern that matches `text` and nothing else.
  static std::string Quoted(std::string_view text);

  // While one lives, what Compile made is kept, and given out again for the
  // same pattern: for who reads many logs. At most one at a time.
  class Pool {
   public:
    Pool();
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
  };

  // True if the pattern matches anywhere in `text`.
  bool Search(std::string_view text) const;
  // True if it can match all of `text`.
  bool MatchesAll(std::string_view text) const;
  // The named groups of the first match that begins at `from` or later;
  // nullopt if there is none. What stands before `from` still counts for `^`
  // and `\b`.
  // `begin`, if given, is set to where the match begins.
  std::optional<Captures> Find(std::string_view text, std::size_t from = 0,
                               std::size_t* begin = nullptr) const;

 private:
  struct Compiled;

  explicit Regex(std::shared_ptr<const Compiled> compiled);

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_REGEX_H_
