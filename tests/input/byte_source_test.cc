// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/byte_source.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

namespace logdiag {
namespace {

std::string Drain(ByteSource* source, std::size_t size) {
  std::string all;
  std::array<char, 64> buffer;
  for (;;) {
    const Result<std::size_t> got = source->Read(buffer.data(), size);
    if (!got.ok() || got.value() == 0) return all;
    all.append(buffer.data(), got.value());
  }
}

TEST(ByteSource, ReadsMemoryInAnySteps) {
  const auto source = FromMemory("one\ntwo\n");
  EXPECT_EQ(Drain(source.get(), 3), "one\ntwo\n");
  EXPECT_EQ(Drain(source.get(), 3), "");
}

TEST(ByteSource, ReadsAFile) {
  const std::string path = testing::TempDir() + "byte_source_test.log";
  const std::string bytes("a\0b\r\n", 5);
  std::ofstream(path, std::ios::binary) << bytes;
  auto opened = OpenFile(path);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(Drain(opened.value().get(), 2), bytes);
  std::remove(path.c_str());
}

TEST(ByteSource, SaysWhyAFileCannotBeOpened) {
  const auto missing = OpenFile("/nonexistent/pod.log");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().where, "/nonexistent/pod.log");
  EXPECT_NE(missing.error().message.find("no such file"), std::string::npos);

  const auto directory = OpenFile("/");
  ASSERT_FALSE(directory.ok());
  EXPECT_NE(directory.error().message.find("is a directory"),
            std::string::npos);
}

}  // namespace
}  // namespace logdiag
