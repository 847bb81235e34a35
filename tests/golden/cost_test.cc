// SPDX-License-Identifier: Apache-2.0
// What a byte of a log costs, whatever the log holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <string>
#include <string_view>

#include "analyzer/knowledge/loader.h"
#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

constexpr std::size_t kBytes = std::size_t{3} << 19;

// `line` again and again.
std::string Filled(std::string_view line) {
  std::string text;
  while (text.size() < kBytes) text += line;
  return text;
}

// Seconds of the processor a byte, the least of a few times.
double CostOf(const std::string& text, std::uint64_t* crowded) {
  double least = std::numeric_limits<double>::max();
  for (int time = 0; time < 2; ++time) {
    const std::clock_t begin = std::clock();
    *crowded = DiagnoseText(text).coverage.crowded_lines;
    least = std::min(least, static_cast<double>(std::clock() - begin));
  }
  return least / CLOCKS_PER_SEC / static_cast<double>(text.size());
}

TEST(Cost, OfALineWithEveryLiteralIsBounded) {
  const Result<Catalogue> loaded = LoadBuiltIn();
  ASSERT_TRUE(loaded.ok());
  std::string bare;
  std::string quoted;
  for (const Marker& marker : loaded.value().markers) {
    for (const std::string_view literal : marker.literals) {
      bare += std::string(literal) + " ";
      quoted += "\"" + std::string(literal) + "\" ";
    }
  }
  std::string headers = "[INFO] \"";
  for (int i = 0; i < 2000; ++i)
    headers += "Traceback (most recent call last): ";
  headers += "\"";
  const std::string normal = ReadFile(std::string(LOGDIAG_SOURCE_DIR) +
                                      "/fixtures/runs/healthy-day/pod.log");
  std::uint64_t crowded = 0;
  const double usual = CostOf(Filled(normal), &crowded);
  EXPECT_EQ(crowded, 0U);
  const struct {
    std::string line;
    bool crowded;
  } kLines[] = {
      {bare, true}, {quoted, true}, {"error: " + bare, true}, {headers, false}};
  for (const auto& test : kLines) {
    const double cost = CostOf(Filled(test.line + "\n"), &crowded);
    EXPECT_LT(cost, 20 * usual) << test.line.substr(0, 60);
    EXPECT_EQ(crowded > 0, test.crowded) << test.line.substr(0, 60);
  }
}

}  // namespace
}  // namespace logdiag
