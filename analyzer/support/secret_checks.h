// SPDX-License-Identifier: Apache-2.0
// What no regex can say of a secret: `check:` of a rule in patterns/secrets.
#ifndef LOGDIAG_SUPPORT_SECRET_CHECKS_H_
#define LOGDIAG_SUPPORT_SECRET_CHECKS_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace logdiag {

struct SecretCheck {
  std::string_view name;
  // False for most texts that hold none; asked before the regex runs.
  bool (*may_hold)(std::string_view text);
  // Whether the `size` bytes at `begin` are one.
  bool (*holds)(std::string_view text, std::size_t begin, std::size_t size);
};

std::span<const std::string_view> SecretCheckNames();

// nullptr if there is none of that name.
const SecretCheck* FindSecretCheck(std::string_view name);

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_SECRET_CHECKS_H_
