#include <cmath>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

// Heavier items must say why.
constexpr double kUnexplainedDb = 10;

}  // namespace

EvidenceItem ReadEvidence(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "an evidence item", context->sink);
  EvidenceItem item;
  if (!reader.ok()) return item;
  if (const YamlNode* when = reader.Required("when")) {
    item.when = ReadCondition(*when, context);
  }
  item.weight_db = reader.Number("weight", 0);
  item.establishes = reader.Flag("establishes");
  item.excludes = reader.Flag("excludes");
  item.says = reader.RequiredTemplate("says");
  item.why = reader.Text("why");
  const bool heavy = item.establishes || item.excludes ||
                     std::abs(item.weight_db) > kUnexplainedDb;
  if (heavy && item.why.empty()) {
    context->sink->Fail(row,
                        "this weighs more than 10 dB; add \"why\": one "
                        "sentence on why the software makes it so telling");
  }
  const int voices = (reader.Has("weight") ? 1 : 0) +
                     (item.establishes ? 1 : 0) + (item.excludes ? 1 : 0);
  if (voices != 1) {
    context->sink->Fail(row,
                        "an evidence item needs one of \"weight\", "
                        "\"establishes: true\" and \"excludes: true\"");
  }
  reader.Finish();
  return item;
}

}  // namespace logdiag
