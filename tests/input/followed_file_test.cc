// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/followed_file.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

namespace logdiag {
namespace {

namespace fs = std::filesystem;

class FollowedFileTest : public testing::Test {
 protected:
  FollowedFileTest() {
    const testing::TestInfo* test =
        testing::UnitTest::GetInstance()->current_test_info();
    folder_ = testing::TempDir() + "followed_" + test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ + "/pod.log";
  }
  ~FollowedFileTest() override { fs::remove_all(folder_); }

  static void Write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::app) << text;
  }

  std::unique_ptr<FollowedFile> Opened() {
    auto file = FollowedFile::Open(path_);
    return file.ok() ? std::move(file).value() : nullptr;
  }

  // What is there now, in steps of a few bytes.
  static std::string Drain(FollowedFile* file) {
    std::string all;
    std::array<char, 7> buffer;
    for (;;) {
      const auto got = file->Read(buffer.data(), buffer.size());
      if (!got.ok() || got.value() == 0) return all;
      all.append(buffer.data(), got.value());
    }
  }

  static bool HasNews(const FollowedFile& file) {
    pollfd wanted{file.waits_on(), POLLIN, 0};
    return ::poll(&wanted, 1, 0) > 0;
  }

  std::string folder_;
  std::string path_;
};

TEST_F(FollowedFileTest, GivesWhatGrows) {
  Write(path_, "one\ntw");
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(Drain(file.get()), "one\ntw");
  EXPECT_EQ(Drain(file.get()), "");
  EXPECT_FALSE(file->ended());
  Write(path_, "o\n");
  EXPECT_EQ(Drain(file.get()), "o\n");
  EXPECT_TRUE(file->TakeNotices().empty());
  EXPECT_TRUE(file->written_ns().has_value());
}

TEST_F(FollowedFileTest, IsToldOfNewsAndOfNothingElse) {
  Write(path_, "one\n");
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  Drain(file.get());
  file->Seen();
  EXPECT_FALSE(HasNews(*file));
  Write(path_, "two\n");
  EXPECT_TRUE(HasNews(*file));
  file->Seen();
  EXPECT_FALSE(HasNews(*file));
  fs::rename(path_, path_ + ".1");
  Write(path_, "three\n");
  EXPECT_TRUE(HasNews(*file));
}

TEST_F(FollowedFileTest, ReadsTheRestOfTheOldFileThenTheNewOne) {
  Write(path_, "one\n");
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(Drain(file.get()), "one\n");
  fs::rename(path_, path_ + ".1");
  EXPECT_EQ(Drain(file.get()), "");
  // It is there, and the writer has not taken to it yet.
  Write(path_, "");
  Write(path_ + ".1", "two\nthr");
  EXPECT_EQ(Drain(file.get()), "two\nthr");
  EXPECT_TRUE(file->TakeNotices().empty());
  file->Seen();
  Write(path_, "four\n");
  EXPECT_TRUE(HasNews(*file));
  EXPECT_EQ(Drain(file.get()), "\nfour\n");
  const auto notices = file->TakeNotices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_NE(notices[0].find("replaced"), std::string::npos);
  EXPECT_NE(notices[0].find("line 4 of"), std::string::npos) << notices[0];
  Write(path_, "five\n");
  EXPECT_EQ(Drain(file.get()), "five\n");
}

TEST_F(FollowedFileTest, GoesOnAtTheFirstByteOfAFileCutInPlace) {
  Write(path_, "one\ntwo\n");
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(Drain(file.get()), "one\ntwo\n");
  fs::resize_file(path_, 0);
  EXPECT_EQ(Drain(file.get()), "");
  Write(path_, "three\n");
  EXPECT_EQ(Drain(file.get()), "three\n");
  const auto notices = file->TakeNotices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_NE(notices[0].find("cut short"), std::string::npos);
  EXPECT_NE(notices[0].find("line 3 of"), std::string::npos) << notices[0];
}

TEST_F(FollowedFileTest, AFileThatIsGoneMayComeBack) {
  Write(path_, "one\n");
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(Drain(file.get()), "one\n");
  fs::remove(path_);
  EXPECT_EQ(Drain(file.get()), "");
  EXPECT_FALSE(file->ended());
  Write(path_, "two\n");
  EXPECT_EQ(Drain(file.get()), "two\n");
}

TEST_F(FollowedFileTest, APipeEndsWithItsWriters) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  // A reader and writer of its own lets the pipe be opened without waiting.
  std::fstream holder(path_);
  const auto file = Opened();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(Drain(file.get()), "");
  EXPECT_FALSE(file->ended());
  EXPECT_FALSE(HasNews(*file));
  holder << "one\n" << std::flush;
  EXPECT_TRUE(HasNews(*file));
  EXPECT_EQ(Drain(file.get()), "one\n");
  EXPECT_FALSE(file->ended());
  EXPECT_FALSE(file->written_ns().has_value());
  holder.close();
  EXPECT_EQ(Drain(file.get()), "");
  EXPECT_TRUE(file->ended());
}

TEST_F(FollowedFileTest, WhatCannotBeOpenedIsAnError) {
  const auto missing = FollowedFile::Open(path_);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().where, path_);
  const auto directory = FollowedFile::Open(folder_);
  ASSERT_FALSE(directory.ok());
  EXPECT_NE(directory.error().message.find("directory"), std::string::npos);
}

}  // namespace
}  // namespace logdiag
