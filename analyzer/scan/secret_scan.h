// SPDX-License-Identifier: Apache-2.0
// Takes note of the secrets of a log while it is read, when nothing has been
// cut yet.
#ifndef LOGDIAG_SCAN_SECRET_SCAN_H_
#define LOGDIAG_SCAN_SECRET_SCAN_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/record.h"
#include "analyzer/model/secrets.h"
#include "analyzer/support/secret_finder.h"

namespace logdiag {

// Three things that a report cannot find in what it quotes: values that only
// another line names, values of which a cut leaves the first half, and lines
// that go on with a private key.
class SecretScan {
 public:
  // `rules` must outlive this.
  explicit SecretScan(const std::vector<SecretRule>* rules);

  void Look(const Record& record);
  Secrets Take() { return std::move(secrets_); }

 private:
  void Note(std::string_view body, const SecretSpan& span, bool may_be_cut);
  // Whether the record goes on with a secret of one before.
  bool GoesOn(const Record& record);
  void AddLine(std::uint64_t line);

  SecretFinder in_short_;  // rules whose finds matter for other lines
  SecretFinder in_long_;   // all rules
  std::set<std::string, std::less<>> known_;
  Secrets secrets_;
  std::size_t newest_ = 0;         // place of the next value once all are taken
  SecretMatcher* open_ = nullptr;  // found what may go on; nullptr = nothing
  std::uint64_t open_line_ = 0;    // the last line of that
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_SECRET_SCAN_H_
