// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

constexpr double kMaxExitCode = 255;

void CheckCondition(const YamlNode& when, const MapReader& reader,
                    ErrorSink* sink) {
  if (when.entries.empty()) {
    sink->Fail(when, "\"when\" is empty; say when this speaks");
  }
  if (reader.Has("scope") && !reader.Has("marker") && !reader.Has("absent")) {
    sink->Fail(when,
               "\"scope\" says where to look for a marker; add "
               "\"marker\" or \"absent\", or remove it");
  }
  if (reader.Has("count") && !reader.Has("marker")) {
    sink->Fail(when, "\"count\" needs \"marker\"");
  }
  if ((reader.Has("fact_matches") || reader.Has("fact_range")) &&
      !reader.Has("fact")) {
    sink->Fail(when, "\"fact_matches\" and \"fact_range\" need \"fact\"");
  }
  if (reader.Has("fact_per") && !reader.Has("fact_range")) {
    sink->Fail(when, "\"fact_per\" needs \"fact\" and \"fact_range\"");
  }
}

std::vector<int> ReadExitCodes(MapReader* reader, ErrorSink* sink) {
  std::vector<int> codes;
  for (const YamlNode* node : reader->OneOrMore("exit_code")) {
    const std::optional<double> number = AsNumber(*node);
    if (!number || *number != std::floor(*number) ||
        std::abs(*number) > kMaxExitCode) {
      sink->Fail(*node,
                 "an exit code must be a whole number: 0 to 255, or -N for "
                 "signal N");
      continue;
    }
    codes.push_back(static_cast<int>(*number));
  }
  return codes;
}

void ReadFigures(MapReader* reader, Condition* condition) {
  condition->count = reader->Interval("count");
  condition->bar_done = reader->Interval("bar_done");
  condition->restart_gap_s = reader->Interval("restart_gap_s");
  condition->silence_s = reader->Interval("silence_s");
  condition->same_point_deaths = reader->Interval("same_point_deaths");
}

}  // namespace

std::vector<KnownText> ReadIds(std::string_view key, Table table,
                               MapReader* reader, TableContext* context) {
  std::vector<KnownText> ids;
  for (const YamlNode* node : reader->OneOrMore(key)) {
    ids.push_back(ReadText(*node, key, context->sink));
    if (ids.back().empty()) continue;
    context->references->push_back(
        {table, ids.back(), context->sink->Place(*node)});
  }
  return ids;
}

Condition ReadCondition(const YamlNode& when, TableContext* context) {
  MapReader reader(when, "\"when\"", context->sink);
  Condition condition;
  if (!reader.ok()) return condition;
  condition.markers = ReadIds("marker", Table::kMarker, &reader, context);
  condition.absent = ReadIds("absent", Table::kMarker, &reader, context);
  const std::string scope = reader.OneOf("scope", ScopeNames());
  if (!scope.empty()) condition.scope = scope;
  condition.exception = reader.Pattern("exception");
  condition.frame = reader.Pattern("frame");
  condition.label = reader.Pattern("label");
  condition.outcomes = reader.NamesOf("outcome", OutcomeNames());
  condition.phases = reader.NamesOf("phase", PhaseNames());
  condition.kinds = reader.NamesOf("kind", KindNames());
  condition.ends = reader.NamesOf("end", EndNames());
  condition.bar = reader.OneOf("bar", BarNames());
  ReadFigures(&reader, &condition);
  condition.host_changed = reader.Flag("host_changed");
  condition.fact = ReadFact("fact", &reader, context);
  condition.fact_matches = reader.Pattern("fact_matches");
  condition.fact_range = reader.Interval("fact_range");
  condition.fact_per = ReadFact("fact_per", &reader, context);
  condition.exit_codes = ReadExitCodes(&reader, context->sink);
  condition.programs = ReadIds("program", Table::kDialect, &reader, context);
  CheckCondition(when, reader, context->sink);
  reader.Finish();
  return condition;
}

}  // namespace logdiag
