// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/hardware_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/knowledge/figure_map.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr auto kSeen =
    std::to_array<std::string_view>({"printed", "typical", "none"});
constexpr auto kFp8 =
    std::to_array<std::string_view>({"native", "stored", "rocm"});
constexpr auto kWhere =
    std::to_array<std::string_view>({"none", "all", "placed"});
constexpr auto kData = std::to_array<std::string_view>({"good", "some", "few"});

GpuCard ReadCard(FigureMap* entry) {
  GpuCard card;
  card.name = entry->Text("name");
  card.match = entry->Texts("match");
  card.also = entry->OptionalTexts("also");
  card.nominal_mib = entry->Amount("nominal_mib", 1);
  card.several_sizes = entry->FlagOr("several_sizes", false);
  if (const YamlNode* total = entry->reader()->Required("total_mib")) {
    FigureMap range(*total, "\"total_mib\"", entry->context());
    card.total_min_mib = range.Amount("min", 1);
    card.total_max_mib = range.Amount("max", 1);
    range.Finish();
    if (card.total_min_mib > card.total_max_mib) {
      entry->Fail(*total, "total_mib", "has a min above its max; swap them");
    }
  }
  card.seen = entry->OneOf("seen", kSeen);
  card.compute = entry->Text("compute");
  card.fp8 = entry->OneOf("fp8", kFp8);
  card.bf16 = entry->FlagOr("bf16", true);
  card.flash = entry->FlagOr("flash", true);
  card.runpod = entry->reader()->Text("runpod");
  return card;
}

VramRule ReadVramRule(FigureMap* entry) {
  VramRule rule;
  rule.state = entry->Text("state");
  rule.flags = entry->OptionalTexts("flags");
  rule.weights = entry->OneOf("weights", kWhere);
  return rule;
}

WeightType ReadWeightType(FigureMap* entry) {
  WeightType type;
  type.id = entry->Text("id");
  type.bytes = entry->Amount("bytes", 0.01);
  type.words = entry->Texts("words");
  type.whole = entry->FlagOr("whole", false);
  return type;
}

TextEncoder ReadEncoder(FigureMap* entry) {
  TextEncoder encoder;
  encoder.id = entry->Text("id");
  encoder.classes = entry->Texts("classes");
  entry->reader()->Required("weights");
  encoder.weights = entry->Weights("weights");
  return encoder;
}

Vae ReadVae(FigureMap* entry) {
  Vae vae;
  vae.id = entry->Text("id");
  vae.classes = entry->Texts("classes");
  vae.weights = entry->Amount("weights");
  vae.decode_bytes = entry->Amount("decode_bytes", 1);
  vae.encode_bytes = entry->AmountOr("encode_bytes", vae.decode_bytes);
  vae.per_latent_frame = entry->FlagOr("per_latent_frame", false);
  vae.scale = entry->Figures("scale");
  vae.frame_copies = entry->Figures("frame_copies");
  return vae;
}

void ReadSizes(FigureMap* entry, DiffusionModel* model) {
  if (const YamlNode* node = entry->reader()->Required("stride")) {
    FigureMap stride(*node, "\"stride\"", entry->context());
    model->stride_frames = stride.Whole("frames", 1);
    model->stride_side = stride.Whole("side", 1);
    stride.Finish();
  }
  model->patch = entry->Whole("patch", 1);
  model->frame_step = entry->Whole("frame_step");
  if (const YamlNode* node = entry->reader()->Required("weights")) {
    FigureMap weights(*node, "\"weights\"", entry->context());
    weights.reader()->Required("blocks");
    model->blocks = weights.Weights("blocks");
    model->extra = weights.Weights("extra");
    model->fixed_mib = weights.Amount("fixed");
    weights.Finish();
  }
}

Spread FiguresOr(FigureMap* entry, std::string_view key, const Spread& absent) {
  return entry->reader()->Has(key) ? entry->Figures(key) : absent;
}

