// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0. Its viewers expect source code, and are given a log: a cause is
// a rule, the verdict and each finding are results, a line of the log is a
// region.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/data/report_json.h"
#include "reports/pens/markdown.h"
#include "reports/report.h"
#include "reports/severity.h"
#include "reports/story/head.h"
#include "reports/story/headline.h"
#include "reports/story/parts.h"
#include "reports/story/steps.h"
#include "reports/words/fingerprint.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

constexpr const char* kSignature = "logdiagSignature/1";

// `path` as a reference of RFC 3986, without dots at its front.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kKept = "-._~/";
  while (StartsWith(path, "./")) path.remove_prefix(2);
  std::string uri = StartsWith(path, "/") ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool word = (byte >= '0' && byte <= '9') ||
                      (byte >= 'a' && byte <= 'z') ||
                      (byte >= 'A' && byte <= 'Z');
    if (word || kKept.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 0xF];
    }
  }
  return uri;
}

// As the first sentence of a message must end.
std::string Sentenced(std::string_view text) {
  return std::string(WithoutStop(text)) + ".";
}

class RunWriter {
 public:
  RunWriter(const Page& page, const ReportOptions& options)
      : page_(page),
        options_(options),
        uri_(UriOf(page.diagnosis.source.Name())) {}

  Json Run() {
    const Json report = ReportJson(page_, options_);
    Json results = Json::array({Verdict(report)});
    for (const Finding& finding : page_.diagnosis.findings) {
      results.push_back(OfFinding(finding));
    }
    const LogSource& source = page_.diagnosis.source;
    Json artifact = {{"location", {{"uri", uri_}}},
                     {"length", source.bytes},
                     {"mimeType", "text/plain"}};
    return {{"tool", {{"driver", Driver()}}},
            {"automationDetails",
             {{"id", "logdiag/" + uri_ + "/"}, {"guid", report["id"]}}},
            {"artifacts", Json::array({std::move(artifact)})},
            {"invocations", Json::array({Invocation()})},
            {"results", std::move(results)}};
  }

 private:
  Json Driver() const {
    Json driver = {{"name", "logdiag"}};
    Put("semanticVersion", options_.tool_version, &driver);
    driver["rules"] = rules_;
    const std::string_view patterns = page_.catalogue.version;
    if (!options_.tool_version.empty() && !patterns.empty()) {
      driver["properties"] = {{"patterns", patterns}};
    }
    return driver;
  }

  Json Invocation() const {
    const Coverage& coverage = page_.diagnosis.coverage;
    Json invocation = {{"executionSuccessful", !coverage.partial},
                       {"exitCode", options_.exit_code}};
    if (coverage.partial) {
      Slots slots;
      slots.Log("why", coverage.partial_why);
      Json notification = {
          {"level", "error"},
          {"message", {{"text", page_.words.Plain("partial", slots)}}},
          {"locations", Json::array({FileLocation()})}};
      invocation["toolExecutionNotifications"] =
          Json::array({std::move(notification)});
    }
    return invocation;
  }

