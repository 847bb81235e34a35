// SPDX-License-Identifier: Apache-2.0
// Twelve jobs with the figures of every phase, to one MiB.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "analyzer/memory/budget.h"
#include "analyzer/memory/phases.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

struct Vector {
  const char* name;
  const char* model;
  int width, height, frames;
  const char* dtype;
  std::optional<int> swap;
  const char* gpu;
  std::array<double, 5> sampling;
  std::array<double, 3> load;
  std::array<double, 3> encode;
  std::array<double, 3> vae;
  std::array<double, 3> ram;
  Fit fit;
};

void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.name; }

constexpr std::array<double, 3> kUmt5 = {5726, 6919, 12064};

const Vector kVectors[] = {
    {"Pair",
     "wan-2.2-14b",
     704,
     704,
     121,
     "fp8",
     0,
     "NVIDIA GeForce RTX 4090",
     {18245, 19476, 23520, 25981, 26743},
     {13849, 14519, 15234},
     kUmt5,
     {5139, 5337, 13773},
     {14668, 25050, 44339},
     Fit::kCannotTell},
    {"Tight",
     "wan-2.1-i2v-14b",
     512,
     512,
     121,
     "fp8",
     0,
     "NVIDIA GeForce RTX 4090",
     {18175, 18826, 20965, 22267, 22670},
     {15850, 16620, 17435},
     kUmt5,
     {2832, 2937, 7399},
     {819, 10878, 32168},
     Fit::kTight},
    {"Swapped",
     "wan-2.1-i2v-14b",
     1280,
     720,
     81,
     "fp8",
     20,
     "NVIDIA GeForce RTX 3090",
     {14067, 15618, 20712, 23813, 24772},
     {8530, 9301, 9383},
     kUmt5,
     {9347, 9717, 23716},
     {8524, 19074, 40364},
     Fit::kCannotTell},
    {"AllSwapped",
     "wan-2.2-14b",
     1280,
     720,
     81,
     "fp16",
     40,
     "NVIDIA GeForce RTX 4090",
     {6647, 8198, 13292, 16393, 17352},
     {1110, 1781, 1781},
     kUmt5,
     {9347, 9717, 23716},
     {54883, 65433, 98125},
     Fit::kFits},
    {"Quantised",
     "wan-2.1-t2v-14b",
     1024,
     576,
     81,
     "q4_k_m",
     0,
     "NVIDIA GeForce RTX 4080",
     {12027, 13020, 16280, 18264, 18879},
     {8484, 9154, 9332},
     kUmt5,
     {6070, 6306, 15265},
     {819, 11062, 24985},
     Fit::kCannotTell},
    {"Small",
     "wan-2.1-1.3b",
     832,
     480,
     81,
     "fp16",
     0,
     "NVIDIA GeForce RTX 3060",
     {3426, 3627, 4290, 4693, 4817},
     {2706, 2793, 2977},
     kUmt5,
     {4188, 4348, 10414},
     {819, 10885, 19031},
     Fit::kFits},
    {"Five",
     "wan-2.2-5b",
     1280,
     704,
     121,
     "fp16",
     0,
     "NVIDIA L4",
     {12094, 12094, 13053, 14012, 14012},
     {9536, 9846, 10490},
     kUmt5,
     {11519, 11932, 28748},
     {819, 11763, 26739},
     Fit::kFits},
    {"FewData",
     "wan-2.1-vace-14b",
     832,
     480,
     81,
     "fp8",
     15,
     "NVIDIA GeForce RTX 4090",
     {15134, 15134, 18397, 20509, 20509},
     {12063, 12733, 13269},
     kUmt5,
     {4188, 4348, 10414},
     {5847, 15914, 38110},
     Fit::kCannotTell},
    {"NothingStated",
     "wan-2.2-14b",
     832,
     480,
     81,
     "",
     std::nullopt,
     "NVIDIA L40S",
     {3030, 3702, 19128, 33874, 34290},
     {631, 14519, 29977},
     kUmt5,
     {4188, 4348, 10414},
     {8900, 24734, 97641},
     Fit::kFits},
    {"Native",
     "wan-2.2-14b",
     832,
     480,
     81,
     "fp8",
     std::nullopt,
     "NVIDIA GeForce RTX 3060",
     {7295, 7902, 7934, 9342, 11965},
     {4927, 4927, 5597},
     kUmt5,
     {4188, 4348, 10414},
     {14448, 24514, 56992},
     Fit::kCannotTell},
    {"MathKernel",
     "wan-2.1-i2v-14b",
     640,
     960,
     113,
     "fp8",
     std::nullopt,
     "Tesla T4",
     {7849, 9277, 13966, 17522, 1496725},
     {2752, 3522, 3522},
     kUmt5,
     {6312, 6558, 16791},
     {14303, 24793, 46083},
     Fit::kCannotTell},
    {"OtherFamily",
     "hunyuan-video-13b",
     960,
     544,
     129,
     "fp8",
     std::nullopt,
     "NVIDIA GeForce RTX 4090",
     {16422, 16422, 22260, 27111, 27111},
     {12556, 12556, 13812},
     {7995, 8395, 9124},
     {99083, 197697, 348700},
     {819, 12762, 26342},
     Fit::kCannotTell},
};

void ExpectThree(const Spread& got, const std::array<double, 3>& want) {
  EXPECT_NEAR(got.floor, want[0], 1);
  EXPECT_NEAR(got.low, want[0], 1);
  EXPECT_NEAR(got.central, want[1], 1);
  EXPECT_NEAR(got.high, want[2], 1);
  EXPECT_NEAR(got.ceiling, want[2], 1);
}

Job JobOfVector(const Vector& vector) {
  Job job = JobFor(vector.model, vector.width, vector.height, vector.frames,
                   vector.dtype);
  job.swapped_blocks = vector.swap;
  job.gpu = vector.gpu;
  if (std::string_view(vector.name) == "Native") job.path = CodePath::kNative;
  if (std::string_view(vector.name) == "MathKernel") {
    job.gpu_blocks_mib = 1926.3;
    job.lora_patches = 1261;
  }
  return job;
}

class VectorsTest : public testing::TestWithParam<Vector> {};

TEST_P(VectorsTest, EveryPhase) {
  const Vector& vector = GetParam();
  const Hardware& hardware = KnownHardware();
  Job job = JobOfVector(vector);
  const DiffusionModel* model = hardware.FindModel(vector.model);
  ASSERT_NE(model, nullptr);
  const std::optional<Room> room = RoomOfJob(hardware, job);
  ASSERT_TRUE(room);
  const Spread peak = NeedOfSampling(hardware, *model, job, room).Total();
  EXPECT_NEAR(peak.floor, vector.sampling[0], 1);
  EXPECT_NEAR(peak.low, vector.sampling[1], 1);
  EXPECT_NEAR(peak.central, vector.sampling[2], 1);
  EXPECT_NEAR(peak.high, vector.sampling[3], 1);
  EXPECT_NEAR(peak.ceiling, vector.sampling[4], 1);
  ExpectThree(NeedOfLoad(hardware, *model, job, room), vector.load);
  ExpectThree(NeedOfTextEncode(hardware, *model, ""), vector.encode);
  ExpectThree(NeedOfVae(hardware, *model, job), vector.vae);
  ExpectThree(NeedOfRam(hardware, *model, job), vector.ram);
  EXPECT_EQ(FitOfSampling(hardware, *model, peak, room), vector.fit);
}

std::string VectorName(const testing::TestParamInfo<Vector>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Jobs, VectorsTest, testing::ValuesIn(kVectors),
                         VectorName);

}  // namespace
}  // namespace logdiag
