// SPDX-License-Identifier: Apache-2.0
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
  remedy.id = ReadId("remedy", &reader, *context);
  remedy.name = reader.Text("name");
  reader.Required("action");
  remedy.action = reader.OneOf("action", ActionNames());
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
  remedy.not_programs =
      ReadIds("not_programs", Table::kDialect, &reader, context);
  remedy.only_on = ReadIds("only_on", Table::kMachine, &reader, context);
  remedy.not_on = ReadIds("not_on", Table::kMachine, &reader, context);
  ReadReplaces("remedy", remedy.id, &reader, context);
  reader.Finish();
  return remedy;
}

MachineKind ReadMachine(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "a machine", context->sink);
  MachineKind machine;
  machine.origin = OriginOf(row, *context);
  if (!reader.ok()) return machine;
  machine.id = ReadId("machine", &reader, *context);
  reader.Required("when");
  for (const YamlNode* when : reader.OneOrMore("when")) {
    machine.when.push_back(ReadCondition(*when, context));
  }
  ReadReplaces("machine", machine.id, &reader, context);
  reader.Finish();
  return machine;
}

}  // namespace

std::vector<MachineKind> ReadMachines(const YamlNode& root,
                                      TableContext* context) {
  std::vector<MachineKind> machines;
  for (const YamlNode& row : RowsOf(root, "machines", context)) {
    machines.push_back(ReadMachine(row, context));
  }
  return machines;
}

std::vector<Remedy> ReadRemedies(const YamlNode& root, TableContext* context) {
  std::vector<Remedy> remedies;
  for (const YamlNode& row : RowsOf(root, "remedies", context)) {
    remedies.push_back(ReadRemedy(row, context));
  }
  return remedies;
}

}  // namespace logdiag
