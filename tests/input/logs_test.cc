// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/logs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/input/packed.h"

namespace logdiag {
namespace {

using Names = std::vector<std::string>;
using Kind = Packed::Kind;

const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);

// What a file holds, as text: "name=text" of each log, "name: why" of what was
// left out, and the end.
struct Held {
  Names logs;
  Names left_out;
  std::string error;  // of a log, or of the rest
  bool archive = false;
  bool whole = true;
};

Held Hold(std::unique_ptr<ByteSource> source, InputOptions options = {}) {
  Held held;
  const auto opened = Logs::Of(std::move(source), "f", options);
  if (!opened.ok()) {
    held.error = opened.error().ToString();
    return held;
  }
  Logs& logs = *opened.value();
  held.archive = logs.is_archive();
  for (;;) {
    const auto log = logs.Next();
    for (const Error& error : logs.TakeLeftOut())
      held.left_out.push_back(error.ToString());
    if (!log) break;
    std::string text;
    std::string buffer(1000, '\0');
    for (;;) {
      const auto got = log->source->Read(buffer.data(), buffer.size());
      if (!got.ok()) held.error = got.error().message;
      if (!got.ok() || got.value() == 0) break;
      text.append(buffer, 0, got.value());
    }
    held.logs.push_back(log->member + "=" + text);
  }
  if (logs.error()) held.error = logs.error()->message;
  held.whole = logs.whole();
  return held;
}

const std::vector<Packed> kBundle = {
    {"logs/", "", Kind::kFolder},
    {"logs/pod.log", "got prompt\n"},
    {"logs/empty.log", ""},
    {"logs/link.log", "/etc/passwd", Kind::kLink},
    {"shot.png", kPng},
    {"logs/old.log.gz", Pack(Codec::kGzip, "one day before\n")},
    {"more.tar", Tar({{"a.log", "a\n"}})},
    {"more.tar.xz", Pack(Codec::kXz, Tar({{"a.log", "a\n"}}))},
    {"more.zip", Zip({{"a.log", "a\n"}})},
    {"end.log", "done\n"}};

const Names kBundleLogs = {"logs/pod.log=got prompt\n",
                           "logs/old.log.gz=one day before\n",
                           "end.log=done\n"};
const Names kBundleLeftOut = {
    "f:shot.png: left out: this is no log but a PNG image",
    "f:more.tar: left out: it holds a tar archive; unpack it first",
    "f:more.tar.xz: left out: it holds a tar archive; unpack it first",
    "f:more.zip: left out: it holds a zip archive; unpack it first"};

TEST(Logs, APlainFileIsItsOnlyLog) {
  for (const std::string text : {"got prompt\n", "", "PK, said the log\n"}) {
    const Held held = Hold(FileOf(text));
    EXPECT_EQ(held.logs, Names{"=" + text});
    EXPECT_FALSE(held.archive);
    EXPECT_TRUE(held.whole);
  }
  const auto logs = Logs::Of(FileOf("got prompt\n"), "f", {});
  ASSERT_TRUE(logs.ok());
  EXPECT_TRUE(logs.value()->Next()->source->CanReadAt());
}

TEST(Logs, ACompressedFileIsItsOnlyLog) {
  for (const Codec codec : kCodecs) {
    const Held held = Hold(PipeOf(Pack(codec, "got prompt\n")));
    EXPECT_EQ(held.logs, Names{"=got prompt\n"});
    EXPECT_FALSE(held.archive);
    EXPECT_TRUE(held.whole);
  }
}

TEST(Logs, MembersComeInOrderFromFilesAndPipes) {
  std::vector<std::string> bundles = {Tar(kBundle), Zip(kBundle)};
  for (const Codec codec : kCodecs) bundles.push_back(Pack(codec, bundles[0]));
  for (const std::string& bundle : bundles) {
    for (const bool file : {true, false}) {
      const Held held = Hold(file ? FileOf(bundle) : PipeOf(bundle));
      EXPECT_TRUE(held.archive);
      EXPECT_EQ(held.error, "");
      EXPECT_TRUE(held.whole);
      if (bundle == bundles[1] && !file) {
        // What a member is stands in the directory at the end alone.
        Names logs = kBundleLogs;
        logs.insert(logs.begin() + 1, "logs/link.log=/etc/passwd");
        EXPECT_TRUE(held.logs == kBundleLogs || held.logs == logs);
      } else {
        EXPECT_EQ(held.logs, kBundleLogs);
      }
      EXPECT_EQ(held.left_out, kBundleLeftOut);
    }
  }
}

TEST(Logs, AnArchiveWithoutALogHasNone) {
  const std::vector<Packed> none = {{"a/", "", Kind::kFolder}, {"b", ""}};
  for (const std::string& bytes : {Tar(none), Zip(none), Zip({})}) {
    const Held held = Hold(FileOf(bytes));
    EXPECT_TRUE(held.archive);
    EXPECT_TRUE(held.logs.empty());
    EXPECT_TRUE(held.left_out.empty());
  }
}

TEST(Logs, NamesAreMadePrintable) {
  const Held held = Hold(FileOf(Tar({{"a\x1b[2J\n.log", "a\n"}})));
  EXPECT_EQ(held.logs, Names{"a\\x1b[2J\\x0a.log=a\n"});
  // Names in UTF-8 do not depend on the locale.
  const Held umlaut = Hold(FileOf(Tar({{"\xc3\xbc.log", "a\n"}})));
  EXPECT_EQ(umlaut.logs, Names{"\xc3\xbc.log=a\n"});
}

TEST(Logs, WhatIsNoLogIsCalledByWhatItIs) {
  EXPECT_EQ(Hold(FileOf(kPng)).error, "f: this is no log but a PNG image");
  EXPECT_EQ(Hold(PipeOf(Pack(Codec::kGzip, kPng))).error,
            "f: this is no log but a PNG image");
  const std::string twice = Pack(Codec::kXz, Pack(Codec::kGzip, "a\n"));
  EXPECT_EQ(Hold(FileOf(twice)).error,
            "f: it holds gzip data; unpack it first");
}

// Wherever it is cut, what is there is given, and an error says where.
TEST(Logs, ACutArchiveGivesWhatIsThere) {
  std::string long_text;
  for (int i = 0; i < 2000; ++i) long_text += std::to_string(i * 7919) + "\n";
  const std::vector<Packed> members = {{"a.log", "first\n"},
                                       {"b.log", long_text}};
  for (const std::string& whole :
       {Tar(members), Zip(members), Pack(Codec::kGzip, Tar(members))}) {
    std::size_t most = 0;
    for (std::size_t size = 600; size < whole.size() * 9 / 10; size += 501) {
      for (const bool file : {true, false}) {
        const std::string cut = whole.substr(0, size);
        const Held held = Hold(file ? FileOf(cut) : PipeOf(cut));
        EXPECT_NE(held.error.find(" at byte "), std::string::npos) << size;
        EXPECT_FALSE(held.whole);
        if (held.logs.empty()) continue;
        EXPECT_EQ(held.logs[0], "a.log=first\n");
        if (held.logs.size() < 2) continue;
        const std::string text = held.logs[1].substr(6);
        EXPECT_TRUE(long_text.starts_with(text));
        most = std::max(most, text.size());
      }
    }
    EXPECT_GT(most, long_text.size() / 2);
  }
}

TEST(Logs, ADamagedMemberIsGivenAndDoesNotStopTheOthers) {
  const std::string text = std::string(20'000, 'x') + "\nthe end\n";
  std::string zip = Zip({{"a.log", text}, {"b.log", "b\n"}});
  // The sum of the text is 16 bytes into its entry in the directory.
  const std::size_t entry = zip.find("PK\x01\x02");
  ASSERT_NE(entry, std::string::npos);
  zip[entry + 16] = static_cast<char>(zip[entry + 16] ^ 0x55);
  const Held held = Hold(FileOf(zip));
  EXPECT_FALSE(held.whole);
  EXPECT_NE(held.error.find("the member is damaged at byte "),
            std::string::npos)
      << held.error;
  ASSERT_EQ(held.logs.size(), 2u);
  EXPECT_EQ(held.logs[0].size(), text.size() + 6);
  EXPECT_EQ(held.logs[1], "b.log=b\n");
}

TEST(Logs, MaxBytesEndsReadingOfAll) {
  InputOptions options;
  options.max_bytes = 12;
  const std::string ten = "123456789\n";
  for (const std::string& bytes : {ten + ten, Pack(Codec::kZstd, ten + ten)}) {
    const Held held = Hold(FileOf(bytes), options);
    EXPECT_EQ(held.logs, Names{"=" + ten + "12"});
    EXPECT_EQ(held.error,
              "there is more than --max-bytes allows; stopped at byte 12");
    EXPECT_FALSE(held.whole);
  }
  const std::vector<Packed> members = {{"a", ten}, {"b", ten}, {"c", ten}};
  for (const std::string& bytes : {Tar(members), Zip(members)}) {
    const Held held = Hold(FileOf(bytes), options);
    EXPECT_EQ(held.logs, (Names{"a=" + ten, "b=12"}));
    EXPECT_EQ(held.left_out, Names{});
    EXPECT_FALSE(held.whole);
  }
  // As much as is allowed is not too much.
  options.max_bytes = 20;
  const Held exact = Hold(FileOf(ten + ten), options);
  EXPECT_EQ(exact.logs, Names{"=" + ten + ten});
  EXPECT_TRUE(exact.whole);
}

TEST(Logs, WhatUnpacksAThousandfoldIsStopped) {
  const std::string bomb =
      Pack(Codec::kZstd, std::string(kRatioFrom + (4u << 20), 'a'));
  for (const std::string& bytes : {bomb, Zip({{"bomb.zst", bomb}})}) {
    const auto opened = Logs::Of(FileOf(bytes), "f", {});
    ASSERT_TRUE(opened.ok());
    const auto log = opened.value()->Next();
    ASSERT_TRUE(log.has_value());
    std::string buffer(1 << 20, '\0');
    std::uint64_t size = 0;
    std::string error;
    while (error.empty()) {
      const auto got = log->source->Read(buffer.data(), buffer.size());
      if (!got.ok()) error = got.error().message;
      if (!got.ok() || got.value() == 0) break;
      size += got.value();
    }
    EXPECT_NE(error.find("more than 1,000 times its size"), std::string::npos)
        << error;
    EXPECT_LE(size, kRatioFrom + (2u << 20));
    EXPECT_FALSE(opened.value()->Next().has_value());
    EXPECT_FALSE(opened.value()->whole());
  }
}

// What is passed over must be unpacked, too, and ends all the same.
TEST(Logs, ABombThatIsNoLogIsStopped) {
  const std::string member = kPng + std::string(kRatioFrom + (4u << 20), 'a');
  const std::string bomb =
      Pack(Codec::kZstd, Tar({{"bomb.png", member}, {"a.log", "a\n"}}));
  const Held held = Hold(PipeOf(bomb));
  EXPECT_TRUE(held.logs.empty());
  EXPECT_NE(held.error.find("more than 1,000 times its size"),
            std::string::npos);
}

TEST(Logs, ManyMembersAreCapped) {
  std::vector<Packed> members(10'001, Packed{"a", "x\n"});
  const Held held = Hold(FileOf(Tar(members)));
  EXPECT_EQ(held.logs.size(), 10'000u);
  EXPECT_NE(held.error.find("more than 10,000 logs"), std::string::npos);
  const Held images = Hold(FileOf(Tar({150, Packed{"a", kPng}})));
  ASSERT_EQ(images.left_out.size(), 101u);
  EXPECT_EQ(images.left_out.back(), "f: 50 more members were left out");
}

}  // namespace
}  // namespace logdiag
