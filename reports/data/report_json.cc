// SPDX-License-Identifier: Apache-2.0
#include "reports/data/report_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/hash.h"
#include "analyzer/support/text.h"
#include "reports/data/budget_json.h"
#include "reports/data/case_json.h"
#include "reports/data/lives_json.h"
#include "reports/severity.h"
#include "reports/story/head.h"
#include "reports/story/parts.h"
#include "reports/words/fingerprint.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

constexpr int kMilli = 3;  // decimals of a probability

// Facts that are numbers whatever the log prints around them.
bool IsNumeric(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNumeric = {
      "frames", "width",  "height",         "steps",        "tokens",
      "batch",  "blocks", "swapped_blocks", "lora_patches", "fps"};
  return EndsWith(name, "_mb") ||
         std::find(kNumeric.begin(), kNumeric.end(), name) != kNumeric.end();
}

Json FactValue(std::string_view name, const std::string& value) {
  const char* const end = value.data() + value.size();
  std::int64_t whole = 0;
  const auto as_whole = std::from_chars(value.data(), end, whole);
  if (IsNumeric(name) && as_whole.ec == std::errc() && as_whole.ptr == end) {
    return whole;
  }
  double number = 0;
  const auto as_number =
      std::from_chars(value.data(), end, number, std::chars_format::fixed);
  if (IsNumeric(name) && as_number.ec == std::errc() && as_number.ptr == end) {
    return number;
  }
  return Shown(value);
}

Json SourceJson(const LogSource& source) {
  Json json = Json::object();
  Put("path", source.Name(), &json);
  json["bytes"] = source.bytes;
  json["lines"] = source.lines;
  Put("clock", source.clock, &json);
  Put("clock_resolution", ResolutionName(source.clock_resolution_ns), &json);
  return json;
}

Json CountsJson(const Counts& counts) {
  return {
      {"containers", counts.containers}, {"sessions", counts.sessions},
      {"prompts", counts.prompts},       {"executed", counts.executed},
      {"failed", counts.failed},         {"interrupted", counts.interrupted}};
}

Json RivalJson(const Page& page, const Rival& rival) {
  const auto item = [&](const Evidence& evidence) {
    return EvidenceJson(page, evidence, false);
  };
  return {{"cause", rival.cause},
          {"confidence", ConfidenceName(rival.confidence)},
          {"probability", Rounded(rival.posterior, kMilli)},
          {"supporting", ListOf(rival.supporting, item)},
          {"against", ListOf(rival.against, item)}};
}

Json FindingJson(const Page& page, const Finding& finding) {
  Json json = {{"cause", finding.cause}};
  PutKnown("line", finding.quote.line, &json);
  if (finding.quote.line != 0) json["offset"] = finding.quote.offset;
  PutTime("time", page.diagnosis.source, finding.quote.time_ns, &json);
  json["repaired"] = finding.repaired;
  Put("text", FindingWords(page, finding), &json);
  json["count"] = finding.count;
  PutKnown("last_line", finding.last_line, &json);
  Put("pack", finding.pack, &json);
  if (finding.exception) json["exception"] = ExceptionJson(*finding.exception);
  return json;
}

Json RemedyJson(const Remedy& remedy, const Phrasebook& words) {
  Json json = {{"id", remedy.id.view()}};
  Put("action", remedy.action, &json);
  Put("text", TrimRight(PlainText(words.Fill(remedy.text))), &json);
  Put("command", words.Command(remedy.command), &json);
  Put("risk", TrimRight(PlainText(words.Fill(remedy.risk))), &json);
  Put("check", TrimRight(PlainText(words.Fill(remedy.check))), &json);
  return json;
}

Json CoverageJson(const Coverage& coverage) {
  Json json = {{"lines", coverage.lines},
               {"understood", coverage.understood},
               {"unknown_clusters", coverage.unknown_clusters},
               {"cut_lines", coverage.cut_lines},
               {"duplicate_lines", coverage.duplicate_lines},
               {"invalid_utf8_lines", coverage.invalid_utf8_lines},
               {"redacted", coverage.redacted},
               {"partial", coverage.partial}};
  if (!coverage.redacted_kinds.empty()) {
    json["redacted_kinds"] = coverage.redacted_kinds;
  }
  if (coverage.outside_lines > 0) {
    json["outside_lines"] = coverage.outside_lines;
  }
  if (coverage.crowded_lines > 0) {
    json["crowded_lines"] = coverage.crowded_lines;
  }
  if (coverage.pasted) json["pasted"] = true;
  if (coverage.nul_bytes > 0) json["nul_bytes"] = coverage.nul_bytes;
  Put("partial_why", coverage.partial_why, &json);
  return json;
}

void PutFacts(const Facts& facts, Json* json) {
  Json values = Json::object();
  Json lines = Json::object();
  for (const auto& [name, fact] : facts) {
    if (fact.value.empty()) continue;
    values[name] = FactValue(name, fact.value);
    if (fact.line != 0) lines[name] = fact.line;
  }
  (*json)["facts"] = std::move(values);
  (*json)["fact_lines"] = std::move(lines);
}

