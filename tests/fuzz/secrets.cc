// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what finds the secrets of a log, and what hides them.
#include <string>
#include <vector>

#include "analyzer/scan/secret_scan.h"
#include "reports/words/redact.h"
#include "tests/fuzz/built_in.h"
#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

// So much of a value stands nowhere by chance, nor in our own words.
constexpr std::size_t kTelling = 24;

std::size_t CountOf(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

SecretFinder& Finder() {
  static SecretFinder* const finder = [] {
    std::vector<const SecretRule*> rules;
    for (const SecretRule& rule : BuiltIn().secrets) rules.push_back(&rule);
    return new SecretFinder(rules);
  }();
  return *finder;
}

void CheckLine(std::string_view line, std::string_view shown) {
  std::size_t end = 0;
  for (const SecretSpan& span : Finder().Find(line)) {
    Require(span.begin >= end && span.end() <= line.size(),
            "secrets stand in the line, one behind the other");
    end = span.end();
    Require(span.keep <= span.size, "no more is kept than there is");
    const std::string_view value =
        line.substr(span.begin + span.keep, span.size - span.keep);
    if (value.size() < kTelling) continue;
    Require(CountOf(shown, value) < CountOf(line, value),
            "what was found is hidden");
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const auto lines = LinesOf(TextOf(data, size));
  SecretScan scan(&BuiltIn().secrets);
  Record record;
  for (const std::string_view line : lines) {
    ++record.line;
    record.body = line;
    scan.Look(record);
  }
  Redactor redactor(BuiltIn(), scan.Take());
  std::uint64_t number = 0;
  for (const std::string_view line : lines) {
    CheckLine(line, redactor.Redact(line, ++number));
  }
  std::uint64_t by_kind = 0;
  for (const auto& [kind, count] : redactor.kinds()) by_kind += count;
  Require(by_kind == redactor.hidden(), "the kinds add up");
  return 0;
}
