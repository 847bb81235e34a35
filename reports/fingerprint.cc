#include "reports/fingerprint.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

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

std::uint64_t Fnv1a(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ull;
  }
  return hash;
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
  const std::string key =
      fmt::format("{}\n{}\n{}\n{}", diagnosis.outcome, diagnosis.cause,
                  diagnosis.phase, Shape(TellingLine(diagnosis)));
  return fmt::format("{:016x}", Fnv1a(key));
}

}  // namespace logdiag
