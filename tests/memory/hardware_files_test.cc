// SPDX-License-Identifier: Apache-2.0
// patterns/hardware: what is read, what is refused, and the codec.
#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>

#include "analyzer/knowledge/catalogue_codec.h"
#include "analyzer/knowledge/loader.h"
#include "tests/knowledge/pattern_tree.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

constexpr char kRest[] = R"(
constants:
  context_mib: 500
  usable_share: 0.9
  reserved_share: 1.1
  native_minimum_mib: 800
  native_reserve_mib: 400
  native_least_mib: 128
  native_unload_share: 1.1
  window_frames: 81
  frame_bytes: 12
  encoder_run_mib: {low: 1, central: 2, high: 3}
  lora_mib_per_patch: {low: 0, central: 0, high: 3.5}
  process_mib: {floor: 1, low: 2, central: 3, high: 4, ceiling: 5}
dtypes:
  - {id: fp16, bytes: 2, words: [fp16]}
  - {id: fp8, bytes: 1, words: [fp8]}
text_encoders:
  - {id: kettle-words, classes: [KettleTE], weights: {fp16: 100}}
vaes:
  - id: kettle-vae
    classes: [KettleVAE]
    weights: 10
    decode_bytes: 1000
    per_latent_frame: true
    scale: {low: 1, central: 1, high: 2}
    frame_copies: {low: 0, central: 0, high: 1}
spellings: [{word: kettle2, means: kettle 2}]
assume:
  dtypes: {smallest: fp8, central: fp8, largest: fp16}
  families: [{family: kettle, variants: [big], models: [kettle-2b]}]
search:
  dtypes: [fp8]
  encoder_dtypes: [fp8]
  swap_step: 5
  frames: {longest: 81, shortest: 33, step: 16}
  shortest_side: 256
  tiles: [512, 256]
)";

constexpr char kModel[] = R"(models:
  - id: kettle-2b
    name: Kettle 2B
    family: kettle
    classes: [Kettle]
    words: [kettle 2b]
    data: some
    dim: 1024
    heads: 8
    layers: 10
    stride: {frames: 4, side: 8}
    patch: 2
    frame_step: 4
    experts: 1
    k: {floor: 1, low: 2, central: 3, high: 4, ceiling: 5}
    weights: {blocks: {fp16: 1000, fp8: 500}, extra: {fp8: 5}, fixed: 10}
    text_encoder: kettle-words
    image_encoder: kettle-words
    vae: kettle-vae
)";

constexpr char kCardFile[] = R"(gpus:
  - name: Stove 9
    match: [Stove 9]
    nominal_mib: 8192
    total_mib: {min: 8000, max: 8100}
    seen: printed
    compute: '8.0'
    fp8: stored
    bf16: false
)";

