// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/deduplicator.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kLogger =
    "execution.py        :423  2025-03-02 07:00:01,000 ";

// A message of `frames` frames, each of two lines.
Texts Message(int frames) {
  Texts lines = {"!!! Exception during processing !!! x",
                 "Traceback (most recent call last):"};
  for (int i = 0; i < frames; ++i) {
    lines.push_back("  File \"/a.py\", line " + std::to_string(i) + ", in f");
    lines.push_back("    f()");
  }
  lines.push_back("ValueError: x");
  return lines;
}

TEST(Deduplicator, PairsMessagesOfSeveralLines) {
  for (const int frames : {1, 3, 9, 18}) {
    const std::string message = JoinedTexts(Message(frames));
    const std::string bare = "got prompt\n" + message;
    Texts expected = Message(frames);
    expected.insert(expected.begin(), "got prompt");
    expected.push_back("Prompt executed in 3.0 seconds");
    const std::string end = "Prompt executed in 3.0 seconds\n";
    EXPECT_EQ(ReadBodies(bare + kLogger + message + end), expected);
    EXPECT_EQ(ReadBodies("got prompt\n" + (kLogger + message) + message + end),
              expected);
  }
}

TEST(Deduplicator, TheSameFailureTwiceIsTwoFailures) {
  const std::string message = JoinedTexts(Message(3));
  const ReadLog read =
      ReadRecords(message + kLogger + message + message + kLogger + message);
  EXPECT_EQ(read.records.size(), 2 * Message(3).size());
  EXPECT_EQ(read.summary.duplicate_lines, 2 * Message(3).size());
}

TEST(Deduplicator, WithoutALoggerNothingIsACopy) {
  const std::string message = JoinedTexts(Message(3));
  EXPECT_EQ(ReadBodies(message + message).size(), 2 * Message(3).size());
}

TEST(Deduplicator, ACopyThatDepartsIsReadFromThereOn) {
  Texts other = Message(3);
  other[4] = "  File \"/b.py\", line 7, in g";
  const Texts bodies =
      ReadBodies(JoinedTexts(Message(3)) + kLogger + JoinedTexts(other));
  EXPECT_EQ(bodies.size(), Message(3).size() + other.size() - 4);
}

}  // namespace
}  // namespace logdiag
