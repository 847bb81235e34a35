// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_SUPPORT_LAZY_REGEX_H_
#define LOGDIAG_SUPPORT_LAZY_REGEX_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/regex.h"

namespace logdiag {

// A regex that is compiled at its first use; without a pattern, or with one
// that does not compile, it matches nothing.
class LazyRegex {
 public:
  LazyRegex() = default;
  explicit LazyRegex(std::string pattern) : pattern_(std::move(pattern)) {}

  // nullptr if it matches nothing.
  const Regex* get() {
    if (!std::exchange(compiled_, true) && !pattern_.empty()) {
      regex_ = Regex::Compile(pattern_, nullptr);
    }
    return regex_ ? &*regex_ : nullptr;
  }
  // True if it matches anywhere in `text`.
  bool Search(std::string_view text) {
    const Regex* regex = get();
    return regex != nullptr && regex->Search(text);
  }

 private:
  std::string pattern_;
  bool compiled_ = false;
  std::optional<Regex> regex_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_LAZY_REGEX_H_