Json ToolJson(const Catalogue& catalogue, const ReportOptions& options) {
  Json json = {{"version", options.tool_version}};
  Put("patterns", catalogue.version.view(), &json);
  return json;
}

std::string SummaryText(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  if (diagnosis.foreign) return page.words.Plain("foreign.plain");
  if (diagnosis.summary.empty()) {
    return page.words.Plain("outcome." + diagnosis.outcome + ".summary");
  }
  return PlainText(page.words.Fill(diagnosis.summary));
}

void PutVerdict(const Page& page, Json* json) {
  const Diagnosis& diagnosis = page.diagnosis;
  Put("title", TrimRight(PlainText(Title(page))), json);
  (*json)["severity"] = SeverityName(SeverityOf(diagnosis));
  Put("outcome", diagnosis.outcome, json);
  Put("cause", diagnosis.cause, json);
  (*json)["confidence"] = ConfidenceName(diagnosis.confidence);
  (*json)["probability"] = Rounded(diagnosis.posterior, kMilli);
  if (diagnosis.foreign) (*json)["foreign"] = true;
  Put("phase", diagnosis.phase, json);
  Put("summary", TrimRight(SummaryText(page)), json);
  PutTime("started_at", diagnosis.source, diagnosis.timeline.first_ns, json);
  PutTime("ended_at", diagnosis.source, diagnosis.timeline.last_ns, json);
  if (diagnosis.exception) {
    (*json)["exception"] = ExceptionJson(*diagnosis.exception);
  }
}

void PutRemedies(const Page& page, Json* json) {
  Json list = Json::array();
  for (const std::string& id : page.diagnosis.remedies) {
    const Remedy* remedy = page.catalogue.FindRemedy(id);
    if (remedy != nullptr) list.push_back(RemedyJson(*remedy, page.words));
  }
  (*json)["remedies"] = std::move(list);
  (*json)["not_here"] =
      ListOf(page.diagnosis.suppressed, [&](const Suppressed& suppressed) {
        const std::string why = PlainText(page.words.Fill(suppressed.why));
        return Json{{"id", suppressed.remedy}, {"why", Shown(why)}};
      });
}

// What the log itself says: why work was refused, and what to do. Left out
// where it says nothing.
void PutOwnWords(const Diagnosis& diagnosis, Json* json) {
  const auto quoted = [](const Quote& quote) {
    Json item;
    PutQuote(quote, &item);
    return item;
  };
  if (diagnosis.incident && !diagnosis.incident->refusals.empty()) {
    (*json)["refused_for"] =
        ListOf(diagnosis.incident->refusals, [&](const Refusal& refusal) {
          Json item;
          Put("node", refusal.node, &item);
          item.update(quoted(refusal.quote));
          return item;
        });
  }
  if (!diagnosis.advice.empty()) {
    (*json)["advice"] = ListOf(diagnosis.advice, quoted);
  }
}

// The name of everything else that `json` says.
std::string IdOf(Json json) {
  json.erase("tool");
  json.erase("id");
  json["source"].erase("path");
  return ContentId(Dump(json, false));
}

}  // namespace

Json ReportJson(const Page& page, const ReportOptions& options) {
  const Diagnosis& diagnosis = page.diagnosis;
  const auto evidence = [&](const Evidence& item) {
    return EvidenceJson(page, item, true);
  };
  Json json = {{"schema", "logdiag.report/2"}};
  if (!options.tool_version.empty()) {
    json["tool"] = ToolJson(page.catalogue, options);
  }
  json["id"] = "";  // here it stands
  json["fingerprint"] = Fingerprint(diagnosis);
  json["source"] = SourceJson(diagnosis.source);
  if (!diagnosis.source.of_case.files.empty()) {
    json["case"] = CaseJson(diagnosis.source.of_case);
  }
  PutVerdict(page, &json);
  json["counts"] = CountsJson(diagnosis.timeline.counts);
  PutFacts(diagnosis.facts, &json);
  json["evidence"] = ListOf(diagnosis.evidence, evidence);
  json["against"] = ListOf(diagnosis.against, evidence);
  json["rivals"] = ListOf(diagnosis.rivals, [&](const Rival& rival) {
    return RivalJson(page, rival);
  });
  json["incidents"] = IncidentsJson(page);
  json["findings"] = ListOf(diagnosis.findings, [&](const Finding& finding) {
    return FindingJson(page, finding);
  });
  json["sessions"] = SessionsJson(diagnosis);
  json["work"] = WorkJson(diagnosis);
  json["timeline"] = EventsJson(diagnosis);
  PutRemedies(page, &json);
  PutOwnWords(diagnosis, &json);
  if (diagnosis.budget) json["budget"] = BudgetJson(*diagnosis.budget);
  json["coverage"] = CoverageJson(diagnosis.coverage);
  json["id"] = IdOf(json);
  return json;
}

}  // namespace logdiag