std::string Replaced(std::string text, const std::string& from,
                     const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::vector<Error> LoadTree(const PatternTree& tree, Catalogue* catalogue) {
  return AddDirectory(tree.root(), catalogue);
}

TEST(HardwareFilesTest, EveryKey) {
  PatternTree tree;
  tree.Write("hardware/models.yaml", std::string(kModel) + kRest);
  tree.Write("hardware/cards.yaml", kCardFile);
  Catalogue catalogue;
  for (const Error& error : LoadTree(tree, &catalogue)) {
    ADD_FAILURE() << error.ToString();
  }
  const Hardware& hardware = catalogue.hardware;
  ASSERT_EQ(hardware.gpus.size(), 1U);
  EXPECT_EQ(hardware.gpus[0].total_max_mib, 8100);
  EXPECT_FALSE(hardware.gpus[0].bf16);
  EXPECT_TRUE(hardware.gpus[0].flash);
  ASSERT_EQ(hardware.models.size(), 1U);
  const DiffusionModel& model = hardware.models[0];
  EXPECT_EQ(model.k, (Spread{1, 2, 3, 4, 5}));
  EXPECT_EQ(model.comfy_k, 3);
  EXPECT_EQ(model.blocks[1], (WeightSize{"fp8", 500}));
  EXPECT_EQ(model.extra[0], (WeightSize{"fp8", 5}));
  EXPECT_EQ(model.stride_frames, 4);
  EXPECT_EQ(hardware.vaes[0].encode_bytes, 1000);
  EXPECT_EQ(hardware.constants.encoder_run_mib, (Spread{1, 1, 2, 3, 3}));
  EXPECT_EQ(hardware.search.tiles, (std::vector<int>{512, 256}));
  EXPECT_EQ(hardware.assume.families[0].models[0], "kettle-2b");
  EXPECT_EQ(hardware.assume.families[0].variants[0], "big");
}

TEST(HardwareFilesTest, LaterFoldersReplaceById) {
  Catalogue catalogue;
  catalogue.hardware = KnownHardware();
  const std::size_t cards = catalogue.hardware.gpus.size();
  PatternTree tree;
  tree.Write("hardware/own.yaml",
             Replaced(Replaced(kCardFile, "name: Stove 9", "name: RTX 4090"),
                      "8000", "7000"));
  EXPECT_TRUE(LoadTree(tree, &catalogue).empty());
  EXPECT_EQ(catalogue.hardware.gpus.size(), cards);
  EXPECT_EQ(catalogue.hardware.FindCard("RTX 4090")->total_min_mib, 7000);
  // Nothing else changed.
  EXPECT_EQ(catalogue.hardware.constants, KnownHardware().constants);
  EXPECT_EQ(catalogue.hardware.search, KnownHardware().search);
  PatternTree more;
  more.Write("hardware/own.yaml", kCardFile);
  EXPECT_TRUE(LoadTree(more, &catalogue).empty());
  EXPECT_EQ(catalogue.hardware.gpus.size(), cards + 1);
}

TEST(HardwareFilesTest, Codec) {
  Catalogue catalogue;
  catalogue.hardware = KnownHardware();
  const std::string bytes = EncodeCatalogue(catalogue);
  const Result<Catalogue> decoded = DecodeCatalogue(bytes);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded.value(), catalogue);
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    EXPECT_FALSE(DecodeCatalogue(bytes.substr(0, size)).ok()) << size;
  }
}

