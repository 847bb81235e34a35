// SPDX-License-Identifier: Apache-2.0
#include "reports/words/fingerprint.h"

#include <fmt/format.h>

#include <string_view>

#include "analyzer/support/hash.h"

namespace logdiag {
namespace {

std::string Shape(std::string_view text) {
  std::string shape;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !shape.empty() && shape.back() == '#') continue;
    shape += digit ? '#' : c;
  }
  return shape;
}

std::string_view TellingLine(const Diagnosis& diagnosis) {
  for (const Evidence& evidence : diagnosis.evidence) {
    if (!evidence.quote.text.empty()) return evidence.quote.text;
  }
  if (diagnosis.incident) return diagnosis.incident->quote.text;
  return {};
}

}  // namespace

std::string Fingerprint(const Diagnosis& diagnosis) {
  return Fingerprint(diagnosis.outcome, diagnosis.cause, diagnosis.phase,
                     TellingLine(diagnosis));
}

std::string Fingerprint(std::string_view outcome, std::string_view cause,
                        std::string_view phase, std::string_view line) {
  return ShortHash(
      fmt::format("{}\n{}\n{}\n{}", outcome, cause, phase, Shape(line)));
}

}  // namespace logdiag
