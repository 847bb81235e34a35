// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/match.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "analyzer/memory/weights.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr double kTolerance = 0.02;

// Lower case, in words; the extension goes.
std::vector<std::string> ModelNameWords(std::string_view text) {
  constexpr std::string_view kJoints = "-_./() ";
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (kJoints.find(c) == kJoints.npos) {
      words.back() +=
          c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  if (!words.empty() &&
      (words.back() == "safetensors" || words.back() == "gguf")) {
    words.pop_back();
  }
  return words;
}

// Words that stand for several are written out.
std::vector<std::string> Spelled(const Hardware& hardware,
                                 std::string_view name) {
  std::vector<std::string> words;
  for (std::string& word : ModelNameWords(name)) {
    const auto spelling =
        std::find_if(hardware.spellings.begin(), hardware.spellings.end(),
                     [&](const Spelling& s) { return s.word == word; });
    if (spelling == hardware.spellings.end()) {
      words.push_back(std::move(word));
      continue;
    }
    for (std::string& part : ModelNameWords(spelling->means)) {
      words.push_back(std::move(part));
    }
  }
  return words;
}

std::size_t Letters(const std::vector<std::string>& words) {
  std::size_t letters = 0;
  for (const std::string& word : words) letters += word.size();
  return letters;
}

bool HasAll(const std::vector<std::string>& have,
            const std::vector<std::string>& need) {
  return std::all_of(need.begin(), need.end(), [&](const std::string& word) {
    return std::find(have.begin(), have.end(), word) != have.end();
  });
}

bool HasInOrder(const std::vector<std::string>& have,
                const std::vector<std::string>& need) {
  return std::search(have.begin(), have.end(), need.begin(), need.end()) !=
         have.end();
}

// Looks over every type of `model` for a size near to `mib`.
template <typename SizeOf>
void LookFor(const Hardware& hardware, const DiffusionModel& model, double mib,
             SizeOf size_of, double* gap, SizeMatch* best) {
  for (const WeightType& type : hardware.dtypes) {
    const double size = size_of(hardware, model, type.id);
    if (size <= 0) continue;
    const double off = std::abs(size - mib) / size;
    if (off >= *gap) continue;
    *gap = off;
    *best = {&model, type.id};
  }
}

// ComfyUI prints sizes of all weights, and of its own loads only.
double TotalOfComfyUi(const Hardware& hardware, const DiffusionModel& model,
                      std::string_view dtype) {
  return TotalWeightsMib(hardware, model, dtype, CodePath::kNative);
}

template <typename SizeOf>
SizeMatch MatchAny(const Hardware& hardware, double mib,
                   const DiffusionModel* only, SizeOf size_of) {
  SizeMatch best;
  double gap = kTolerance;
  for (const DiffusionModel& model : hardware.models) {
    if (only != nullptr && only != &model) continue;
    if (model.layers > 0) LookFor(hardware, model, mib, size_of, &gap, &best);
  }
  return best;
}

}  // namespace

const GpuCard* MatchCard(const Hardware& hardware, std::string_view device) {
  const GpuCard* best = nullptr;
  std::size_t length = 0;
  for (const GpuCard& card : hardware.gpus) {
    for (const std::string& text : card.match) {
      if (text.size() <= length || !Contains(device, text)) continue;
      best = &card;
      length = text.size();
    }
  }
  return best;
}

const DiffusionModel* MatchModel(const Hardware& hardware,
                                 std::string_view name) {
  const std::vector<std::string> have = Spelled(hardware, name);
  const DiffusionModel* best = nullptr;
  std::size_t most = 0;
  for (const DiffusionModel& model : hardware.models) {
    for (const std::string& entry : model.words) {
      const std::vector<std::string> need = ModelNameWords(entry);
      const std::size_t letters = Letters(need);
      if (letters <= most || !HasAll(have, need)) continue;
      best = &model;
      most = letters;
    }
  }
  return best;
}

std::string MatchDtype(const Hardware& hardware, std::string_view name) {
  const std::vector<std::string> have = ModelNameWords(name);
  std::string best;
  std::size_t most = 0;
  for (const WeightType& type : hardware.dtypes) {
    for (const std::string& entry : type.words) {
      const std::vector<std::string> need = ModelNameWords(entry);
      const std::size_t letters = Letters(need);
      if (letters <= most || !HasInOrder(have, need)) continue;
      best = type.id;
      most = letters;
    }
  }
  return best;
}

const DiffusionModel* MatchClass(const Hardware& hardware,
                                 std::string_view class_name) {
  const DiffusionModel* only = nullptr;
  for (const DiffusionModel& model : hardware.models) {
    if (std::find(model.classes.begin(), model.classes.end(), class_name) ==
        model.classes.end()) {
      continue;
    }
    if (only != nullptr) return nullptr;
    only = &model;
  }
  return only;
}

SizeMatch MatchWeights(const Hardware& hardware, std::string_view class_name,
                       double mib) {
  SizeMatch best;
  double gap = kTolerance;
  for (const DiffusionModel& model : hardware.models) {
    if (std::find(model.classes.begin(), model.classes.end(), class_name) !=
        model.classes.end()) {
      LookFor(hardware, model, mib, TotalOfComfyUi, &gap, &best);
    }
  }
  return best;
}

SizeMatch MatchBlock(const Hardware& hardware, double mib,
                     const DiffusionModel* only) {
  return MatchAny(hardware, mib, only, BlockMib);
}

SizeMatch MatchBlocks(const Hardware& hardware, double mib,
                      const DiffusionModel* only) {
  return MatchAny(hardware, mib, only,
                  [](const Hardware& all, const DiffusionModel& model,
                     std::string_view dtype) {
                    return WeightMib(all, model.blocks, dtype);
                  });
}

}  // namespace logdiag
