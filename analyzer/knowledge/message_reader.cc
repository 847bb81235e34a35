// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/knowledge/fixed_words.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// The entries of `key`, each a regex that compiles.
struct Patterns {
  std::vector<std::string> sources;
  std::vector<Regex> compiled;
  std::vector<const YamlNode*> nodes;

  std::string Joined() const {
    std::string all;
    for (const std::string& source : sources) {
      all += (all.empty() ? "" : "|") + ("(?:" + source + ")");
    }
    return all;
  }
};

Patterns ReadMessagePatterns(std::string_view key, MapReader* reader,
                             ErrorSink* sink) {
  Patterns patterns;
  for (const YamlNode* node : reader->OneOrMore(key)) {
    std::string source = ReadText(*node, key, sink);
    if (source.empty()) continue;
    std::string why;
    std::optional<Regex> regex = Regex::Compile(source, &why);
    if (!regex) {
      sink->Fail(*node, "this is not a valid RE2 pattern: " + why);
      continue;
    }
    patterns.sources.push_back(std::move(source));
    patterns.compiled.push_back(std::move(*regex));
    patterns.nodes.push_back(node);
  }
  return patterns;
}

// Every entry has a sample, and every sample an entry.
void CheckSamples(const YamlNode* samples, const Patterns& said,
                  const Patterns& raised, ErrorSink* sink) {
  if (samples == nullptr) return;
  std::vector<bool> shown(said.compiled.size() + raised.compiled.size());
  for (const YamlNode& sample : samples->items) {
    bool any = false;
    std::size_t entry = 0;
    for (const Patterns* patterns : {&said, &raised}) {
      for (const Regex& regex : patterns->compiled) {
        const bool matches = regex.Search(sample.text);
        shown[entry] = shown[entry] || matches;
        any = any || matches;
        ++entry;
      }
    }
    if (!any) sink->Fail(sample, "none of the patterns matches this sample");
  }
  std::size_t entry = 0;
  for (const Patterns* patterns : {&said, &raised}) {
    for (const YamlNode* node : patterns->nodes) {
      if (!shown[entry++]) {
        sink->Fail(*node, "no sample shows this pattern; add one");
      }
    }
  }
}

// What an exception says for itself needs no lines beside it.
const std::vector<KnownText>& KindsForLines() {
  static const std::vector<KnownText> kKinds = {
      "trouble", "work",     "job",    "startup", "step",
      "death",   "rejected", "output", "import",  "degraded"};
  return kKinds;
}

Marker MarkerOf(const Patterns& said, const std::string& id, ErrorSink* sink) {
  Marker marker;
  marker.id = id;
  marker.regex = said.Joined();
  for (std::size_t i = 0; i < said.sources.size(); ++i) {
    std::string words = FixedWords(said.sources[i]);
    if (words.empty()) {
      sink->Fail(*said.nodes[i],
                 "this pattern has no fixed words of four bytes and more "
                 "outside of groups; name some, or split it");
      continue;
    }
    if (std::find(marker.literals.begin(), marker.literals.end(), words) ==
        marker.literals.end()) {
      marker.literals.push_back(std::move(words));
    }
  }
  return marker;
}

void ReadMessage(const YamlNode& row, TableContext* context,
                 Messages* messages) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a message", sink);
  if (!reader.ok()) return;
  const std::string id = ReadId("message", &reader, *context);
  const std::string cause = reader.RequiredText("cause");
  if (!cause.empty()) {
    context->references->push_back(
        {Table::kCause, cause, sink->Place(*reader.Find("cause"))});
  }
  EvidenceItem item;
  item.says = reader.RequiredTemplate("says");
  item.why = reader.RequiredText("why");
  reader.Required("weight");
  item.weight_db = reader.Number("weight", 0, kDecibans);
  item.own = reader.Flag("own");
  const bool warns = reader.Flag("warns");
  const Patterns said = ReadMessagePatterns("said", &reader, sink);
  const Patterns raised = ReadMessagePatterns("raised", &reader, sink);
  if (said.nodes.empty() && raised.nodes.empty()) {
    sink->Fail(row, "a message needs \"said\", \"raised\" or both");
  }
  CheckSamples(reader.Required("samples"), said, raised, sink);
  reader.List("samples");
  reader.Finish();
  if (!said.sources.empty()) {
    Marker marker = MarkerOf(said, id, sink);
    marker.role = warns ? Role::kWarning : Role::kComplaint;
    marker.says = item.says;
    marker.own = item.own;
    marker.origin = OriginOf(row, *context);
    messages->markers.push_back(std::move(marker));
    item.when.markers = {id};
    item.when.kinds = KindsForLines();
    messages->evidence.push_back({cause, item});
    item.when = {};
  }
  if (!raised.sources.empty()) {
    item.when.exception = raised.Joined();
    messages->evidence.push_back({cause, std::move(item)});
  }
}

}  // namespace

Messages ReadMessages(const YamlNode& root, TableContext* context) {
  Messages messages;
  for (const YamlNode& row : RowsOf(root, "messages", context)) {
    ReadMessage(row, context, &messages);
  }
  return messages;
}

}  // namespace logdiag
