// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/regex.h"

namespace logdiag {
namespace {

FrameRule ReadFrameRule(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a frame rule", sink);
  FrameRule rule;
  rule.origin = OriginOf(row, *context);
  if (!reader.ok()) return rule;
  rule.id = ReadId("frame rule", &reader, *context);
  reader.Required("frame");
  std::optional<Regex> regex;
  rule.frame = reader.Pattern("frame", &regex);
  rule.own = reader.Flag("own");
  rule.bystander = reader.Flag("bystander");
  rule.machinery = reader.Flag("machinery");
  rule.phase = reader.OneOf("phase", PhaseNames());
  const YamlNode* samples = reader.Required("samples");
  rule.samples = reader.List("samples");
  ReadReplaces("frame rule", rule.id, &reader, context);
  reader.Finish();
  if (samples == nullptr || !regex) return rule;
  for (const YamlNode& sample : samples->items) {
    if (IsText(sample) && !regex->Search(sample.text)) {
      sink->Fail(sample, "the regex does not match this sample");
    }
  }
  return rule;
}

}  // namespace

std::vector<FrameRule> ReadFrames(const YamlNode& root, TableContext* context) {
  std::vector<FrameRule> rules;
  for (const YamlNode& row : RowsOf(root, "frames", context)) {
    rules.push_back(ReadFrameRule(row, context));
  }
  return rules;
}

}  // namespace logdiag
