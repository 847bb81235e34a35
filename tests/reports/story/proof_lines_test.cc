// SPDX-License-Identifier: Apache-2.0
#include "reports/story/proof_lines.h"

#include <gtest/gtest.h>

#include <string>

#include "reports/report.h"
#include "tests/reports/expect_parts.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

// The proof where a long line is told with `value`.
std::string ProofOf(const std::string& line, const std::string& value) {
  Diagnosis d = VramError();
  Evidence item;
  item.quote = {17, 0, std::nullopt, line};
  item.says = {"the reason: {reason}", {{"reason", value}}};
  item.weight_db = 40;
  d.evidence = {item};
  const std::string report = Core(WriteMarkdown(d, SampleCatalogue(), {}));
  const std::size_t begin = report.find("17 | ");
  return begin == report.npos
             ? report
             : report.substr(begin, report.find('\n', begin) - begin);
}

TEST(ProofLines, ALongLineShowsWhatItIsToldWith) {
  const std::string as(120, 'a');
  const std::string zs(120, 'z');
  EXPECT_EQ(ProofOf("Error: " + as + " no walrus fits " + zs, "no walrus fits"),
            "17 | Error: " + std::string(21, 'a') + " ... " +
                std::string(11, 'a') + " no walrus fits " +
                std::string(45, 'z') + " ...");
  EXPECT_EQ(ProofOf("Error: " + as + " no walrus" + std::string(60, 'z'),
                    "no walrus"),
            "17 | Error: " + std::string(21, 'a') + " ... " +
                std::string(11, 'a') + " no walrus" + std::string(51, 'z') +
                " ...");
  // What both ends show needs no window.
  const std::string whole = ProofOf("no walrus " + as + zs, "no walrus");
  EXPECT_EQ(whole.substr(0, 18), "17 | no walrus aaa");
  EXPECT_EQ(whole.substr(whole.size() - 3), "zzz");
}

TEST(ProofLines, ACharacterIsNotCutApart) {
  std::string before;
  for (int i = 0; i < 60; ++i) before += "\xe4\xb8\xad";
  const std::string told =
      ProofOf(before + "no walrus" + std::string(90, 'z'), "no walrus");
  EXPECT_NE(told.find("\xe4\xb8\xad ... \xe4\xb8\xad"), told.npos) << told;
}

}  // namespace
}  // namespace logdiag