  // The steps stand in the rule of the cause: a result has no place for them.
  // The first who asks for a rule describes it.
  std::size_t RuleIndex(const std::string& cause, const std::string& help) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i]["id"] == cause) return i;
    }
    Json rule = {{"id", cause}};
    rule["shortDescription"] = {
        {"text", Sentenced(PlainText(Capitalized(CauseTitle(page_, cause))))}};
    // Some viewers ask for both.
    rule["fullDescription"] = rule["shortDescription"];
    const Cause* known = page_.catalogue.FindCause(cause);
    if (known != nullptr && !known->explain.empty()) {
      rule["fullDescription"] = {
          {"text", Sentenced(PlainText(page_.words.Fill(known->explain)))}};
    }
    if (known != nullptr && !known->references.empty()) {
      rule["helpUri"] = known->references.front().view();
    }
    if (!help.empty()) rule["help"] = {{"text", help}, {"markdown", help}};
    rules_.push_back(std::move(rule));
    return rules_.size() - 1;
  }

  std::string Steps() const {
    const Blocks blocks = DoNow(page_);
    return blocks.empty() ? "" : WriteMarkdownBlocks(blocks, MarkdownStyle());
  }

  std::string CureOf(const Finding& finding) const {
    Spans cure = FindingCure(page_, finding);
    if (cure.empty()) return "";
    return WriteMarkdownBlocks({{Paragraph{std::move(cure)}}}, MarkdownStyle());
  }

  Json FileLocation() const {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_}, {"index", 0}}}}}};
  }

  Json LocationOf(const Quote& quote) const {
    Json location = FileLocation();
    Json region = {{"startLine", quote.line}, {"byteOffset", quote.offset}};
    const CaseSources& sources = page_.diagnosis.source.of_case;
    if (const LineSpan* span = SpanOf(sources, quote.line)) {
      const std::string uri = UriOf(sources.files[span->file].name);
      location["physicalLocation"]["artifactLocation"] = {{"uri", uri}};
      region["startLine"] = span->line + (quote.line - span->first);
    }
    if (!quote.text.empty()) {
      region["snippet"] = {{"text", Shown(quote.text)}};
    }
    location["physicalLocation"]["region"] = std::move(region);
    return location;
  }

  // Only a rule that is broken for certain has a level (3.27.10).
  static void PutKind(std::string_view kind, Severity severity, Json* result) {
    (*result)["kind"] = kind;
    (*result)["level"] = kind == "fail" ? SeverityName(severity) : "none";
  }

  std::string_view VerdictKind() const {
    switch (page_.outline) {
      case Outline::kHealthy:
        return "pass";
      case Outline::kCut:
      case Outline::kForeign:
        return "informational";
      case Outline::kUnknown:
        return "open";
      case Outline::kVerdict:
        break;
    }
    const Confidence word = page_.diagnosis.confidence;
    const bool sure =
        word == Confidence::kLikely || word == Confidence::kEstablished;
    return sure ? "fail" : "open";
  }

  // What the result points at: the line that shows the failure best; where
  // nothing failed, the end of the log.
  const Quote* MainLine() const {
    const Diagnosis& diagnosis = page_.diagnosis;
    if (diagnosis.incident && diagnosis.incident->quote.line != 0) {
      return &diagnosis.incident->quote;
    }
    for (const Evidence& item : diagnosis.evidence) {
      if (item.quote.line != 0) return &item.quote;
    }
    const std::vector<Quote>& tail = diagnosis.timeline.tail;
    return tail.empty() ? nullptr : &tail.back();
  }

  Json RelatedLocations(const Quote* main) const {
    Json related = Json::array();
    for (const Evidence& item : page_.diagnosis.evidence) {
      const bool there = main != nullptr && item.quote.line == main->line;
      if (item.quote.line == 0 || there) continue;
      Json location = LocationOf(item.quote);
      location["id"] = related.size() + 1;
      const std::string says = PlainText(page_.words.Fill(item.says));
      if (!says.empty()) location["message"] = {{"text", Shown(says)}};
      related.push_back(std::move(location));
    }
    return related;
  }

  Json Verdict(const Json& report) {
    const Diagnosis& diagnosis = page_.diagnosis;
    const Quote* main = MainLine();
    Json result = {{"ruleId", diagnosis.cause}};
    result["ruleIndex"] = RuleIndex(diagnosis.cause, Steps());
    PutKind(VerdictKind(), SeverityOf(diagnosis), &result);
    const std::string title(report["title"]);
    const std::string summary = report.value("summary", "");
    result["message"] = {
        {"text",
         Sentenced(title) + (summary.empty() ? "" : " " + Sentenced(summary))}};
    result["locations"] =
        Json::array({main == nullptr ? FileLocation() : LocationOf(*main)});
    Json related = RelatedLocations(main);
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    result["partialFingerprints"] = {{kSignature, report["fingerprint"]}};
    constexpr double kWhole = 100;
    result["rank"] = Rounded(diagnosis.posterior * kWhole, 1);
    result["properties"] = {
        {"outcome", diagnosis.outcome},
        {"severity", SeverityName(SeverityOf(diagnosis))},
        {"confidence", ConfidenceName(diagnosis.confidence)}};
    return result;
  }

  Json OfFinding(const Finding& finding) {
    Json result = {{"ruleId", finding.cause}};
    result["ruleIndex"] = RuleIndex(finding.cause, CureOf(finding));
    const bool known = finding.cause != "unknown";
    PutKind(finding.repaired ? "informational"
            : known          ? "fail"
                             : "open",
            Severity::kNote, &result);
    const Spans words = Capitalized(TextSpan(FindingWords(page_, finding)));
    result["message"] = {{"text", Shown(Sentenced(PlainText(words)))}};
    result["locations"] = Json::array(
        {finding.quote.line == 0 ? FileLocation() : LocationOf(finding.quote)});
    result["partialFingerprints"] = {
        {kSignature,
         Fingerprint("", finding.cause, finding.pack, finding.quote.text)}};
    if (finding.count > 1) result["occurrenceCount"] = finding.count;
    return result;
  }

  const Page& page_;
  const ReportOptions& options_;
  std::string uri_;
  Json rules_ = Json::array();
};

}  // namespace

std::string WriteSarifRun(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options) {
  const Prepared prepared(diagnosis, catalogue, options);
  return Dump(RunWriter(prepared.page(), options).Run(), true);
}

Wrapping SarifWrapping() {
  return {
      "{\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
      "errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
      "\"version\": \"2.1.0\", \"runs\": [\n",
      ",\n", "]}\n"};
}

}  // namespace logdiag
