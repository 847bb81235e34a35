// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/secret_checks.h"
#include "analyzer/support/secret_finder.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool HasGroup(std::string_view regex, std::string_view name) {
  return Contains(regex, "(?P<" + std::string(name) + ">");
}

// What selects the texts that the regex runs over.
void ReadSelection(const YamlNode& row, MapReader* reader, ErrorSink* sink,
                   SecretRule* rule) {
  rule->literals = reader->TextOrList("literal");
  rule->check = reader->OneOf("check", SecretCheckNames());
  if (!reader->Has("literal") && !reader->Has("check")) {
    sink->Fail(row,
               "a secret needs \"literal\" or \"check\"; without them its "
               "regex would run over every text");
  }
  for (const std::string_view literal : rule->literals) {
    if (!literal.empty()) continue;
    sink->Fail(*reader->Find("literal"), "a literal must not be empty");
  }
}

void ReadSecretPatterns(MapReader* reader, ErrorSink* sink, SecretRule* rule) {
  const YamlNode* regex = reader->Required("regex");
  rule->regex = reader->Pattern("regex");
  if (!rule->regex.empty() &&
      HasGroup(rule->regex, "secret") == HasGroup(rule->regex, "value")) {
    sink->Fail(*regex,
               "the regex needs one of the groups (?P<secret>...) and "
               "(?P<value>...): what is hidden");
    rule->regex = "";
  }
  rule->unless = reader->Pattern("unless");
  rule->unless_name = reader->Pattern("unless_name");
  if (!rule->unless_name.empty() && !HasGroup(rule->regex, "name")) {
    sink->Fail(*reader->Find("unless_name"),
               "the regex has no group \"name\" to look at");
  }
  rule->spreads = reader->Pattern("spreads");
  rule->continues = reader->Pattern("continues");
  if (!rule->continues.empty() && !HasGroup(rule->continues, "secret")) {
    sink->Fail(*reader->Find("continues"),
               "\"continues\" needs the group (?P<secret>...)");
  }
}

bool HasLiteral(const SecretRule& rule, std::string_view text) {
  LiteralIndex index;
  for (const std::string_view literal : rule.literals) index.Add(literal, 0);
  index.Build();
  return rule.literals.empty() || !index.Owners(text).empty();
}

// What the rule hides of `text`, the first of it.
std::optional<std::string> HiddenIn(const SecretRule& rule,
                                    std::string_view text) {
  SecretFinder finder({&rule});
  const std::vector<SecretSpan> spans = finder.Find(text);
  if (spans.empty()) return std::nullopt;
  return std::string(text.substr(spans[0].begin, spans[0].size));
}

void CheckSamples(const YamlNode* samples, const SecretRule& rule,
                  ErrorSink* sink) {
  if (samples == nullptr) return;
  if (samples->items.empty() && samples->kind == YamlNode::Kind::kList) {
    sink->Fail(*samples, "\"samples\" is empty; give a text that holds one");
  }
  for (const YamlNode& sample : samples->items) {
    if (!IsText(sample)) continue;
    if (!HasLiteral(rule, sample.text)) {
      sink->Fail(sample, "this sample contains no literal of the rule");
    } else if (!HiddenIn(rule, sample.text)) {
      sink->Fail(sample, "the rule hides nothing in this sample");
    }
  }
}

void CheckLookalikes(const YamlNode* lookalikes, const SecretRule& rule,
                     ErrorSink* sink) {
  if (lookalikes == nullptr) return;
  for (const YamlNode& lookalike : lookalikes->items) {
    if (!IsText(lookalike)) continue;
    const auto hidden = HiddenIn(rule, lookalike.text);
    if (!hidden) continue;
    sink->Fail(lookalike, "the rule hides \"" + *hidden +
                              "\" in this look-alike, which it must not");
  }
}

SecretRule ReadSecret(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a secret", sink);
  SecretRule rule;
  rule.origin = OriginOf(row, *context);
  if (!reader.ok()) return rule;
  rule.id = ReadId("secret", &reader, *context);
  reader.Required("kind");
  rule.kind = reader.OneOf("kind", SecretKindNames());
  ReadSelection(row, &reader, sink, &rule);
  ReadSecretPatterns(&reader, sink, &rule);
  rule.shown_as = reader.Text("as");
  if (rule.shown_as.view().find_first_not_of("abcdefghijklmnopqrstuvwxyz ") !=
      std::string_view::npos) {
    sink->Fail(*reader.Find("as"), "\"as\" holds small letters and blanks");
  }
  const YamlNode* samples = reader.Required("samples");
  const YamlNode* lookalikes = reader.Required("lookalikes");
  rule.samples = reader.List("samples");
  rule.lookalikes = reader.List("lookalikes");
  // A broken regex has been reported; its samples say no more.
  if (!rule.regex.empty()) {
    CheckSamples(samples, rule, sink);
    CheckLookalikes(lookalikes, rule, sink);
  }
  ReadReplaces("secret", rule.id, &reader, context);
  reader.Finish();
  return rule;
}

}  // namespace

std::vector<SecretRule> ReadSecrets(const YamlNode& root,
                                    TableContext* context) {
  std::vector<SecretRule> rules;
  for (const YamlNode& row : RowsOf(root, "secrets", context)) {
    rules.push_back(ReadSecret(row, context));
  }
  return rules;
}

}  // namespace logdiag
