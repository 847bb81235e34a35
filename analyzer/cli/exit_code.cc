// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/exit_code.h"

#include <algorithm>
#include <iterator>

namespace logdiag {
namespace {

bool Reaches(Severity severity, FailOn level) {
  switch (level) {
    case FailOn::kNever:
      return false;
    case FailOn::kError:
      return severity >= Severity::kError;
    case FailOn::kWarning:
      return severity >= Severity::kWarning;
    case FailOn::kFinding:
      return severity >= Severity::kNote;
  }
  return false;
}

}  // namespace

int WorseCode(int a, int b) {
  // Worse ones later.
  static constexpr int kOrder[] = {kExitOk, kExitFinding, kExitPartial,
                                   kExitInput};
  const auto rank = [](int code) {
    return std::find(std::begin(kOrder), std::end(kOrder), code);
  };
  return rank(a) < rank(b) ? b : a;
}

int ExitCodeFor(Severity severity, FailOn level) {
  return Reaches(severity, level) ? kExitFinding : kExitOk;
}

}  // namespace logdiag