DiffusionModel ReadModel(FigureMap* entry) {
  DiffusionModel model;
  model.id = entry->Text("id");
  model.name = entry->Text("name");
  model.family = entry->Text("family");
  model.classes = entry->Texts("classes");
  model.words = entry->Texts("words");
  model.data = entry->OneOf("data", kData);
  model.dim = entry->Amount("dim", 1);
  model.heads = entry->Amount("heads", 1);
  model.layers = entry->Whole("layers");
  ReadSizes(entry, &model);
  model.experts = entry->Whole("experts", 1);
  model.token_factor = entry->AmountOr("token_factor", 1);
  model.k = entry->Figures("k");
  model.k_native = FiguresOr(entry, "k_native", model.k);
  model.k_wrapper = FiguresOr(entry, "k_wrapper", model.k);
  model.comfy_k = entry->AmountOr("comfy_k", model.k.central);
  model.text_encoder = entry->Name(Table::kEncoder, "text_encoder");
  if (entry->reader()->Has("image_encoder")) {
    model.image_encoder = entry->Name(Table::kEncoder, "image_encoder");
  }
  model.vae = entry->Name(Table::kVae, "vae");
  return model;
}

Spelling ReadSpelling(FigureMap* entry) {
  return {entry->Text("word"), entry->Text("means")};
}

FamilyGuess ReadGuess(FigureMap* entry) {
  FamilyGuess guess;
  guess.family = entry->Text("family");
  guess.variants = entry->OptionalTexts("variants");
  guess.models = entry->NameList(Table::kModel, "models");
  return guess;
}

MemoryConstants ReadConstants(FigureMap* entry) {
  MemoryConstants constants;
  constants.context_mib = entry->Amount("context_mib");
  constants.usable_share = entry->Amount("usable_share", 0.01);
  constants.reserved_share = entry->Amount("reserved_share", 1);
  constants.native_minimum_mib = entry->Amount("native_minimum_mib");
  constants.native_reserve_mib = entry->Amount("native_reserve_mib");
  constants.native_least_mib = entry->Amount("native_least_mib");
  constants.native_unload_share = entry->Amount("native_unload_share", 1);
  const double least = constants.native_least_mib;
  constants.novram_weights_mib =
      FiguresOr(entry, "novram_weights_mib", {0, 0, least, least, least});
  constants.frame_bytes = entry->Amount("frame_bytes");
  constants.window_frames = entry->Whole("window_frames", 1);
  constants.encoder_run_mib = entry->Figures("encoder_run_mib");
  constants.lora_mib_per_patch = entry->Figures("lora_mib_per_patch");
  constants.process_mib = entry->Figures("process_mib");
  return constants;
}

Assumptions ReadAssumptions(FigureMap* entry) {
  Assumptions assume;
  if (const YamlNode* node = entry->reader()->Required("dtypes")) {
    FigureMap dtypes(*node, "\"dtypes\"", entry->context());
    assume.smallest_dtype = dtypes.Name(Table::kDtype, "smallest");
    assume.central_dtype = dtypes.Name(Table::kDtype, "central");
    assume.largest_dtype = dtypes.Name(Table::kDtype, "largest");
    dtypes.Finish();
  }
  for (const YamlNode* node : entry->reader()->OneOrMore("families")) {
    FigureMap guess(*node, "a family", entry->context());
    if (!guess.ok()) continue;
    assume.families.push_back(ReadGuess(&guess));
    guess.Finish();
  }
  return assume;
}

SearchSteps ReadSearch(FigureMap* entry) {
  SearchSteps search;
  search.dtypes = entry->NameList(Table::kDtype, "dtypes");
  search.encoder_dtypes = entry->NameList(Table::kDtype, "encoder_dtypes");
  search.swap_step = entry->Whole("swap_step", 1);
  if (const YamlNode* node = entry->reader()->Required("frames")) {
    FigureMap frames(*node, "\"frames\"", entry->context());
    search.longest_frames = frames.Whole("longest", 1);
    search.shortest_frames = frames.Whole("shortest", 1);
    search.frame_step = frames.Whole("step", 1);
    frames.Finish();
  }
  search.shortest_side = entry->Whole("shortest_side", 1);
  for (const YamlNode* node : entry->reader()->OneOrMore("tiles")) {
    const std::optional<double> side =
        node->quoted ? std::nullopt : ReadNumber(node->text);
    if (!side || *side < 1 || *side > kLargestWhole) {
      entry->Fail(*node, "tiles", "must be a list of pixels");
      continue;
    }
    search.tiles.push_back(static_cast<int>(*side));
  }
  return search;
}

