// Hiding what must not leave the pod: tokens, keys, passwords in URLs, names of
// home directories, public IPv4 addresses.
#ifndef LOGDIAG_REPORTS_REDACT_H_
#define LOGDIAG_REPORTS_REDACT_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/regex.h"

namespace logdiag {

// Replaces secrets by "[secret]", home names by "[user]" and public addresses
// by "[ip]". Shapes that cannot be told from harmless text are left alone:
// four small numbers with dots are read as a version, not as an address.
class Redactor {
 public:
  Redactor();

  std::string Redact(std::string_view text);

  // How many different values were hidden so far.
  std::uint64_t hidden() const { return hidden_.size(); }

 private:
  struct Rule {
    Regex regex;  // the group `secret` is what is hidden
    std::string_view replacement;
    bool (*applies)(std::string_view secret);
  };

  std::string Apply(const Rule& rule, std::string_view text);

  std::vector<Rule> rules_;
  std::set<std::string, std::less<>> hidden_;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_REDACT_H_
