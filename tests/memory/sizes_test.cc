// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/sizes.h"

#include <gtest/gtest.h>

#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

const DiffusionModel& Model(std::string_view id) {
  return *KnownHardware().FindModel(id);
}

TEST(SizesTest, ValidSides) {
  const struct {
    const char* model;
    int side, below, above;
  } kCases[] = {
      {"wan-2.2-14b", 704, 704, 704},   {"wan-2.2-14b", 360, 352, 368},
      {"wan-2.2-14b", 5, 16, 16},       {"wan-2.2-5b", 720, 704, 736},
      {"wan-2.2-5b", 1280, 1280, 1280},
  };
  for (const auto& c : kCases) {
    const Nearby valid = ValidSide(Model(c.model), c.side);
    EXPECT_EQ(valid.below, c.below) << c.model << " " << c.side;
    EXPECT_EQ(valid.above, c.above) << c.model << " " << c.side;
  }
}

TEST(SizesTest, ValidFrames) {
  const struct {
    const char* model;
    int frames, below, above;
  } kCases[] = {
      {"wan-2.2-14b", 60, 57, 61},    {"wan-2.2-14b", 121, 121, 121},
      {"wan-2.2-14b", 1, 1, 1},       {"wan-2.2-14b", 2, 1, 5},
      {"ltx-video-2b", 100, 97, 105}, {"flux-dev-12b", 50, 1, 1},
  };
  for (const auto& c : kCases) {
    const Nearby valid = ValidFrames(Model(c.model), c.frames);
    EXPECT_EQ(valid.below, c.below) << c.model << " " << c.frames;
    EXPECT_EQ(valid.above, c.above) << c.model << " " << c.frames;
  }
}

TEST(SizesTest, Tokens) {
  EXPECT_EQ(TokenCount(Model("wan-2.2-14b"), 704, 704, 121, 1), 60016);
  EXPECT_EQ(TokenCount(Model("wan-2.2-14b"), 704, 704, 121, 2), 120032);
  EXPECT_EQ(TokenCount(Model("wan-2.1-mocha-14b"), 480, 832, 441, 1),
            111 * 30 * 52 * 2.02);
  // Sides that do not divide count whole tokens.
  EXPECT_EQ(TokenCount(Model("wan-2.2-14b"), 100, 100, 1, 1), 49);
}

TEST(SizesTest, PrintedTokensGoFirst) {
  Job job = JobFor("wan-2.2-14b", 704, 704, 121, "fp8");
  job.tokens = 61000;
  const DiffusionModel& model = Model("wan-2.2-14b");
  EXPECT_EQ(TokensOf(KnownHardware(), model, job), 61000);
  EXPECT_EQ(CorrectedSize(KnownHardware(), model, job).tokens, 61000);
}

TEST(SizesTest, WindowsBoundTheFramesAtOnce) {
  Job job = JobFor("wan-2.1-multitalk-14b", 640, 352, 801, "fp8");
  job.windows = 12;
  job.tokens = 1e6;  // of the whole
  EXPECT_EQ(FramesAtOnce(KnownHardware(), job), 81);
  EXPECT_EQ(TokensOf(KnownHardware(), Model(job.models[0]), job), 21 * 22 * 40);
  job.frames = 33;
  EXPECT_EQ(FramesAtOnce(KnownHardware(), job), 33);
}

}  // namespace
}  // namespace logdiag
