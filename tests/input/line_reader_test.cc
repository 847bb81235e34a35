// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/line_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace logdiag {
namespace {

struct Read {
  std::string text;
  std::uint64_t number;
  std::uint64_t offset;
  bool terminated;
  bool cut;
  bool operator==(const Read&) const = default;
};

std::vector<Read> ReadAll(std::string_view bytes, std::size_t chunk) {
  const auto source = FromMemory(bytes);
  LineReader reader(source.get(), chunk);
  std::vector<Read> lines;
  Line line;
  while (reader.Next(&line)) {
    lines.push_back({std::string(line.text), line.number, line.offset,
                     line.terminated, line.cut});
  }
  EXPECT_FALSE(reader.error().has_value());
  EXPECT_EQ(reader.bytes(), bytes.size());
  EXPECT_EQ(reader.lines(), lines.size());
  return lines;
}

TEST(LineReader, SplitsOnLineFeedOnly) {
  const std::vector<Read> expected = {
      {"got prompt\r", 1, 0, true, false},
      {"", 2, 12, true, false},
      {"\r 50%|#  \r100%|###", 3, 13, true, false},
      {"Starting server", 4, 32, false, false}};
  EXPECT_EQ(ReadAll("got prompt\r\n\n\r 50%|#  \r100%|###\nStarting server",
                    LineReader::kChunkBytes),
            expected);
}

TEST(LineReader, AnEmptyInputHasNoLine) {
  EXPECT_TRUE(ReadAll("", 7).empty());
  EXPECT_EQ(ReadAll("\n", 7).size(), 1u);
}

TEST(LineReader, DropsAByteOrderMarkAtTheStartOnly) {
  const std::string mark = "\xef\xbb\xbf";
  const auto lines = ReadAll(mark + "a\n" + mark + "b\n", 2);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text, "a");
  EXPECT_EQ(lines[0].offset, 0u);
  EXPECT_EQ(lines[1].text, mark + "b");
  EXPECT_EQ(lines[1].offset, 5u);
}

TEST(LineReader, AnyChunkSizeGivesTheSameLines) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    bytes += std::string(static_cast<std::size_t>(i * 7 % 90), 'x') + '\0' +
             std::to_string(i) + (i % 3 == 0 ? "\r\n" : "\n");
  }
  bytes += "no end";
  const auto expected = ReadAll(bytes, bytes.size() + 1);
  ASSERT_EQ(expected.size(), 301u);
  for (const std::size_t chunk : {1u, 2u, 7u, 64u, 4096u, 65536u}) {
    EXPECT_EQ(ReadAll(bytes, chunk), expected) << "chunk " << chunk;
  }
}

TEST(LineReader, PassesOverNulsAndCountsThem) {
  const std::string hole(100'000, '\0');
  const std::string bytes = hole + "one\n" + "tw" + hole + "o" + hole + "\n" +
                            hole + "three\n\n" + hole;
  const std::vector<Read> expected = {
      {"one", 1, hole.size(), true, false},
      {"two", 2, hole.size() + 4, true, false},
      {"three", 3, 4 * hole.size() + 8, true, false},
      {"", 4, 4 * hole.size() + 14, true, false}};
  for (const std::size_t chunk : {1u, 7u, 65536u, 1u << 20}) {
    EXPECT_EQ(ReadAll(bytes, chunk), expected) << "chunk " << chunk;
  }
  const auto source = FromMemory(bytes);
  LineReader reader(source.get());
  Line line;
  while (reader.Next(&line)) continue;
  EXPECT_EQ(reader.nuls(), 5 * hole.size());
  EXPECT_TRUE(reader.any_text());
  EXPECT_TRUE(reader.is_text());
}

TEST(LineReader, NothingButNulsIsNoText) {
  for (const std::string end : {"", "\n", "\n\n"}) {
    const std::string bytes = std::string(300'000, '\0') + end;
    const auto source = FromMemory(bytes);
    LineReader reader(source.get());
    Line line;
    while (reader.Next(&line)) EXPECT_EQ(line.text, "");
    EXPECT_EQ(reader.bytes(), bytes.size());
    EXPECT_FALSE(reader.any_text());
  }
}

TEST(LineReader, BytesThatAreNoTextEndItSoon) {
  std::string bytes;
  for (unsigned i = 0; i < 2'000'000; ++i) {
    const char c = static_cast<char>(i * 2654435761u >> 24);
    bytes += c == '\n' ? 'x' : c;
  }
  for (const std::size_t chunk : {4096u, 65536u}) {
    const auto source = FromMemory(bytes);
    LineReader reader(source.get(), chunk);
    Line line;
    while (reader.Next(&line)) continue;
    EXPECT_FALSE(reader.is_text());
    EXPECT_LE(reader.bytes(), 3u * 65536u);
  }
}

TEST(LineReader, CutsLongLinesAndGoesOnBehindThem) {
  const std::string exact(kMaxLineBytes, 'e');
  const std::string longer(kMaxLineBytes + 1, 'l');
  const std::string longest(5 * kMaxLineBytes + 3, 'm');
  const std::string bytes = "first\n" + longer + "\n" + exact + "\nmiddle\n" +
                            longest + "\nlast\n" + longer;
  const auto expected = ReadAll(bytes, LineReader::kChunkBytes);
  ASSERT_EQ(expected.size(), 7u);
  EXPECT_TRUE(expected[1].cut);
  EXPECT_EQ(expected[1].text, longer.substr(0, kMaxLineBytes));
  EXPECT_FALSE(expected[2].cut);
  EXPECT_EQ(expected[2].text, exact);
  EXPECT_EQ(expected[3].text, "middle");
  EXPECT_EQ(expected[3].offset, 6 + longer.size() + 1 + exact.size() + 1);
  EXPECT_TRUE(expected[4].cut);
  EXPECT_EQ(expected[5].text, "last");
  EXPECT_TRUE(expected[6].cut);
  EXPECT_FALSE(expected[6].terminated);
  for (const std::size_t chunk : {1000u, 65536u, 1u << 20, 1u << 23}) {
    EXPECT_TRUE(ReadAll(bytes, chunk) == expected) << "chunk " << chunk;
  }
  const auto source = FromMemory(bytes);
  LineReader reader(source.get());
  Line line;
  while (reader.Next(&line)) continue;
  EXPECT_EQ(reader.cut_lines(), 3u);
}

// Gives some bytes, then fails.
class BrokenSource : public ByteSource {
 public:
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, rest_.size());
    if (count == 0) return Error{"pod.log", "input/output error"};
    std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_ = "whole\nhalf";
};

TEST(LineReader, GivesWhatCameBeforeAnError) {
  BrokenSource source;
  LineReader reader(&source);
  Line line;
  ASSERT_TRUE(reader.Next(&line));
  EXPECT_EQ(line.text, "whole");
  ASSERT_TRUE(reader.Next(&line));
  EXPECT_EQ(line.text, "half");
  EXPECT_FALSE(line.terminated);
  EXPECT_FALSE(reader.Next(&line));
  ASSERT_TRUE(reader.error().has_value());
  EXPECT_EQ(reader.error()->ToString(), "pod.log: input/output error");
}

}  // namespace
}  // namespace logdiag
