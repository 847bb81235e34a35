// SPDX-License-Identifier: Apache-2.0
// Whether a job fits into the memory of its machine, and what would. Values
// for a report; sizes are MiB. Spreads of the card's memory are what PyTorch
// allocates: the context of CUDA comes on top (Budget::context_mib).
#ifndef LOGDIAG_MODEL_BUDGET_H_
#define LOGDIAG_MODEL_BUDGET_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/hardware.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// Where a job's model or type of weights is known from.
enum class KnownFrom {
  kNothing,  // not known
  kStated,   // said so itself: an option, a line
  kName,     // of a file or a variant
  kBlocks,   // the size of a block
  kWeights,  // the size of all weights
  kClass,    // the class, which only one model has
  kFamily,   // nothing but the family of the software: a guess
};

// Whose code samples: they hold different tensors at once.
enum class CodePath {
  kUnknown,
  kNative,   // ComfyUI's own nodes: it places the weights; no block swap
  kWrapper,  // a wrapper's sampler: it keeps all blocks but the swapped ones
};

// Where ComfyUI puts the weights of its own models (VramRule::weights).
enum class Placement {
  kPlaced,  // as many on the card as its estimate leaves room for
  kNone,    // in RAM, each layer visits the card
  kAll,
};

// A job and its machine, as a log or a command line gives them.
struct Job {
  // Ids of Hardware::models; the likeliest first. More than one if it is a
  // guess; none if the model is not known.
  std::vector<std::string> models;
  KnownFrom model_from = KnownFrom::kNothing;
  std::string dtype;  // id of a WeightType; "" = not known
  KnownFrom dtype_from = KnownFrom::kNothing;
  std::string encoder_dtype;  // "" = not known
  int width = 0;              // pixels, as asked
  int height = 0;
  int frames = 1;
  int windows = 1;  // above 1: the frames are worked on in so many windows
  int batch = 1;
  int steps = 0;                 // 0 = not known
  std::optional<double> tokens;  // as printed; goes before the size
  std::optional<int> swapped_blocks;
  std::optional<double> gpu_blocks_mib;  // blocks that stay on the card ...
  std::optional<double> cpu_blocks_mib;  // ... and those in RAM, as printed
  std::optional<double> offloaded_mib;   // of a native job, as printed
  CodePath path = CodePath::kUnknown;
  Placement placement = Placement::kPlaced;  // of a native job
  double lora_patches = 0;
  std::optional<bool> non_blocking;
  bool math_attention = false;          // attention builds its whole matrix
  std::string gpu;                      // as the log names the card
  std::optional<double> vram_mib;       // its total, as printed
  std::optional<double> ram_limit_mib;  // of the container
  std::optional<double> peak_mib;       // allocated while sampling, as printed
  std::optional<double> reserved_mib;   // cached by the allocator, as printed
  Facts facts;                          // those that this was read from
};

// As far as the range of the figures allows to say.
enum class Fit { kFits, kTight, kCannotTell, kDoesNotFit };

// "fits", "tight", "cannot-tell" or "does-not-fit": in facts and in JSON.
constexpr std::string_view FitName(Fit fit) {
  switch (fit) {
    case Fit::kFits:
      return "fits";
    case Fit::kTight:
      return "tight";
    case Fit::kDoesNotFit:
      return "does-not-fit";
    case Fit::kCannotTell:
      break;
  }
  return "cannot-tell";
}

// Facts that the budget sets where its range allows a verdict; pattern files
// may ask for them. Values: fits, tight, does-not-fit.
inline constexpr std::array<std::string_view, 2> kBudgetFacts = {"vram_fit",
                                                                 "ram_fit"};

enum class BudgetPhase { kLoad, kTextEncode, kSampling, kVaeDecode };

struct PhaseNeed {
  BudgetPhase phase = BudgetPhase::kSampling;
  Spread need;
  Fit fit = Fit::kCannotTell;
};

