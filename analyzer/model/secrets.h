// SPDX-License-Identifier: Apache-2.0
// What a log holds that must not be shown, found before any text was cut.
#ifndef LOGDIAG_MODEL_SECRETS_H_
#define LOGDIAG_MODEL_SECRETS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace logdiag {

// A value that a rule of Catalogue::secrets found.
struct Secret {
  std::string value;
  std::string kind;      // SecretRule::kind
  std::string shown_as;  // SecretRule::shown_as
  std::size_t keep = 0;  // bytes at its start that may be shown
  bool spreads = false;  // it is hidden wherever it stands, not only cut off

  bool operator==(const Secret&) const = default;
};

struct LineRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  bool operator==(const LineRange&) const = default;
};

struct Secrets {
  std::vector<Secret> values;  // capped
  // Lines that go on with a secret which began on a line before; capped.
  std::vector<LineRange> lines;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_SECRETS_H_
