// SPDX-License-Identifier: Apache-2.0
// One map of figures in a file of patterns/hardware.
#ifndef LOGDIAG_KNOWLEDGE_FIGURE_MAP_H_
#define LOGDIAG_KNOWLEDGE_FIGURE_MAP_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/map_reader.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// No whole number of these files is larger.
inline constexpr double kLargestWhole = 10000;

// A MapReader with the types of values that these files have. What is called
// for must be there, unless it says otherwise. Errors go to the context.
class FigureMap {
 public:
  // `node` and `context` must outlive this.
  FigureMap(const YamlNode& node, std::string_view what, TableContext* context);

  bool ok() const { return reader_.ok(); }
  MapReader* reader() { return &reader_; }
  TableContext* context() { return context_; }
  void Finish() { reader_.Finish(); }  // call last

  std::string Text(std::string_view key) { return reader_.RequiredText(key); }
  std::vector<std::string> Texts(std::string_view key);
  std::vector<std::string> OptionalTexts(std::string_view key);
  std::string OneOf(std::string_view key, Names names);
  bool FlagOr(std::string_view key, bool absent);  // may be absent

  // Numbers from `least` up.
  double Amount(std::string_view key, double least = 0);
  double AmountOr(std::string_view key, double absent);  // may be absent
  int Whole(std::string_view key, int least = 0);
  // {low, central, high}; floor and ceiling are low and high if absent.
  Spread Figures(std::string_view key);
  // {fp16: 26812, fp8: 13409}; may be absent.
  std::vector<WeightSize> Weights(std::string_view key);

  // Text that names a row of `table`.
  std::string Name(Table table, std::string_view key);
  std::vector<std::string> NameList(Table table, std::string_view key);

  void Fail(const YamlNode& at, std::string_view key, std::string_view what);

 private:
  void CheckRange(std::string_view key, double number, double least);
  void Refer(Table table, std::string_view id, const YamlNode& at);

  MapReader reader_;
  TableContext* context_;
};

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_FIGURE_MAP_H_
