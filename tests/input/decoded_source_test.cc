// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/decoded_source.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/input/packed.h"

namespace logdiag {
namespace {

struct Decoded {
  std::string text;
  std::string error;
};

Decoded Decode(const std::string& bytes, Codec codec, std::size_t step = 4096) {
  const auto packed = FromMemory(bytes);
  DecodedSource source(packed.get(), codec);
  Decoded decoded;
  std::string buffer(step, '\0');
  for (;;) {
    const auto got = source.Read(buffer.data(), step);
    if (!got.ok()) {
      decoded.error = got.error().message;
      // It stays so.
      EXPECT_FALSE(source.Read(buffer.data(), step).ok());
      return decoded;
    }
    if (got.value() == 0) return decoded;
    decoded.text.append(buffer, 0, got.value());
  }
}

std::string Text(int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += "step " + std::to_string(i * 7919) + " of a run\n";
  }
  return text;
}

class DecodedSourceTest : public testing::TestWithParam<Codec> {};
INSTANTIATE_TEST_SUITE_P(All, DecodedSourceTest, testing::ValuesIn(kCodecs),
                         [](const auto& codec) {
                           return std::string(CodecName(codec.param));
                         });

TEST_P(DecodedSourceTest, GivesTheTextInAnySteps) {
  const std::string text = Text(20'000);
  const std::string packed = Pack(GetParam(), text);
  ASSERT_LT(packed.size(), text.size());
  for (const std::size_t step : {7u, 4096u, 1u << 20}) {
    const Decoded decoded = Decode(packed, GetParam(), step);
    EXPECT_TRUE(decoded.text == text) << step;
    EXPECT_EQ(decoded.error, "");
  }
}

TEST_P(DecodedSourceTest, ReadsMembersThatFollowEachOther) {
  const std::string one = Pack(GetParam(), "one\n");
  const std::string two = Pack(GetParam(), "two\n");
  const std::string none = Pack(GetParam(), "");
  const std::string padding(512, '\0');
  const Decoded decoded = Decode(one + none + two + padding, GetParam());
  EXPECT_EQ(decoded.text, "one\ntwo\n");
  EXPECT_EQ(decoded.error, "");
}

TEST_P(DecodedSourceTest, WhatFollowsAndIsNoMemberIsAnError) {
  const std::string one = Pack(GetParam(), "one\n");
  const Decoded decoded = Decode(one + "and so on, and so on", GetParam());
  EXPECT_EQ(decoded.text, "one\n");
  EXPECT_NE(decoded.error.find(CodecName(GetParam())), std::string::npos);
  EXPECT_NE(decoded.error.find(" at byte "), std::string::npos);
}

TEST_P(DecodedSourceTest, ACutFileGivesWhatIsThereAndSaysWhere) {
  const std::string text = Text(3000);
  const std::string packed = Pack(GetParam(), text);
  for (std::size_t size = 1; size < packed.size(); size += 97) {
    const Decoded decoded = Decode(packed.substr(0, size), GetParam());
    EXPECT_TRUE(text.starts_with(decoded.text)) << size;
    EXPECT_TRUE(decoded.error.find("cut at byte") != std::string::npos ||
                decoded.error.find("damaged at byte") != std::string::npos)
        << size << decoded.error;
  }
}

TEST_P(DecodedSourceTest, DamageIsToldOrHarmless) {
  const std::string text = Text(3000);
  const std::string packed = Pack(GetParam(), text);
  int told = 0;
  for (std::size_t at = 0; at < packed.size(); at += 131) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const Decoded decoded = Decode(damaged, GetParam());
    EXPECT_LE(decoded.text.size(), text.size() + (1u << 20)) << at;
    if (!decoded.error.empty()) ++told;
  }
  EXPECT_GT(told, 0);
}

// Formats without blocks keep next to nothing back.
TEST(DecodedSource, ACutGzipFileGivesNearlyAll) {
  const std::string text = Text(3000);
  const std::string packed = Pack(Codec::kGzip, text);
  const Decoded decoded =
      Decode(packed.substr(0, packed.size() * 9 / 10), Codec::kGzip);
  EXPECT_GT(decoded.text.size(), text.size() * 85 / 100);
}

TEST(DecodedSource, AWindowThatIsTooLargeIsCalledThat) {
  // A frame whose window descriptor asks for 2 TiB, and an empty last block.
  const std::string frame("\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00", 9);
  const Decoded decoded = Decode(frame, Codec::kZstd);
  EXPECT_NE(decoded.error.find("128 MiB"), std::string::npos) << decoded.error;
}

TEST(DecodedSource, AnErrorOfTheSourceIsHandedOn) {
  class Broken : public ByteSource {
   public:
    Result<std::size_t> Read(char* buffer, std::size_t size) override {
      if (given_) return Error{"x", "cannot read: tape torn at byte 9"};
      given_ = true;
      const std::string packed = Pack(Codec::kGzip, Text(3000));
      return packed.copy(buffer, std::min(size, packed.size() / 2));
    }

   private:
    bool given_ = false;
  } broken;
  DecodedSource source(&broken, Codec::kGzip);
  std::string all(1 << 20, '\0');
  std::size_t size = 0;
  for (;;) {
    const auto got = source.Read(all.data() + size, all.size() - size);
    if (!got.ok()) {
      EXPECT_EQ(got.error().message, "cannot read: tape torn at byte 9");
      break;
    }
    ASSERT_GT(got.value(), 0u);
    size += got.value();
  }
  EXPECT_GT(size, 10'000u);
}

}  // namespace
}  // namespace logdiag
