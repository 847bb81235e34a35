// SPDX-License-Identifier: Apache-2.0
// Hiding what must not leave the pod: tokens, keys, passwords, names of
// persons, public addresses. What these are is in patterns/secrets.
#ifndef LOGDIAG_REPORTS_REDACT_H_
#define LOGDIAG_REPORTS_REDACT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/secrets.h"
#include "analyzer/support/secret_finder.h"

namespace logdiag {

// Keeps the shape: "hf_...[redacted 34]" stands for a token with a known prefix
// and 34 characters that are hidden, "[user]" for the name of a home. A value
// that was found once is hidden wherever it stands.
class Redactor {
 public:
  // By kind, how many different values.
  using Kinds = std::map<std::string, std::uint64_t, std::less<>>;

  // `catalogue` must outlive this. `found` is what the analysis has found in
  // the log.
  explicit Redactor(const Catalogue& catalogue, Secrets found = {});

  // Takes note of what `text` holds, for the texts in which nothing tells it.
  void Learn(std::string_view text);
  // `line`: that the text was taken from; 0 = none.
  std::string Redact(std::string_view text, std::uint64_t line = 0);

  // How many different values were hidden so far.
  std::uint64_t hidden() const { return hidden_.size(); }
  Kinds kinds() const;

 private:
  // Appends where a known value stands, whole or cut off.
  void FindKnown(std::string_view text, std::vector<SecretSpan>* spans) const;
  // Appends what belongs to a secret that began on a line before.
  void FindContinued(std::string_view text, std::uint64_t line,
                     std::vector<SecretSpan>* spans);
  // The whole value of which `shown` may be the first part.
  std::string_view WholeOf(std::string_view shown) const;

  SecretFinder finder_;
  Secrets found_;
  std::map<std::string, std::string, std::less<>> hidden_;  // value -> kind
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_REDACT_H_
