// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/figure_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace logdiag {
namespace {

// Far above every real figure, and far below what loses precision.
constexpr double kLargest = 1e9;

}  // namespace

FigureMap::FigureMap(const YamlNode& node, std::string_view what,
                     TableContext* context)
    : reader_(node, what, context->sink), context_(context) {}

std::vector<std::string> FigureMap::Texts(std::string_view key) {
  reader_.Required(key);
  return OptionalTexts(key);
}

std::vector<std::string> FigureMap::OptionalTexts(std::string_view key) {
  const std::vector<KnownText> texts = reader_.List(key);
  return {texts.begin(), texts.end()};
}

std::string FigureMap::OneOf(std::string_view key, Names names) {
  reader_.Required(key);
  return reader_.OneOf(key, names);
}

bool FigureMap::FlagOr(std::string_view key, bool absent) {
  const bool value = reader_.Flag(key);
  return reader_.Has(key) ? value : absent;
}

double FigureMap::Amount(std::string_view key, double least) {
  reader_.Required(key);
  const double number = reader_.Number(key, least);
  CheckRange(key, number, least);
  return number;
}

double FigureMap::AmountOr(std::string_view key, double absent) {
  const double number = reader_.Number(key, absent);
  CheckRange(key, number, 0);
  return number;
}

int FigureMap::Whole(std::string_view key, int least) {
  const double number = Amount(key, least);
  if (number != std::floor(number) || number > kLargestWhole) {
    Fail(*reader_.Find(key), key, "must be a whole number up to 10000");
  }
  return static_cast<int>(std::clamp<double>(number, least, kLargestWhole));
}

Spread FigureMap::Figures(std::string_view key) {
  const YamlNode* value = reader_.Required(key);
  if (value == nullptr) return {};
  FigureMap map(*value, Quoted(key), context_);
  if (!map.ok()) return {};
  Spread figures;
  figures.low = map.Amount("low");
  figures.central = map.Amount("central");
  figures.high = map.Amount("high");
  figures.floor = map.AmountOr("floor", figures.low);
  figures.ceiling = map.AmountOr("ceiling", figures.high);
  map.Finish();
  const std::array<double, 5> order = {figures.floor, figures.low,
                                       figures.central, figures.high,
                                       figures.ceiling};
  if (!std::is_sorted(order.begin(), order.end())) {
    Fail(*value, key, "must rise: floor, low, central, high, ceiling");
  }
  return figures;
}

std::vector<WeightSize> FigureMap::Weights(std::string_view key) {
  std::vector<WeightSize> sizes;
  const YamlNode* value = reader_.Find(key);
  if (value == nullptr) return sizes;
  FigureMap map(*value, Quoted(key), context_);
  for (const auto& [dtype, mib] : value->entries) {
    const double size = map.Amount(dtype.text);
    if (size == 0) map.Fail(mib, dtype.text, "must be above 0");
    sizes.push_back({dtype.text, size});
    Refer(Table::kDtype, dtype.text, dtype);
  }
  map.Finish();  // tells of a type given twice
  if (map.ok() && sizes.empty()) Fail(*value, key, "holds no size");
  return sizes;
}

std::string FigureMap::Name(Table table, std::string_view key) {
  std::string name = Text(key);
  if (!name.empty()) Refer(table, name, *reader_.Find(key));
  return name;
}

std::vector<std::string> FigureMap::NameList(Table table,
                                             std::string_view key) {
  std::vector<std::string> names = Texts(key);
  for (const std::string& name : names) {
    Refer(table, name, *reader_.Find(key));
  }
  return names;
}

void FigureMap::Fail(const YamlNode& at, std::string_view key,
                     std::string_view what) {
  context_->sink->Fail(at, Quoted(key) + " " + std::string(what));
}

void FigureMap::CheckRange(std::string_view key, double number, double least) {
  const YamlNode* value = reader_.Find(key);
  if (value != nullptr && (number < least || number > kLargest)) {
    Fail(*value, key, "is out of range");
  }
}

void FigureMap::Refer(Table table, std::string_view id, const YamlNode& at) {
  context_->references->push_back(
      {table, std::string(id), context_->sink->Place(at)});
}

}  // namespace logdiag
