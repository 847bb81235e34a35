// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/job.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

// Facts on lines 1, 2, 3, ... in the order given.
Facts FactsOf(
    std::initializer_list<std::pair<const char*, const char*>> values) {
  Facts facts;
  std::uint64_t line = 0;
  for (const auto& [name, value] : values) {
    facts[name] = Fact{value, ++line, 0, value, false};
  }
  return facts;
}

std::optional<Job> Read(const Facts& facts,
                        const std::vector<std::string>& work = {}) {
  return JobOf(facts, work, KnownHardware());
}

TEST(JobTest, EverythingStated) {
  const auto job = Read(FactsOf({{"gpu", "NVIDIA GeForce RTX 4090"},
                                 {"vram_mb", "24217"},
                                 {"cgroup_ram_mb", "47684"},
                                 {"model", "i2v_14B_2.2"},
                                 {"swapped_blocks", "20"},
                                 {"total_blocks_mb", "13409.26"},
                                 {"cpu_blocks_mb", "6704"},
                                 {"gpu_blocks_mb", "6704.63"},
                                 {"non_blocking", "True"},
                                 {"tokens", "60016"},
                                 {"frames", "121"},
                                 {"width", "704"},
                                 {"height", "704"},
                                 {"steps", "3"},
                                 {"model_family", "wan"}}));
  ASSERT_TRUE(job);
  EXPECT_EQ(job->models, std::vector<std::string>{"wan-2.2-14b"});
  EXPECT_EQ(job->model_from, KnownFrom::kName);
  EXPECT_EQ(job->dtype, "fp8");
  EXPECT_EQ(job->dtype_from, KnownFrom::kBlocks);
  EXPECT_EQ(job->swapped_blocks, 20);
  EXPECT_EQ(job->gpu_blocks_mib, 6704.63);
  EXPECT_EQ(job->tokens, 60016);
  EXPECT_EQ(job->steps, 3);
  EXPECT_EQ(job->non_blocking, true);
  EXPECT_EQ(job->vram_mib, 24217);
  EXPECT_EQ(job->ram_limit_mib, 47684);
  EXPECT_EQ(job->path, CodePath::kWrapper);
  EXPECT_EQ(job->facts.at("vram_mb").line, 2U);
}

TEST(JobTest, NoSizeNoJob) {
  EXPECT_FALSE(Read(FactsOf({{"model", "i2v_480"}, {"gpu", "NVIDIA L4"}})));
  EXPECT_FALSE(
      Read(FactsOf({{"width", "0"}, {"height", "480"}, {"frames", "81"}})));
  EXPECT_FALSE(Read(FactsOf({{"width", "99999999999999999999"},
                             {"height", "480"},
                             {"frames", "9"}})));
  EXPECT_FALSE(Read(
      FactsOf({{"width", "640"}, {"height", "480"}, {"frames", "1000000"}})));
  EXPECT_FALSE(
      Read(FactsOf({{"width", "x"}, {"height", "480"}, {"frames", "81"}})));
}

constexpr std::initializer_list<std::pair<const char*, const char*>> kNothing =
    {};

Facts Sized(std::initializer_list<std::pair<const char*, const char*>> more =
                kNothing) {
  Facts facts = FactsOf(more);
  for (const auto& [name, value] : {std::pair{"frames", "81"},
                                    {"width", "832"},
                                    {"height", "480"},
                                    {"model_family", "wan"}}) {
    facts[name] = Fact{value, 100, 0, value, false};
  }
  return facts;
}

TEST(JobTest, ModelByTheSizeOfBlocks) {
  const auto job = Read(Sized({{"total_blocks_mb", "15410.43"}}));
  ASSERT_TRUE(job);
  EXPECT_EQ(job->models, std::vector<std::string>{"wan-2.1-i2v-14b"});
  EXPECT_EQ(job->model_from, KnownFrom::kBlocks);
  EXPECT_EQ(job->dtype, "fp8");
  const auto other =
      Read(Sized({{"swapped_blocks", "10"}, {"cpu_blocks_mb", "6703"}}));
  EXPECT_EQ(other->dtype, "fp16");
}

TEST(JobTest, ModelByClassAndWeights) {
  Facts facts = Sized({{"loaded_mb", "9536.4"}});
  facts.erase("model_family");
  const auto job = Read(facts, {"WanTEModel", "WAN22"});
  ASSERT_TRUE(job);
  EXPECT_EQ(job->models, std::vector<std::string>{"wan-2.2-5b"});
  EXPECT_EQ(job->model_from, KnownFrom::kWeights);
  EXPECT_EQ(job->dtype, "fp16");
  EXPECT_EQ(job->path, CodePath::kNative);
}

TEST(JobTest, ModelByClassAlone) {
  const auto job = Read(Sized(), {"HunyuanVideo"});
  EXPECT_EQ(job->models, std::vector<std::string>{"hunyuan-video-13b"});
  EXPECT_EQ(job->model_from, KnownFrom::kClass);
  EXPECT_EQ(job->dtype, "");
}

TEST(JobTest, ModelGuessedByFamily) {
  const auto job = Read(Sized());
  EXPECT_EQ(job->models,
            (std::vector<std::string>{"wan-2.2-14b", "wan-2.1-i2v-14b"}));
  EXPECT_EQ(job->model_from, KnownFrom::kFamily);
  EXPECT_EQ(job->dtype_from, KnownFrom::kNothing);
}

