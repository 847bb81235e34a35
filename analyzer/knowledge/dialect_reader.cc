// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <vector>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/regex.h"

namespace logdiag {
namespace {

std::vector<KnownText> ReadBarPatterns(std::string_view key, MapReader* reader,
                                       ErrorSink* sink) {
  std::vector<KnownText> patterns;
  for (const YamlNode* node : reader->OneOrMore(key)) {
    patterns.push_back(ReadText(*node, key, sink));
    std::string why;
    if (!Regex::Compile(patterns.back(), &why)) {
      sink->Fail(*node, "\"" + std::string(key) +
                            "\" is not a valid RE2 pattern: " + why);
    }
  }
  return patterns;
}

std::vector<KnownText> ReadMains(MapReader* reader, ErrorSink* sink) {
  std::vector<KnownText> mains;
  for (const YamlNode* node : reader->OneOrMore("mains")) {
    mains.push_back(ReadText(*node, "mains", sink));
    if (mains.back().view().find('/') != std::string_view::npos) {
      sink->Fail(*node, "\"mains\" holds names of files, without folders");
    }
  }
  return mains;
}

}  // namespace

Dialect ReadDialect(const YamlNode& root, std::string_view id,
                    TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(root, "a dialect", sink);
  Dialect dialect;
  dialect.id = id;
  dialect.origin = OriginOf(root, *context);
  if (!reader.ok()) return dialect;
  dialect.name = reader.RequiredText("name");
  dialect.mains = ReadMains(&reader, sink);
  reader.Required("unit");
  dialect.unit = reader.OneOf("unit", UnitNames());
  dialect.server = reader.Flag("server");
  dialect.work_bars = ReadBarPatterns("work_bars", &reader, sink);
  dialect.other_bars = ReadBarPatterns("other_bars", &reader, sink);
  ReadReplaces("dialect", id, &reader, context);
  reader.Finish();
  return dialect;
}

}  // namespace logdiag
