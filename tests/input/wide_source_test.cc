// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/wide_source.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/input/line_reader.h"

namespace logdiag {
namespace {

// ASCII and the UTF-16 units of "\xe2\x82\xac\xf0\x9f\x98\x80" for '$'.
std::string Utf16(const std::string& text, bool little, bool mark) {
  std::string out;
  const auto put = [&](unsigned unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xffu);
    out += little ? low : high;
    out += little ? high : low;
  };
  if (mark) put(0xfeff);
  for (const char c : text) {
    if (c != '$') {
      put(static_cast<unsigned char>(c));
      continue;
    }
    put(0x20ac);
    put(0xd83d);
    put(0xde00);
  }
  return out;
}

// The same in UTF-32.
std::string Utf32(const std::string& text, bool little, bool mark) {
  std::string out;
  const auto put = [&](std::uint32_t unit) {
    for (unsigned place = 0; place < 4; ++place) {
      const unsigned shift = 8 * (little ? place : 3 - place);
      out += static_cast<char>(unit >> shift & 0xffu);
    }
  };
  if (mark) put(0xfeff);
  for (const char c : text) {
    if (c != '$') {
      put(static_cast<unsigned char>(c));
      continue;
    }
    put(0x20ac);
    put(0x1f600);
  }
  return out;
}

std::vector<std::string> Lines(const std::string& bytes, std::size_t chunk) {
  const auto inner = FromMemory(bytes);
  WideSource source(inner.get());
  LineReader reader(&source, chunk);
  std::vector<std::string> lines;
  Line line;
  while (reader.Next(&line))
    lines.push_back(std::to_string(line.number) + "|" + std::string(line.text));
  return lines;
}

TEST(WideSource, ConvertsBothOrdersWithAndWithoutMark) {
  const std::string text = "got prompt\r\nprice $ and more of it\n";
  const std::vector<std::string> expected = {
      "1|got prompt\r", "2|price \xe2\x82\xac\xf0\x9f\x98\x80 and more of it"};
  for (const bool little : {true, false}) {
    for (const bool mark : {true, false}) {
      for (const std::size_t chunk : {1u, 7u, 65'536u}) {
        EXPECT_EQ(Lines(Utf16(text, little, mark), chunk), expected);
        EXPECT_EQ(Lines(Utf32(text, little, mark), chunk), expected);
      }
    }
  }
}

TEST(WideSource, WhatIsNoCharacterIsReplaced) {
  // A surrogate, a number beyond the last character, and a cut one.
  std::string bytes = Utf32("a", true, true);
  bytes += std::string("\x00\xd8\x00\x00\x00\x00\x11\x00\x41\x00", 10);
  const std::string replaced = "\xef\xbf\xbd";
  EXPECT_EQ(Lines(bytes, 9)[0], "1|a" + replaced + replaced + replaced);
}

TEST(WideSource, LeavesOtherBytes) {
  const std::string others[] = {"",
                                "a",
                                "got prompt\nmore of it, and more\n",
                                "\xef\xbb\xbfgot prompt\n",
                                std::string(100, '\0') + "got prompt\n",
                                std::string("a\0b\0c\r\n", 7)};
  for (const std::string& bytes : others) {
    const auto inner = FromMemory(bytes);
    WideSource source(inner.get());
    std::string all(2000, '\0');
    std::size_t size = 0;
    for (;;) {
      const auto got = source.Read(all.data() + size, 5);
      ASSERT_TRUE(got.ok());
      if (got.value() == 0) break;
      size += got.value();
    }
    EXPECT_EQ(all.substr(0, size), bytes);
    EXPECT_TRUE(source.CanReadAt());
  }
}

TEST(WideSource, HalvesOfCharactersAreReplaced) {
  std::string bytes = Utf16("a", true, true) + "\x3d\xd8";
  EXPECT_EQ(Lines(bytes, 9)[0], "1|a\xef\xbf\xbd");
  EXPECT_EQ(Lines(bytes + "b", 9)[0], "1|a\xef\xbf\xbd");
  EXPECT_EQ(Lines(bytes + Utf16("c", true, false), 9)[0],
            "1|a\xef\xbf\xbd"
            "c");
}

}  // namespace
}  // namespace logdiag