TEST(JobTest, VariantOfSeveralModels) {
  const auto job = Read(Sized({{"model", "14B"}}));
  EXPECT_EQ(job->models.at(0), "wan-2.1-t2v-14b");
  EXPECT_GT(job->models.size(), 1U);
  EXPECT_EQ(job->model_from, KnownFrom::kFamily);
}

TEST(JobTest, UnknownVariantIsNoGuess) {
  const auto job = Read(Sized({{"model", "brand_new_99B"}}));
  ASSERT_TRUE(job);
  EXPECT_TRUE(job->models.empty());
}

TEST(JobTest, FactsOfAnEarlierModelAreLeftOut) {
  const auto job = Read(Sized({{"swapped_blocks", "30"},
                               {"cpu_blocks_mb", "10056"},
                               {"lora_patches", "400"},
                               {"model", "t2v_14B"}}));
  EXPECT_FALSE(job->swapped_blocks);
  EXPECT_FALSE(job->cpu_blocks_mib);
  EXPECT_EQ(job->lora_patches, 0);
  EXPECT_FALSE(job->facts.contains("swapped_blocks"));
}

TEST(JobTest, FiguresThatNoMachineHasAreLeftOut) {
  const auto job = Read(Sized({{"swapped_blocks", "99999"},
                               {"gpu_blocks_mb", "-5"},
                               {"vram_mb", "1e40"},
                               {"cgroup_ram_mb", "nan"},
                               {"lora_patches", "1e9"}}));
  ASSERT_TRUE(job);
  EXPECT_FALSE(job->swapped_blocks);
  EXPECT_FALSE(job->gpu_blocks_mib);
  EXPECT_FALSE(job->vram_mib);
  EXPECT_FALSE(job->ram_limit_mib);
  EXPECT_EQ(job->lora_patches, 0);
}

TEST(JobTest, PeakOfThisJobOnly) {
  Facts facts = Sized({{"peak_gb", "14.125"}});
  EXPECT_FALSE(Read(facts)->peak_mib);
  facts["peak_gb"].line = 101;
  facts["reserved_gb"] = Fact{"15.5", 102, 0, "", false};
  EXPECT_EQ(Read(facts)->peak_mib, 14464);
  EXPECT_EQ(Read(facts)->reserved_mib, 15872);
}

TEST(JobTest, TokensThatDoNotGoWithTheSize) {
  EXPECT_EQ(Read(Sized({{"tokens", "32760"}}))->tokens, 32760);
  EXPECT_FALSE(Read(Sized({{"tokens", "4096"}}))->tokens);
  EXPECT_FALSE(Read(Sized({{"tokens", "1e300"}}))->tokens);
}

TEST(JobTest, TheLinesTellWhoseCodeSamples) {
  Facts facts = Sized({{"weights_dtype", "torch.float8_e4m3fn"}});
  EXPECT_EQ(Read(facts, {"WAN21"})->path, CodePath::kWrapper);
  EXPECT_EQ(Read(facts, {"WAN21"})->dtype, "");  // of ComfyUI's own loads
  facts.erase("model_family");
  EXPECT_EQ(Read(facts, {"WAN21"})->path, CodePath::kNative);
  EXPECT_EQ(Read(facts, {"WAN21"})->dtype, "fp8");
}

TEST(JobTest, WhereTheWeightsLie) {
  const struct {
    const char* state;  // "" = not printed
    const char* flags;
    Placement placement;
  } kCases[] = {
      {"NO_VRAM", "", Placement::kNone},
      {"LOW_VRAM", "", Placement::kPlaced},
      {"HIGH_VRAM", "--listen", Placement::kAll},
      {"", "--listen --novram", Placement::kNone},
      {"", "'--listen', '--novram'", Placement::kNone},
      {"", "--lowvram --port 8188", Placement::kPlaced},
      {"", "--gpu-only", Placement::kAll},
      {"", "--novramm", Placement::kPlaced},
      {"NORMAL_VRAM", "--novram", Placement::kPlaced},  // said after the flag
      {"", "", Placement::kPlaced},
  };
  for (const auto& c : kCases) {
    Facts facts = Sized({{"vram_state", c.state}, {"flags", c.flags}});
    EXPECT_EQ(Read(facts)->placement, Placement::kPlaced);  // the wrapper's own
    facts.erase("model_family");
    EXPECT_EQ(Read(facts, {"WAN21"})->placement, c.placement)
        << c.state << " " << c.flags;
  }
}

TEST(JobTest, AGivenCardMayHaveAnyOfItsNames) {
  Facts facts = Sized({{"gpu", "H100 80GB"}});
  EXPECT_EQ(Read(facts)->gpu, "H100 80GB");  // of a log: as it stands
  facts["gpu"].given = true;
  EXPECT_EQ(Read(facts)->gpu, "H100 80GB HBM3");
  facts["gpu"].value = "Abacus 3000";
  EXPECT_EQ(Read(facts)->gpu, "Abacus 3000");
}

TEST(JobTest, WindowsOfThisJobOnly) {
  Facts facts = Sized({{"windows", "12"}});
  EXPECT_EQ(Read(facts)->windows, 1);
  facts["windows"].line = 100;
  EXPECT_EQ(Read(facts)->windows, 12);
}

TEST(JobTest, GivenFactsHaveNoLine) {
  Facts facts = Sized({{"model", "i2v_480"}});
  facts["vram_mb"] = Fact{"16000", 0, 0, "", true};
  facts["vram_mb"].given = true;
  EXPECT_EQ(Read(facts)->vram_mib, 16000);
  EXPECT_TRUE(Read(facts)->facts.at("vram_mb").given);
}

}  // namespace
}  // namespace logdiag
