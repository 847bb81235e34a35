// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/validate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "analyzer/memory/card_name.h"
#include "analyzer/memory/match.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/support/nearest.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kNamesToSuggest = 3;
constexpr double kLeastSide = 16;
constexpr double kMostSide = 16384;
constexpr double kMostFrames = 20000;
constexpr double kMostMib = 16.0 * 1024 * 1024;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// The names nearest to `word`, those first that hold it.
std::vector<std::string> NearestNames(std::string_view word,
                                      const std::vector<std::string>& names) {
  const std::string wanted = Lower(word);
  const auto distance = [&wanted](const std::string& name) {
    const std::string lower = Lower(name);
    return lower.find(wanted) != std::string::npos
               ? 0
               : EditDistance(wanted, lower);
  };
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const std::string& name : names)
    order.emplace_back(distance(name), name);
  std::stable_sort(
      order.begin(), order.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> nearest;
  for (auto& [letters, name] : order) {
    if (nearest.size() < kNamesToSuggest) nearest.push_back(std::move(name));
  }
  return nearest;
}

std::optional<double> WholeNumber(std::string_view text) {
  double value = 0;
  const auto [stop, code] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || stop != text.data() + text.size() ||
      value != std::floor(value)) {
    return std::nullopt;
  }
  return value;
}

class Checker {
 public:
  Checker(const BudgetRequest& request, const Hardware& hardware)
      : request_(request), hardware_(hardware) {}

  BudgetAnswer Run() {
    const DiffusionModel* model = Model();
    Dtype();
    Size();
    job_.frames = Whole(BudgetField::kFrames, request_.frames, 1, kMostFrames)
                      .value_or(1);
    Card();
    job_.swapped_blocks = Swap(model);
    // ComfyUI's own nodes have no block swap.
    if (job_.swapped_blocks.value_or(0) > 0) job_.path = CodePath::kWrapper;
    job_.ram_limit_mib = Memory(BudgetField::kRamLimit, request_.ram_limit_mib);
    job_.vram_mib = Memory(BudgetField::kVram, request_.vram_mib);
    if (answer_.bad.empty()) {
      NearSizes(*model);
      answer_.job = std::move(job_);
    }
    return std::move(answer_);
  }

 private:
  void Fail(BudgetField field, std::string_view value,
            const std::vector<std::string>& names) {
    answer_.bad.push_back({field, std::string(value),
                           value.empty() ? names : NearestNames(value, names),
                           0, 0});
  }
  void FailRange(BudgetField field, std::string_view value, double least,
                 double most) {
    answer_.bad.push_back({field, std::string(value), {}, least, most});
  }

  const DiffusionModel* Model() {
    const DiffusionModel* found = hardware_.FindModel(request_.model);
    for (const DiffusionModel& model : hardware_.models) {
      if (found == nullptr && model.name == request_.model) found = &model;
    }
    if (found == nullptr) found = MatchModel(hardware_, request_.model);
    if (found == nullptr) {
      std::vector<std::string> ids;
      for (const DiffusionModel& model : hardware_.models) {
        ids.push_back(model.id);
      }
      Fail(BudgetField::kModel, request_.model, ids);
      return nullptr;
    }
    job_.models = {found->id};
    job_.model_from = KnownFrom::kStated;
    return found;
  }

  void Dtype() {
    std::string_view text = request_.dtype;
    if (text.empty()) {  // a file name may hold it
      job_.dtype = MatchDtype(hardware_, request_.model);
      if (!job_.dtype.empty()) job_.dtype_from = KnownFrom::kName;
      return;
    }
    job_.dtype = MatchDtype(hardware_, text);
    job_.dtype_from = KnownFrom::kStated;
    if (!job_.dtype.empty()) return;
    std::vector<std::string> ids;
    for (const WeightType& type : hardware_.dtypes) ids.push_back(type.id);
    Fail(BudgetField::kDtype, text, ids);
  }

  std::optional<int> Whole(BudgetField field, std::string_view text,
                           double least, double most) {
    if (text.empty()) return std::nullopt;
    const std::optional<double> number = WholeNumber(text);
    if (!number || *number < least || *number > most) {
      FailRange(field, text, least, most);
      return std::nullopt;
    }
    return static_cast<int>(*number);
  }

  void Size() {
    const std::string text = Lower(request_.size);
    const std::size_t cross = text.find('x');
    const auto side = [&](std::string_view part) {
      const std::optional<double> number = WholeNumber(part);
      return number && *number >= kLeastSide && *number <= kMostSide
                 ? static_cast<int>(*number)
                 : 0;
    };
    if (cross != std::string::npos) {
      job_.width = side(std::string_view(text).substr(0, cross));
      job_.height = side(std::string_view(text).substr(cross + 1));
    }
    if (job_.width == 0 || job_.height == 0) {
      FailRange(BudgetField::kSize, request_.size, kLeastSide, kMostSide);
    }
  }

  void Card() {
    if (const GpuCard* card = CardNamed(hardware_, request_.gpu)) {
      job_.gpu = DeviceName(*card);
      return;
    }
    // One that nobody knows, or names, is as good as its memory.
    if (request_.vram_mib) {
      job_.gpu = request_.gpu.empty() ? "--vram" : request_.gpu;
      return;
    }
    std::vector<std::string> names;
    for (const GpuCard& card : hardware_.gpus) names.push_back(card.name);
    Fail(BudgetField::kGpu, request_.gpu, names);
  }

  std::optional<int> Swap(const DiffusionModel* model) {
    const double most = model == nullptr ? 1000 : model->layers;
    return Whole(BudgetField::kBlockSwap, request_.block_swap, 0, most);
  }

  std::optional<double> Memory(BudgetField field, std::optional<double> mib) {
    if (mib && !(*mib >= 1 && *mib <= kMostMib)) {
      FailRange(field, std::to_string(*mib), 1, kMostMib);
    }
    return mib;
  }

  void NearSizes(const DiffusionModel& model) {
    const JobSize below = CorrectedSize(hardware_, model, job_);
    const JobSize asked = {job_.width, job_.height, job_.frames, below.tokens};
    if (asked == below) return;
    JobSize above = {ValidSide(model, job_.width).above,
                     ValidSide(model, job_.height).above,
                     ValidFrames(model, job_.frames).above, 0};
    above.tokens =
        TokenCount(model, above.width, above.height, above.frames, job_.batch);
    answer_.below = below;
    answer_.above = above;
  }

  const BudgetRequest& request_;
  const Hardware& hardware_;
  Job job_;
  BudgetAnswer answer_;
};

}  // namespace

BudgetAnswer Validate(const BudgetRequest& request, const Hardware& hardware) {
  return Checker(request, hardware).Run();
}

}  // namespace logdiag