template <typename Row>
const std::string& KeyOf(const Row& row) {
  return row.id;
}
const std::string& KeyOf(const GpuCard& card) { return card.name; }
const std::string& KeyOf(const VramRule& rule) { return rule.state; }
const std::string& KeyOf(const Spelling& spelling) { return spelling.word; }

template <typename Row>
void MergeRows(std::vector<Row> added, std::vector<Row>* rows) {
  for (Row& row : added) {
    const auto old = std::find_if(
        rows->begin(), rows->end(),
        [&row](const Row& other) { return KeyOf(other) == KeyOf(row); });
    if (old == rows->end()) {
      rows->push_back(std::move(row));
    } else {
      *old = std::move(row);
    }
  }
}

}  // namespace

void HardwareReader::Read(const YamlNode& root, TableContext* context) {
  if (root.kind == YamlNode::Kind::kNull) return;
  MapReader reader(root, "this file", context->sink);
  if (!reader.ok()) return;
  ReadTables(&reader, context);
  ReadMaps(&reader, context);
  reader.Finish();
}

bool HardwareReader::Note(std::string_view what, const YamlNode& at,
                          TableContext* context) {
  const auto [first, fresh] =
      places_.emplace(std::string(what), context->sink->Place(at));
  if (!fresh) {
    context->sink->Fail(at, std::string(what) + " is already given at " +
                                first->second + "; remove one");
  }
  return fresh;
}

template <typename Row, typename ReadRow>
void HardwareReader::Rows(std::string_view key, MapReader* reader,
                          TableContext* context, std::vector<Row>* rows,
                          ReadRow read) {
  for (const YamlNode* node : reader->OneOrMore(key)) {
    const std::string what = "a row of \"" + std::string(key) + "\"";
    FigureMap entry(*node, what, context);
    if (!entry.ok()) continue;
    Row row = read(&entry);
    entry.Finish();
    if (KeyOf(row).empty() ||
        Note(std::string(key) + ": \"" + KeyOf(row) + "\"", *node, context)) {
      rows->push_back(std::move(row));
    }
  }
}

void HardwareReader::ReadTables(MapReader* reader, TableContext* context) {
  Rows("gpus", reader, context, &added_.gpus, ReadCard);
  Rows("vram_states", reader, context, &added_.vram_states, ReadVramRule);
  Rows("dtypes", reader, context, &added_.dtypes, ReadWeightType);
  Rows("text_encoders", reader, context, &added_.text_encoders, ReadEncoder);
  Rows("vaes", reader, context, &added_.vaes, ReadVae);
  Rows("models", reader, context, &added_.models, ReadModel);
  Rows("spellings", reader, context, &added_.spellings, ReadSpelling);
}

void HardwareReader::ReadMaps(MapReader* reader, TableContext* context) {
  for (const KnownText& word : reader->List("card_words")) {
    added_.card_words.push_back(word);
  }
  const auto read = [&](const char* key, auto* field, auto read_map) {
    const YamlNode* node = reader->Find(key);
    if (node == nullptr || !Note(key, *node, context)) return;
    FigureMap entry(*node, "\"" + std::string(key) + "\"", context);
    if (!entry.ok()) return;
    *field = read_map(&entry);
    entry.Finish();
  };
  read("constants", &added_.constants, ReadConstants);
  read("assume", &added_.assume, ReadAssumptions);
  read("search", &added_.search, ReadSearch);
}

void HardwareReader::MergeInto(Hardware* hardware) {
  MergeRows(std::move(added_.gpus), &hardware->gpus);
  MergeRows(std::move(added_.vram_states), &hardware->vram_states);
  MergeRows(std::move(added_.dtypes), &hardware->dtypes);
  MergeRows(std::move(added_.text_encoders), &hardware->text_encoders);
  MergeRows(std::move(added_.vaes), &hardware->vaes);
  MergeRows(std::move(added_.models), &hardware->models);
  MergeRows(std::move(added_.spellings), &hardware->spellings);
  for (std::string& word : added_.card_words) {
    hardware->card_words.push_back(std::move(word));
  }
  if (places_.contains("constants")) hardware->constants = added_.constants;
  if (places_.contains("assume")) hardware->assume = added_.assume;
  if (places_.contains("search")) hardware->search = added_.search;
}

}  // namespace logdiag
