// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/backward_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/input/line_reader.h"

namespace logdiag {
namespace {

std::string Text(const Line& line) {
  return std::to_string(line.number) + "|" + std::to_string(line.offset) + "|" +
         (line.terminated ? "." : "!") + (line.cut ? "cut" : "") + "|" +
         std::string(line.text.substr(0, 40)) +
         std::to_string(line.text.size());
}

TEST(BackwardReader, GivesTheLinesOfTheLineReader) {
  const std::string logs[] = {
      "",
      "\n",
      "\n\n\n",
      "one",
      "one\n",
      "one\r\n\ntwo\nthree",
      "\xef\xbb\xbfone\ntwo\n",
      "a\n" + std::string(kMaxLineBytes, 'x') + "\nb\n",
      "a\n" + std::string(kMaxLineBytes + 1, 'x') + "\nb",
      std::string(3 * kMaxLineBytes, 'x') + "\n",
      "a\ny" + std::string(3 * kMaxLineBytes, 'x'),
      std::string(50, '\0') + "a\nb" + std::string(50, '\0') + "c\n" +
          std::string(50, '\0') + "d\n" + std::string(50, '\0'),
      "a\nb" + std::string(50, '\0'),
  };
  for (const std::string& log : logs) {
    for (const std::size_t block : {1u, 7u, 262'144u}) {
      // Single bytes of a long line would take long.
      if (block < 100 && log.size() > 1000) continue;
      const auto source = FromMemory(log);
      LineReader lines(source.get());
      std::vector<std::string> forward;
      Line line;
      while (lines.Next(&line)) forward.push_back(Text(line));
      BackwardReader reader(source.get(), lines.bytes(), lines.lines(), block);
      std::vector<std::string> backward;
      while (reader.Previous(&line)) backward.push_back(Text(line));
      std::reverse(backward.begin(), backward.end());
      EXPECT_EQ(backward, forward);
      EXPECT_FALSE(reader.error());
    }
  }
}

TEST(BackwardReader, SaysThatAFileBecameShorter) {
  const auto source = FromMemory("one\ntwo\n");
  BackwardReader reader(source.get(), 100, 9);
  Line line;
  EXPECT_FALSE(reader.Previous(&line));
  EXPECT_TRUE(reader.error());
}

}  // namespace
}  // namespace logdiag
