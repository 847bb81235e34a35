// SPDX-License-Identifier: Apache-2.0
// What is known of graphics cards and of models: the files of
// patterns/hardware. Values only; the meaning of each field is the meaning of
// the YAML key of that name (see the heads of gpus.yaml and models.yaml). Sizes
// are MiB.
#ifndef LOGDIAG_MODEL_HARDWARE_H_
#define LOGDIAG_MODEL_HARDWARE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

// A figure that is not exact. low to high is what a report shows; floor and
// ceiling are the extremes that a verdict rests on. floor <= low <= central <=
// high <= ceiling.
struct Spread {
  double floor = 0;
  double low = 0;
  double central = 0;
  double high = 0;
  double ceiling = 0;

  bool operator==(const Spread&) const = default;
};

struct GpuCard {
  std::string name;                // its id, too
  std::vector<std::string> match;  // one stands in the name a log prints
  std::vector<std::string> also;   // as people write it
  double nominal_mib = 0;
  bool several_sizes = false;
  double total_min_mib = 0;  // `Total VRAM` as ComfyUI prints it
  double total_max_mib = 0;
  std::string seen;  // printed | typical | none
  std::string compute;
  std::string fp8;  // native | stored | rocm
  bool bf16 = true;
  bool flash = true;
  std::string runpod;  // id of the card there; "" = not rented there

  bool operator==(const GpuCard&) const = default;
};

// A type of weights.
struct WeightType {
  std::string id;
  double bytes = 0;                // a weight
  std::vector<std::string> words;  // in names of files and in logs
  bool whole = false;  // ComfyUI keeps every tensor in it, not the blocks alone

  bool operator==(const WeightType&) const = default;
};

struct WeightSize {
  std::string dtype;  // id of a WeightType
  double mib = 0;

  bool operator==(const WeightSize&) const = default;
};

struct TextEncoder {
  std::string id;
  std::vector<std::string> classes;
  std::vector<WeightSize> weights;

  bool operator==(const TextEncoder&) const = default;
};

struct Vae {
  std::string id;
  std::vector<std::string> classes;
  double weights = 0;
  double decode_bytes = 0;
  double encode_bytes = 0;
  bool per_latent_frame = false;
  Spread scale;
  Spread frame_copies;

  bool operator==(const Vae&) const = default;
};

struct DiffusionModel {
  std::string id;
  std::string name;
  std::string family;
  std::vector<std::string> classes;
  std::vector<std::string> words;
  std::string data;  // good | some | few
  double dim = 0;
  double heads = 0;
  int layers = 0;  // 0 = the size of a block is not known
  int stride_frames = 1;
  int stride_side = 1;
  int patch = 1;
  int frame_step = 0;  // 0 = an image model
  int experts = 1;
  double token_factor = 1;
  Spread k;         // where the code path is not known
  Spread k_native;  // of ComfyUI's own nodes
  Spread k_wrapper;
  double comfy_k = 0;  // of ComfyUI's own estimate
  std::vector<WeightSize> blocks;
  std::vector<WeightSize> extra;
  double fixed_mib = 0;
  std::string text_encoder;
  std::string image_encoder;  // "" = none
  std::string vae;

  bool operator==(const DiffusionModel&) const = default;
};

// What a state of VRAM, as ComfyUI prints it or as flags ask for it, does to
// the weights of its own models.
struct VramRule {
  std::string state;
  std::vector<std::string> flags;
  std::string weights;  // none | all | placed: on the card while sampling

  bool operator==(const VramRule&) const = default;
};

struct MemoryConstants {
  double context_mib = 0;
  double usable_share = 1;
  double reserved_share = 1;
  double native_minimum_mib = 0;
  double native_reserve_mib = 0;
  double native_least_mib = 0;
  double native_unload_share = 1;
  Spread novram_weights_mib;
  double frame_bytes = 0;
  int window_frames = 0;
  Spread encoder_run_mib;
  Spread lora_mib_per_patch;
  Spread process_mib;

  bool operator==(const MemoryConstants&) const = default;
};

// The models that a log of this family most likely means by one of these
// variants, or, if `variants` is empty, if it names none.
struct FamilyGuess {
  std::string family;
  std::vector<std::string> variants;
  std::vector<std::string> models;

  bool operator==(const FamilyGuess&) const = default;
};

// What to take for what a log does not state.
struct Assumptions {
  std::string smallest_dtype;
  std::string central_dtype;
  std::string largest_dtype;
  std::vector<FamilyGuess> families;

  bool operator==(const Assumptions&) const = default;
};

// A word of names that stands for several: "wan22" for "wan 2 2".
struct Spelling {
  std::string word;
  std::string means;

  bool operator==(const Spelling&) const = default;
};

// The steps of the search for a job that fits, in order.
struct SearchSteps {
  std::vector<std::string> dtypes;
  std::vector<std::string> encoder_dtypes;
  int swap_step = 1;
  int longest_frames = 1;
  int shortest_frames = 1;
  int frame_step = 1;
  int shortest_side = 1;
  std::vector<int> tiles;

  bool operator==(const SearchSteps&) const = default;
};

struct Hardware {
  std::vector<GpuCard> gpus;
  std::vector<std::string> card_words;  // that tell no card from another
  MemoryConstants constants;
  std::vector<VramRule> vram_states;
  std::vector<WeightType> dtypes;
  std::vector<TextEncoder> text_encoders;
  std::vector<Vae> vaes;
  std::vector<DiffusionModel> models;
  std::vector<Spelling> spellings;
  Assumptions assume;
  SearchSteps search;

  const DiffusionModel* FindModel(std::string_view id) const {
    return Find(models, id);
  }
  const WeightType* FindDtype(std::string_view id) const {
    return Find(dtypes, id);
  }
  const TextEncoder* FindEncoder(std::string_view id) const {
    return Find(text_encoders, id);
  }
  const Vae* FindVae(std::string_view id) const { return Find(vaes, id); }
  const GpuCard* FindCard(std::string_view name) const {
    for (const GpuCard& card : gpus) {
      if (card.name == name) return &card;
    }
    return nullptr;
  }

  bool operator==(const Hardware&) const = default;

 private:
  template <typename Row>
  static const Row* Find(const std::vector<Row>& rows, std::string_view id) {
    for (const Row& row : rows) {
      if (row.id == id) return &row;
    }
    return nullptr;
  }
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_HARDWARE_H_
