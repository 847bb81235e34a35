// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/budget.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/cli/catalogue.h"
#include "analyzer/memory/budget.h"
#include "reports/budget_report.h"
#include "reports/words/phrasebook.h"

namespace logdiag {
namespace {

const char* OptionName(BudgetField field) {
  switch (field) {
    case BudgetField::kModel:
      return "--model";
    case BudgetField::kDtype:
      return "--dtype";
    case BudgetField::kSize:
      return "--size";
    case BudgetField::kFrames:
      return "--frames";
    case BudgetField::kGpu:
      return "--gpu";
    case BudgetField::kBlockSwap:
      return "--block-swap";
    case BudgetField::kRamLimit:
      return "--ram-limit";
    case BudgetField::kVram:
      break;
  }
  return "--vram";
}

// The key of the sentence on where such names are kept; "" for numbers.
std::string HomeKey(BudgetField field) {
  switch (field) {
    case BudgetField::kModel:
      return "budget.bad.add.model";
    case BudgetField::kDtype:
      return "budget.bad.add.dtype";
    case BudgetField::kGpu:
      return "budget.bad.add.gpu";
    default:
      return "";
  }
}

std::string Complaint(const Phrasebook& words, const BadValue& bad) {
  Slots slots;
  slots.Own("option", OptionName(bad.field));
  slots.Own("value", bad.value);
  const std::string home = HomeKey(bad.field);
  if (bad.value.empty()) return words.Plain("budget.bad.missing", slots);
  if (!home.empty()) {
    slots.Own("add", words.Plain(home));
    if (!bad.nearest.empty()) {
      slots.Own("nearest", fmt::format("{}", fmt::join(bad.nearest, ", ")));
    }
    return words.Plain("budget.bad.unknown", slots);
  }
  if (bad.field == BudgetField::kSize) {
    return words.Plain("budget.bad.size", slots);
  }
  if (bad.least != 0 || bad.most != 0) {
    slots.Own("least", fmt::format("{}", bad.least));
    slots.Own("most", fmt::format("{}", bad.most));
    return words.Plain("budget.bad.range", slots);
  }
  return words.Plain("budget.bad.number", slots);
}

std::string ListOf(const Hardware& hardware, BudgetNames names) {
  std::string list;
  const auto add = [&list](std::string_view name) {
    list += name;
    list += '\n';
  };
  switch (names) {
    case BudgetNames::kModels:
      for (const DiffusionModel& model : hardware.models) add(model.id);
      break;
    case BudgetNames::kDtypes:
      for (const WeightType& type : hardware.dtypes) add(type.id);
      break;
    case BudgetNames::kCards:
      for (const GpuCard& card : hardware.gpus) add(card.name);
      break;
  }
  return list;
}

}  // namespace

Result<std::string> AnswerBudget(const Catalogue& catalogue,
                                 BudgetRequest request, const Given& given,
                                 Format format) {
  request.gpu = given.gpu;
  if (request.block_swap.empty()) request.block_swap = "0";
  if (given.vram_mb) request.vram_mib = static_cast<double>(*given.vram_mb);
  if (given.ram_limit_mb) {
    request.ram_limit_mib = static_cast<double>(*given.ram_limit_mb);
  }
  const BudgetAnswer answer = Validate(request, catalogue.hardware);
  const Phrasebook words(catalogue, nullptr, {});
  std::string complaints;
  for (const BadValue& bad : answer.bad) {
    complaints += (complaints.empty() ? "" : "\n") + Complaint(words, bad);
  }
  if (!complaints.empty()) return Error{"", complaints};
  const std::optional<Budget> budget =
      answer.job ? MakeBudget(*answer.job, catalogue.hardware, {})
                 : std::nullopt;
  if (!budget) return Error{"", words.Plain("budget.bad.none")};
  return format == Format::kJson ? WriteBudgetJson(*budget)
                                 : WriteBudget(catalogue, *budget);
}

int RunBudget(const Options& options) {
  Catalogue catalogue;
  if (!LoadPatterns(options, &catalogue)) return kExitUsage;
  if (options.budget_names) {
    return Print(ListOf(catalogue.hardware, *options.budget_names))
               ? kExitOk
               : kExitPartial;
  }
  const Result<std::string> answer =
      AnswerBudget(catalogue, options.budget, options.given,
                   options.format.value_or(Format::kMarkdown));
  if (!answer.ok()) {
    for (std::string_view rest = answer.error().message; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      PrintError({"", std::string(rest.substr(0, end))});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return kExitUsage;
  }
  return Print(answer.value()) ? kExitOk : kExitPartial;
}

}  // namespace logdiag
