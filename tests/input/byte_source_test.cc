// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/byte_source.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
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

// A file in the folder for tests that is gone at the end.
class ScratchFile {
 public:
  ScratchFile(const std::string& name, const std::string& bytes)
      : path_(testing::TempDir() + name) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~ScratchFile() { std::filesystem::remove(path_); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(ByteSource, AFileIsAsLongAsItWasWhenOpened) {
  const ScratchFile file("grows.log", "one\ntwo\n");
  const auto opened = OpenFile(file.path());
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened.value()->Size(), 8u);
  std::ofstream(file.path(), std::ios::app) << "three\n";
  EXPECT_EQ(Drain(opened.value().get(), 3), "one\ntwo\n");
}

TEST(ByteSource, AFileThatBecomesShorterIsAnError) {
  const ScratchFile file("shrinks.log", std::string(1000, 'x'));
  const auto opened = OpenFile(file.path());
  ASSERT_TRUE(opened.ok());
  std::array<char, 400> buffer;
  ASSERT_TRUE(opened.value()->Read(buffer.data(), buffer.size()).ok());
  std::filesystem::resize_file(file.path(), 600);
  EXPECT_EQ(opened.value()->Read(buffer.data(), buffer.size()).value(), 200u);
  const auto end = opened.value()->Read(buffer.data(), buffer.size());
  ASSERT_FALSE(end.ok());
  EXPECT_EQ(end.error().message,
            "the file became shorter while it was read: 600 of 1,000 bytes "
            "were there");
  EXPECT_FALSE(opened.value()->Read(buffer.data(), buffer.size()).ok());
}

TEST(ByteSource, StopsWhenToldTo) {
  const ScratchFile file("stops.log", std::string(1000, 'x'));
  std::atomic<bool> stop = false;
  const auto opened = OpenFile(file.path(), &stop);
  ASSERT_TRUE(opened.ok());
  std::array<char, 400> buffer;
  ASSERT_TRUE(opened.value()->Read(buffer.data(), buffer.size()).ok());
  stop = true;
  const auto end = opened.value()->Read(buffer.data(), buffer.size());
  ASSERT_FALSE(end.ok());
  EXPECT_EQ(end.error().message, "stopped by a signal at byte 400");
  EXPECT_FALSE(opened.value()->ReadAt(0, buffer.data(), 1).ok());
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
