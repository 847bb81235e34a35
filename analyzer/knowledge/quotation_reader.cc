// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kQuotedGroup = "(?P<quoted>";

// A front is the whole of its samples, the others are searched in them.
std::optional<Regex> AsItIsUsed(const QuotationRule& rule) {
  if (rule.kind != "front") return Regex::Compile(rule.regex, nullptr);
  return Regex::Compile("^(?:" + rule.regex + ")*$", nullptr);
}

QuotationRule ReadQuotation(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a quotation", sink);
  QuotationRule rule;
  rule.origin = OriginOf(row, *context);
  if (!reader.ok()) return rule;
  rule.id = reader.RequiredText("id");
  if (!rule.id.empty() && !IsName(rule.id, '-')) {
    sink->Fail(*reader.Find("id"),
               "quotation id \"" + rule.id + "\" must be lower-kebab-case");
  }
  reader.Required("kind");
  rule.kind = reader.OneOf("kind", QuotationKindNames());
  const YamlNode* pattern = reader.Required("regex");
  rule.regex = reader.Pattern("regex");
  const bool quotes = Contains(rule.regex, kQuotedGroup);
  if (!rule.regex.empty() && quotes != (rule.kind == "payload")) {
    sink->Fail(*pattern,
               quotes ? "only a payload has the group (?P<quoted>...)"
                      : "a payload needs the group (?P<quoted>...): what of "
                        "the line is data");
  }
  const YamlNode* samples = reader.Required("samples");
  const YamlNode* nots = reader.Required("nots");
  rule.samples = reader.List("samples");
  rule.nots = reader.List("nots");
  ReadReplaces("quotation", rule.id, &reader, context);
  reader.Finish();
  if (rule.regex.empty() || samples == nullptr || nots == nullptr) return rule;
  const std::optional<Regex> regex = AsItIsUsed(rule);
  for (const YamlNode& sample : samples->items) {
    if (IsText(sample) && !regex->Search(sample.text)) {
      sink->Fail(sample, "the regex does not match this sample");
    }
  }
  for (const YamlNode& line : nots->items) {
    if (IsText(line) && regex->Search(line.text)) {
      sink->Fail(line, "the regex matches this text, which it must not");
    }
  }
  return rule;
}

}  // namespace

std::vector<QuotationRule> ReadQuotations(const YamlNode& root,
                                          TableContext* context) {
  std::vector<QuotationRule> rules;
  for (const YamlNode& row : RowsOf(root, "quotations", context)) {
    rules.push_back(ReadQuotation(row, context));
  }
  return rules;
}

}  // namespace logdiag
