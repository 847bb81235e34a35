// SPDX-License-Identifier: Apache-2.0
// What must hold for every log, shown on all fixtures.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

// How many places each log is cut at; the shortest log is cut at every byte.
constexpr std::size_t kCuts = 10;
constexpr std::size_t kCutBytes = 16384;  // read of one fixture, roughly

std::string PodLog(const Fixture& fixture) {
  return ReadFile(fixture.folder + "/pod.log");
}

std::string WithCrLf(std::string_view log) {
  std::string out;
  for (const char c : log) {
    if (c == '\n' && (out.empty() || out.back() != '\r')) out += '\r';
    out += c;
  }
  return out;
}

void ExpectSameStory(const Diagnosis& a, const Diagnosis& b,
                     const std::string& name) {
  EXPECT_EQ(a.outcome, b.outcome) << name;
  EXPECT_EQ(a.cause, b.cause) << name;
  EXPECT_EQ(a.phase, b.phase) << name;
  EXPECT_EQ(a.timeline.counts.sessions, b.timeline.counts.sessions) << name;
  EXPECT_EQ(a.timeline.counts.prompts, b.timeline.counts.prompts) << name;
  EXPECT_EQ(a.timeline.counts.failed, b.timeline.counts.failed) << name;
}

TEST(Properties, SameBytesInChunksOfAnySize) {
  for (const Fixture& fixture : AllFixtures()) {
    const std::string log = PodLog(fixture);
    const std::string whole = JsonOf(log, 65536);
    EXPECT_EQ(JsonOf(log, 1), whole) << fixture.name;
    EXPECT_EQ(JsonOf(log, 7), whole) << fixture.name;
  }
}

TEST(Properties, CrLfReadsAsLf) {
  for (const Fixture& fixture : AllFixtures()) {
    const std::string log = PodLog(fixture);
    ExpectSameStory(DiagnoseText(WithCrLf(log)), DiagnoseText(log),
                    fixture.name);
  }
}

// A log that stops anywhere is read to its end, and the verdict is one of the
// taxonomy's.
TEST(Properties, AnyCutIsRead) {
  std::string shortest;
  for (const Fixture& fixture : AllFixtures()) {
    const std::string log = PodLog(fixture);
    if (shortest.empty() || log.size() < shortest.size()) shortest = log;
    // Long logs cost most and differ least from each other.
    const std::size_t cuts =
        std::clamp<std::size_t>(kCutBytes / log.size(), 2, kCuts);
    for (std::size_t i = 1; i <= cuts; ++i) {
      const std::size_t size = std::max<std::size_t>(1, log.size() * i / cuts);
      const Diagnosis diagnosis =
          DiagnoseText(std::string_view(log).substr(0, size - 1 + i % 2));
      EXPECT_FALSE(diagnosis.outcome.empty()) << fixture.name << " " << size;
      EXPECT_EQ(diagnosis.source.bytes, size - 1 + i % 2) << fixture.name;
    }
  }
  for (std::size_t size = 1; size <= shortest.size(); ++size) {
    EXPECT_FALSE(
        DiagnoseText(std::string_view(shortest).substr(0, size)).cause.empty());
  }
}

// Drops the stamp of a RunPod or docker line: the story of an error does not
// hang on the clock.
TEST(Properties, ErrorsNeedNoClock) {
  constexpr std::size_t kStampBytes = 31;  // "2025-01-02T03:04:05.678901234Z "
  std::size_t checked = 0;
  for (const Fixture& fixture : AllFixtures()) {
    if (fixture.outcome != "error") continue;
    // Here the clock alone shows that the waiter gave up too soon.
    if (fixture.name == "network/handler-before-its-server") continue;
    const std::string log = PodLog(fixture);
    std::string bare;
    bool stamped = true;
    for (std::size_t at = 0; at < log.size() && stamped;) {
      const std::size_t end = std::min(log.find('\n', at), log.size());
      const std::string_view line(log.data() + at, end - at);
      stamped = line.size() >= kStampBytes && line[10] == 'T' &&
                line[29] == 'Z' && line[30] == ' ';
      if (stamped) bare.append(line.substr(kStampBytes)).append("\n");
      at = end + 1;
    }
    if (!stamped) continue;
    ++checked;
    ExpectSameStory(DiagnoseText(bare), DiagnoseText(log), fixture.name);
  }
  EXPECT_GE(checked, 3u);
}

}  // namespace
}  // namespace logdiag
