#include <utility>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

Remedy ReadRemedy(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "a remedy", context->sink);
  Remedy remedy;
  remedy.origin = OriginOf(row, *context);
  if (!reader.ok()) return remedy;
  remedy.id = reader.RequiredText("id");
  if (!remedy.id.empty() && !IsName(remedy.id, '-')) {
    context->sink->Fail(*reader.Find("id"), "remedy id \"" + remedy.id +
                                                "\" must be lower-kebab-case");
  }
  remedy.text = reader.RequiredTemplate("text");
  remedy.command = reader.Text("command");
  remedy.risk = reader.Text("risk");
  remedy.check = reader.Text("check");
  if (const YamlNode* unless = reader.Find("unless")) {
    MapReader condition(*unless, "\"unless\"", context->sink);
    condition.Required("fact");
    remedy.unless_fact = ReadFact("fact", &condition, context);
    condition.Required("matches");
    remedy.unless_matches = condition.Pattern("matches");
    condition.Finish();
  }
  reader.Finish();
  return remedy;
}

}  // namespace

std::vector<Remedy> ReadRemedies(const YamlNode& root, TableContext* context) {
  std::vector<Remedy> remedies;
  for (const YamlNode& row : RowsOf(root, "remedies", context)) {
    remedies.push_back(ReadRemedy(row, context));
  }
  return remedies;
}

}  // namespace logdiag
