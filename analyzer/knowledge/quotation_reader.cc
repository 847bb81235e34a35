// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string_view>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/quotation.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kQuotedGroup = "(?P<quoted>";

// As it is used: a front is the whole of a text, the others are searched in it.
bool Holds(const QuotationRule& rule, const Regex& regex,
           std::string_view text) {
  return rule.kind == "front" ? QuotationFinder({rule}).IsFront(text)
                              : regex.Search(text);
}

QuotationRule ReadQuotation(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a quotation", sink);
  QuotationRule rule;
  rule.origin = OriginOf(row, *context);
  if (!reader.ok()) return rule;
  rule.id = ReadId("quotation", &reader, *context);
  reader.Required("kind");
  rule.kind = reader.OneOf("kind", QuotationKindNames());
  const YamlNode* pattern = reader.Required("regex");
  std::optional<Regex> regex;
  rule.regex = reader.Pattern("regex", &regex);
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
  if (!regex || samples == nullptr || nots == nullptr) return rule;
  for (const YamlNode& sample : samples->items) {
    if (IsText(sample) && !Holds(rule, *regex, sample.text)) {
      sink->Fail(sample, "the regex does not match this sample");
    }
  }
  for (const YamlNode& line : nots->items) {
    if (IsText(line) && Holds(rule, *regex, line.text)) {
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
