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
  const std::string before(120, 'a');
  const std::string after(120, 'z');
  const std::string told =
      ProofOf(before + " no walrus fits here " + after, "no walrus fits here");
  EXPECT_EQ(told.substr(0, 33), "17 | ... " + std::string(23, 'a') + " ");
  EXPECT_NE(told.find("no walrus fits here zzz"), std::string::npos) << told;
  EXPECT_EQ(told.substr(told.size() - 4), " ...");
  // What both ends show needs no window.
  const std::string whole = ProofOf("no walrus " + before + after, "no walrus");
  EXPECT_EQ(whole.substr(0, 18), "17 | no walrus aaa");
  EXPECT_EQ(whole.substr(whole.size() - 3), "zzz");
}

TEST(ProofLines, ACharacterIsNotCutApart) {
  std::string before;
  for (int i = 0; i < 60; ++i) before += "\xe4\xb8\xad";
  const std::string told =
      ProofOf(before + "no walrus" + std::string(90, 'z'), "no walrus");
  EXPECT_EQ(told.substr(0, 12), "17 | ... \xe4\xb8\xad") << told;
}

}  // namespace
}  // namespace logdiag
