// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/document_match.h"

namespace logdiag {
namespace {

// Reads the samples as a log is read, nothing of them understood.
bool Fits(const DocumentKind& kind, std::string_view sample) {
  std::vector<DocumentKind> kinds(1, kind);
  DocumentMatch match(&kinds, 1);
  while (!sample.empty()) {
    const std::size_t end = std::min(sample.find('\n'), sample.size());
    match.Look(sample.substr(0, end), false);
    sample.remove_prefix(std::min(end + 1, sample.size()));
  }
  return match.Kind() != nullptr;
}

DocumentKind ReadDocument(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a document", sink);
  DocumentKind kind;
  kind.origin = OriginOf(row, *context);
  if (!reader.ok()) return kind;
  kind.id = ReadId("document", &reader, *context);
  kind.name = reader.RequiredText("name");
  reader.Required("opening");
  kind.opening = reader.Pattern("opening");
  kind.unless = reader.Pattern("unless");
  kind.holds = reader.Pattern("holds");
  kind.typical = reader.Pattern("typical");
  kind.share = reader.Number("share", 0);
  if (reader.Has("typical") != reader.Has("share")) {
    sink->Fail(row, "\"typical\" and \"share\" go together");
  }
  if (!reader.Has("typical") && !reader.Has("holds")) {
    sink->Fail(row, "a document needs \"holds\", or \"typical\" and \"share\"");
  }
  if (reader.Has("share") && !(kind.share > 0 && kind.share <= 1)) {
    sink->Fail(*reader.Find("share"), "\"share\" must lie in 0 to 1");
  }
  const YamlNode* samples = reader.Required("samples");
  kind.samples = reader.List("samples");
  ReadReplaces("document", kind.id, &reader, context);
  reader.Finish();
  if (samples == nullptr || kind.opening.empty()) return kind;
  for (const YamlNode& sample : samples->items) {
    if (IsText(sample) && !Fits(kind, sample.text)) {
      sink->Fail(sample, "this sample is none by these rules");
    }
  }
  return kind;
}

}  // namespace

std::vector<DocumentKind> ReadDocuments(const YamlNode& root,
                                        TableContext* context) {
  std::vector<DocumentKind> kinds;
  for (const YamlNode& row : RowsOf(root, "documents", context)) {
    kinds.push_back(ReadDocument(row, context));
  }
  return kinds;
}

}  // namespace logdiag
