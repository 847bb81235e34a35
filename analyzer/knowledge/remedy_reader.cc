#include <utility>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

Objection ReadObjection(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "an item of \"unless\"", context->sink);
  Objection objection;
  if (!reader.ok()) return objection;
  if (const YamlNode* when = reader.Required("when")) {
    objection.when = ReadCondition(*when, context);
  }
  objection.says = reader.RequiredTemplate("says");
  reader.Finish();
  return objection;
}

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
  if (const YamlNode* when = reader.Find("when")) {
    remedy.when = ReadCondition(*when, context);
  }
  for (const YamlNode* unless : reader.OneOrMore("unless")) {
    remedy.unless.push_back(ReadObjection(*unless, context));
  }
  remedy.programs = ReadIds("programs", Table::kDialect, &reader, context);
  ReadReplaces("remedy", remedy.id, &reader, context);
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