struct Broken {
  const char* name;
  const char* from;
  const char* to;
  const char* expected;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

std::string BrokenName(const testing::TestParamInfo<Broken>& info) {
  return info.param.name;
}

class BrokenHardwareTest : public testing::TestWithParam<Broken> {};

// Each change of the good file makes one error.
TEST_P(BrokenHardwareTest, IsReported) {
  const Broken& broken = GetParam();
  PatternTree tree;
  tree.Write("hardware/all.yaml",
             Replaced(std::string(kCardFile) + kModel + kRest, broken.from,
                      broken.to));
  Catalogue catalogue;
  const std::vector<Error> errors = LoadTree(tree, &catalogue);
  ASSERT_EQ(errors.size(), 1U) << (errors.empty() ? "" : errors[1].ToString());
  const std::string file = tree.root() + "/hardware/all.yaml";
  std::string expected = file + ":" + broken.expected;
  const std::size_t other = expected.find('@');
  if (other != std::string::npos) expected.replace(other, 1, file);
  EXPECT_EQ(errors[0].ToString(), expected);
  EXPECT_EQ(catalogue, Catalogue());
}

constexpr Broken kBroken[] = {
    {"UnknownTable", "spellings:", "spelings:",
     "56:1: this file has no key \"spelings\"; did you mean \"spellings\"?"},
    {"UnknownKey", "nominal_mib: 8192", "nominal_mib: 8192\n    color: red",
     "5:5: a row of \"gpus\" has no key \"color\"; use one of: name, match, "
     "also, nominal_mib, several_sizes, total_mib, seen, compute, fp8, bf16, "
     "flash, runpod"},
    {"MissingKey", "    name: Kettle 2B\n", "",
     "11:5: a row of \"models\" needs the key \"name\""},
    {"NoNumber", "dim: 1024", "dim: wide",
     "17:10: \"dim\" must be a plain number, not \"wide\""},
    {"Negative", "context_mib: 500", "context_mib: -1",
     "31:16: \"context_mib\" is out of range"},
    {"NoWholeNumber", "layers: 10", "layers: 10.5",
     "19:13: \"layers\" must be a whole number up to 10000"},
    {"TooLarge", "patch: 2", "patch: 20000",
     "21:12: \"patch\" must be a whole number up to 10000"},
    {"MinAboveMax", "min: 8000", "min: 9000",
     "5:16: \"total_mib\" has a min above its max; swap them"},
    {"UnknownWord", "seen: printed", "seen: painted",
     "6:11: unknown seen \"painted\"; did you mean \"printed\"?"},
    {"RangeFalls", "low: 2, central: 3, high: 4, ceiling: 5}\n    weights",
     "low: 2, central: 1, high: 4, ceiling: 5}\n    weights",
     "24:8: \"k\" must rise: floor, low, central, high, ceiling"},
    {"NoWeights", "blocks: {fp16: 1000, fp8: 500}", "blocks: {}",
     "25:23: \"blocks\" holds no size"},
    {"WeightlessType", "fp8: 500", "fp8: 0", "25:41: \"fp8\" must be above 0"},
    {"UnknownTypeOfWeights", "fp8: 500", "fp9: 500",
     "25:36: there is no dtype \"fp9\"; did you mean \"fp8\"?"},
    {"UnknownEncoder", "text_encoder: kettle-words",
     "text_encoder: kettle-word",
     "26:19: there is no text encoder \"kettle-word\"; did you mean "
     "\"kettle-words\"?"},
    {"UnknownVae", "vae: kettle-vae", "vae: pot",
     "28:10: there is no VAE \"pot\"; define it or remove the name"},
    {"UnknownModel", "models: [kettle-2b]", "models: [kettle-2c]",
     "59:56: there is no model \"kettle-2c\"; did you mean \"kettle-2b\"?"},
    {"NotAMap", "[{word: kettle2, means: kettle 2}]", "[kettle2]",
     "56:13: a row of \"spellings\" must be a map of keys, not \"kettle2\""},
    {"Twice", "- {id: fp8, bytes: 1, words: [fp8]}",
     "- {id: fp8, bytes: 1, words: [fp8]}\n  - {id: fp8, bytes: 1, words: [x]}",
     "46:5: dtypes: \"fp8\" is already given at @:45:5; remove one"},
    {"BadTile", "tiles: [512, 256]", "tiles: [512, big]",
     "66:16: \"tiles\" must be a list of pixels"},
};
INSTANTIATE_TEST_SUITE_P(Files, BrokenHardwareTest, testing::ValuesIn(kBroken),
                         BrokenName);

TEST(KnownFilesTest, AreSound) {
  const Hardware& hardware = KnownHardware();
  EXPECT_GT(hardware.gpus.size(), 60U);
  EXPECT_GT(hardware.models.size(), 15U);
  std::set<std::string> matches;
  for (const GpuCard& card : hardware.gpus) {
    // A printed total is a little less than the size on the box.
    EXPECT_LE(card.total_max_mib, card.nominal_mib * 1.01) << card.name;
    EXPECT_GE(card.total_min_mib, card.nominal_mib * 0.85) << card.name;
    for (const std::string& match : card.match) {
      EXPECT_TRUE(matches.insert(match).second) << match;
    }
  }
  for (const DiffusionModel& model : hardware.models) {
    EXPECT_GT(model.k.low, 0) << model.id;
    EXPECT_FALSE(model.words.empty()) << model.id;
  }
}

}  // namespace
}  // namespace logdiag
