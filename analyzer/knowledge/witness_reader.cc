// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/text.h"
#include "analyzer/support/witness_match.h"

namespace logdiag {
namespace {

bool HasGroup(std::string_view regex, std::string_view name) {
  return Contains(regex, "(?P<" + std::string(name) + ">");
}

WitnessFact ReadFact(const YamlNode& row, ErrorSink* sink) {
  MapReader reader(row, "a fact of a witness", sink);
  WitnessFact fact;
  if (!reader.ok()) return fact;
  fact.fact = reader.RequiredText("fact");
  reader.Required("regex");
  fact.regex = reader.Pattern("regex");
  fact.value = reader.Text("value");
  fact.bytes = reader.Flag("bytes");
  fact.of_end = reader.Flag("of_end");
  if (!fact.regex.empty() &&
      fact.value.empty() != HasGroup(fact.regex, "value")) {
    sink->Fail(row, "a fact needs \"value\", or a group (?P<value>...)");
    fact.regex = {};
  }
  if (fact.bytes && !fact.value.empty()) {
    sink->Fail(row, "\"bytes\" is for the group (?P<value>...)");
  }
  reader.Finish();
  return fact;
}

// Each sample must be this witness, and every fact be in one of them.
void CheckSamples(const YamlNode& samples, const WitnessKind& kind,
                  const YamlNode& row, ErrorSink* sink) {
  const std::vector<WitnessKind> kinds(1, kind);
  Facts stated;
  for (const YamlNode& sample : samples.items) {
    if (!IsText(sample)) continue;
    WitnessMatch match(&kinds);
    std::string_view rest = sample.text;
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      match.Look(rest.substr(0, end), number);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const std::optional<Testimony> told = match.Take();
    if (!told) {
      sink->Fail(sample, "this sample lacks one of the signs");
      continue;
    }
    stated.insert(told->pod.begin(), told->pod.end());
    for (const Statement& end : told->ends) {
      stated.insert(end.facts.begin(), end.facts.end());
    }
  }
  for (const WitnessFact& fact : kind.facts) {
    if (stated.contains(std::string_view(fact.fact))) continue;
    sink->Fail(row, "no sample states \"" + std::string(fact.fact) + "\"");
  }
}

WitnessKind ReadWitness(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a witness", sink);
  WitnessKind kind;
  kind.origin = OriginOf(row, *context);
  if (!reader.ok()) return kind;
  kind.id = ReadId("witness", &reader, *context);
  kind.name = reader.RequiredText("name");
  reader.Required("signs");
  kind.signs = reader.List("signs");
  kind.begins = reader.Pattern("begins");
  kind.ended = reader.Pattern("ended");
  kind.runs = reader.Pattern("runs");
  if (!kind.ended.empty() && !HasGroup(kind.ended, "time")) {
    sink->Fail(row, "\"ended\" needs the group (?P<time>...)");
  }
  kind.is_log = reader.Flag("is_log");
  bool good = !kind.signs.empty();
  if (const YamlNode* signs = reader.Find("signs")) {
    for (const YamlNode& sign : signs->items) {
      std::string why;
      if (!IsText(sign) || Regex::Compile(sign.text, &why)) continue;
      sink->Fail(sign, "\"signs\" holds no regex: " + why);
      good = false;
    }
  }
  for (const YamlNode* fact : reader.OneOrMore("facts")) {
    kind.facts.push_back(ReadFact(*fact, sink));
    good = good && !kind.facts.back().regex.empty();
  }
  const YamlNode* samples = reader.Required("samples");
  kind.samples = reader.List("samples");
  ReadReplaces("witness", kind.id, &reader, context);
  reader.Finish();
  if (good && samples != nullptr) CheckSamples(*samples, kind, row, sink);
  return kind;
}

}  // namespace

std::vector<WitnessKind> ReadWitnesses(const YamlNode& root,
                                       TableContext* context) {
  std::vector<WitnessKind> kinds;
  for (const YamlNode& row : RowsOf(root, "witnesses", context)) {
    kinds.push_back(ReadWitness(row, context));
  }
  return kinds;
}

}  // namespace logdiag