// The job's memory on the card that may be used.
struct UsableVram {
  double min_mib = 0;  // equal to max_mib if the log prints the total
  double max_mib = 0;
  bool printed = false;  // from the fact vram_mb, else from the table of cards
  std::string card;      // name in Hardware::gpus; "" = not known
};

// A size with what it means for the model.
struct JobSize {
  int width = 0;
  int height = 0;
  int frames = 0;
  double tokens = 0;

  bool operator==(const JobSize&) const = default;
};

struct RamNeed {
  Spread need;
  std::optional<double> limit_mib;
  Fit fit = Fit::kCannotTell;
};

// What the run itself printed. Goes before any estimate.
struct PrintedPeak {
  double allocated_mib = 0;
  std::optional<double> reserved_mib;
  Spread estimate;  // what was expected
};

// What was taken for granted. The sentences stand in reports/texts.
enum class Assumption {
  kModelGuessed,      // only the family of the software is known
  kModelFromSize,     // by the size of its weights or of a block
  kDtypeUnknown,      // all usual types counted
  kDtypeFromSize,     // by the size of the weights or of a block
  kSwapUnknown,       // from no block to all of them counted
  kNativePlacement,   // ComfyUI decides how much stays on the card
  kCodePathUnknown,   // ComfyUI's own sampling and a wrapper's counted
  kEncoderUnknown,    // type of the text encoder: all known sizes counted
  kPinnedUnknown,     // a pinned copy of swapped blocks counted in the high
  kLoraCounted,       // unmerged patches counted in the high figure
  kSizeRounded,       // to what the model takes
  kWindowed,          // frames of one window counted
  kCardFromTable,     // usual total of the card, none printed
  kCardSeveralSizes,  // the name is sold with several sizes
  kCardDerived,       // no total of this card was ever seen
  kMathAttention,     // the card has no flash attention: the ceiling counts
                      // the whole matrix and is no figure to show
  kFewData,           // no runs of this model known: figures, no verdict
  kRamLimitUnknown,   // the log states none of the container
};

enum class Knob {
  kVaeTile,
  kEncoderDtype,
  kEncoderOnCpu,
  kDtype,
  kLessSwap,
  kMoreSwap,
  kFrames,
  kSize,
  kTogether,
  kCard,
};

// A change that would do. Only the fields that change are set.
struct Offer {
  Knob knob = Knob::kFrames;
  bool certain = false;  // fits even at the ceiling; else the central figure
  std::string dtype;
  std::string encoder_dtype;
  std::optional<int> swapped_blocks;
  int width = 0;
  int height = 0;
  int frames = 0;
  int tile = 0;                    // side in pixels
  std::vector<std::string> cards;  // equal ones; the least memory first
  Spread need;                     // with the change
};

// How one card takes a row.
struct CardFit {
  std::string card;
  Fit fit = Fit::kCannotTell;
};

// One configuration on several cards: the job's first, then bigger ones.
struct ConfigRow {
  JobSize size;
  Spread weights;
  Spread activations;
  Spread total;
  std::vector<CardFit> fits;
};

// The same job with another model that it may be.
struct ModelRow {
  std::string model;
  std::string name;
  Spread weights;
  Spread activations;
  Spread total;
  Fit fit = Fit::kCannotTell;
};

struct Budget {
  Job job;            // as asked
  std::string model;  // id, and as people name it
  std::string model_name;
  JobSize asked;      // tokens: of the size as it was corrected
  JobSize corrected;  // what the software makes of it: rounded down
  JobSize above;      // the valid size above; equal to corrected if none
  double context_mib = 0;
  Spread weights;                 // on the card while sampling
  Spread activations;             // the rest of sampling
  std::vector<PhaseNeed> phases;  // in order of BudgetPhase
  std::optional<UsableVram> usable;
  RamNeed ram;
  std::optional<PrintedPeak> printed;
  std::vector<Assumption> assumptions;
  std::vector<ModelRow> other_models;  // if the model is a guess
  std::vector<Offer> offers;           // what would fit, in order
  int largest_frames = 0;  // most that fit at this size; 0 = none, or no video
  std::vector<ConfigRow> table;  // the job first
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_BUDGET_H_
