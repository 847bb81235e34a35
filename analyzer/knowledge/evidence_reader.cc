// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

// Heavier items must say why.
constexpr double kUnexplainedDb = 10;

void CheckWeight(const YamlNode& row, const MapReader& reader,
                 const EvidenceItem& item, ErrorSink* sink) {
  const bool heavy = item.establishes || item.excludes ||
                     std::abs(item.weight_db) > kUnexplainedDb;
  if (heavy && item.why.empty()) {
    sink->Fail(row,
               "this weighs more than 10 dB; add \"why\": one "
               "sentence on why the software makes it so telling");
  }
  const int voices = (reader.Has("weight") ? 1 : 0) +
                     (item.establishes ? 1 : 0) + (item.excludes ? 1 : 0);
  if (voices != 1) {
    sink->Fail(row,
               "an evidence item needs one of \"weight\", "
               "\"establishes: true\" and \"excludes: true\"");
  }
}

}  // namespace

EvidenceItem ReadEvidenceKeys(const YamlNode& row, MapReader* reader,
                              TableContext* context) {
  EvidenceItem item;
  if (const YamlNode* when = reader->Required("when")) {
    item.when = ReadCondition(*when, context);
  }
  item.weight_db = reader->Number("weight", 0, kDecibans);
  item.establishes = reader->Flag("establishes");
  item.excludes = reader->Flag("excludes");
  item.says = reader->RequiredTemplate("says");
  item.why = reader->Text("why");
  CheckWeight(row, *reader, item, context->sink);
  return item;
}

EvidenceItem ReadEvidence(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "an evidence item", context->sink);
  if (!reader.ok()) return {};
  EvidenceItem item = ReadEvidenceKeys(row, &reader, context);
  reader.Finish();
  return item;
}

std::vector<AddedEvidence> ReadEvidenceFile(const YamlNode& root,
                                            TableContext* context) {
  std::vector<AddedEvidence> items;
  for (const YamlNode& row : RowsOf(root, "evidence", context)) {
    MapReader reader(row, "an evidence item", context->sink);
    if (!reader.ok()) continue;
    AddedEvidence added;
    added.cause = reader.RequiredText("cause");
    if (!added.cause.empty()) {
      context->references->push_back(
          {Table::kCause, added.cause,
           context->sink->Place(*reader.Find("cause"))});
    }
    added.item = ReadEvidenceKeys(row, &reader, context);
    reader.Finish();
    items.push_back(std::move(added));
  }
  return items;
}

}  // namespace logdiag
