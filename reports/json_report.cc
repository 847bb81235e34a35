#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/budget_json.h"
#include "reports/names.h"
#include "reports/phrasebook.h"
#include "reports/presentable.h"
#include "reports/report.h"
#include "reports/report_values.h"

namespace logdiag {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxText = 1000;  // bytes of one text of the log

std::string Shown(std::string_view text) { return Printable(text, kMaxText); }

// Absent means unknown, so an empty text is not written.
void Put(const char* name, std::string_view text, Json* json) {
  if (!text.empty()) (*json)[name] = Shown(text);
}

// As Put, for figures where 0 means unknown.
void PutKnown(const char* name, std::uint64_t figure, Json* json) {
  if (figure != 0) (*json)[name] = figure;
}

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
  Put("path", source.path, &json);
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

Json EvidenceJson(const Evidence& evidence, bool with_offset) {
  Json json = Json::object();
  PutKnown("line", evidence.quote.line, &json);
  if (with_offset && evidence.quote.line != 0) {
    json["offset"] = evidence.quote.offset;
  }
  Put("text", evidence.quote.text, &json);
  Put("says", evidence.says, &json);
  json["weight_db"] = evidence.weight_db;
  if (evidence.given) json["given"] = true;
  return json;
}

Json RivalJson(const Rival& rival) {
  Json supporting = Json::array();
  for (const Evidence& evidence : rival.supporting) {
    supporting.push_back(EvidenceJson(evidence, false));
  }
  Json against = Json::array();
  for (const Evidence& evidence : rival.against) {
    against.push_back(EvidenceJson(evidence, false));
  }
  return {{"cause", rival.cause},
          {"confidence", ConfidenceName(rival.confidence)},
          {"supporting", supporting},
          {"against", against}};
}

Json FindingJson(const Finding& finding) {
  Json json = {{"cause", finding.cause}};
  PutKnown("line", finding.quote.line, &json);
  json["repaired"] = finding.repaired;
  Put("text", finding.text, &json);
  json["count"] = finding.count;
  return json;
}

Json MilestoneJson(const LogSource& source, const Milestone& milestone) {
  Json json = Json::object();
  PutKnown("line", milestone.line, &json);
  if (milestone.time_ns && IsDate(source, *milestone.time_ns)) {
    json["time"] = FormatRfc3339(*milestone.time_ns, source.clock_resolution_ns,
                                 source.clock == "utc");
  }
  PutKnown("session", milestone.session, &json);
  Put("phase", milestone.phase, &json);
  Put("event", milestone.event, &json);
  Put("detail", milestone.detail, &json);
  return json;
}

Json RemedyJson(const Remedy& remedy, const Phrasebook& words) {
  Json json = {{"id", remedy.id.view()}};
  Put("action", remedy.action, &json);
  Put("text", TrimRight(words.Fill(remedy.text)), &json);
  Put("command", words.Command(remedy.command), &json);
  Put("risk", TrimRight(words.Fill(remedy.risk)), &json);
  Put("check", TrimRight(words.Fill(remedy.check)), &json);
  return json;
}

Json CoverageJson(const Coverage& coverage) {
  Json json = {{"lines", coverage.lines},
               {"understood", coverage.understood},
               {"unknown_clusters", coverage.unknown_clusters},
               {"cut_lines", coverage.cut_lines},
               {"duplicate_lines", coverage.duplicate_lines},
               {"invalid_utf8_lines", coverage.invalid_utf8_lines},
               {"redacted", coverage.redacted}};
  if (!coverage.redacted_kinds.empty()) {
    json["redacted_kinds"] = coverage.redacted_kinds;
  }
  json["partial"] = coverage.partial;
  Put("partial_why", coverage.partial_why, &json);
  return json;
}

// Appends `write(item)` for each item as the list `name`.
template <typename T, typename Write>
void PutList(const char* name, const std::vector<T>& items, Write write,
             Json* json) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(write(item));
  (*json)[name] = std::move(list);
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

void PutVerdict(const Diagnosis& diagnosis, const Phrasebook& words,
                Json* json) {
  Put("outcome", diagnosis.outcome, json);
  Put("cause", diagnosis.cause, json);
  (*json)["confidence"] = ConfidenceName(diagnosis.confidence);
  (*json)["probability"] = std::round(diagnosis.posterior * 1000) / 1000;
  if (diagnosis.foreign) (*json)["foreign"] = true;
  Put("phase", diagnosis.phase, json);
  std::string summary = diagnosis.summary;
  if (diagnosis.foreign) {
    summary = words.Plain("foreign.plain");
  } else if (summary.empty()) {
    summary = words.Plain("outcome." + diagnosis.outcome + ".summary");
  }
  Put("summary", TrimRight(summary), json);
}

void PutRemedies(const Diagnosis& diagnosis, const Catalogue& catalogue,
                 const Phrasebook& words, Json* json) {
  Json list = Json::array();
  for (const std::string& id : diagnosis.remedies) {
    const Remedy* remedy = catalogue.FindRemedy(id);
    if (remedy != nullptr) list.push_back(RemedyJson(*remedy, words));
  }
  (*json)["remedies"] = std::move(list);
  Json not_here = Json::array();
  for (const Suppressed& suppressed : diagnosis.suppressed) {
    not_here.push_back(
        {{"id", suppressed.remedy}, {"why", Shown(suppressed.why)}});
  }
  (*json)["not_here"] = std::move(not_here);
}

}  // namespace

std::string WriteJson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options, bool pretty) {
  const Diagnosis shown = Presentable(diagnosis, catalogue, options.redact);
  const Phrasebook words(catalogue, ReportValues(shown));
  Json json = {{"schema", "logdiag.report/1"}};
  json["source"] = SourceJson(shown.source);
  PutVerdict(shown, words, &json);
  json["counts"] = CountsJson(shown.timeline.counts);
  PutFacts(shown.facts, &json);
  PutList(
      "evidence", shown.evidence,
      [](const Evidence& item) { return EvidenceJson(item, true); }, &json);
  PutList(
      "against", shown.against,
      [](const Evidence& item) { return EvidenceJson(item, true); }, &json);
  PutList("rivals", shown.rivals, RivalJson, &json);
  PutList("findings", shown.findings, FindingJson, &json);
  PutList(
      "timeline", shown.timeline.milestones,
      [&](const Milestone& item) { return MilestoneJson(shown.source, item); },
      &json);
  PutRemedies(shown, catalogue, words, &json);
  if (shown.budget) json["budget"] = BudgetJson(*shown.budget);
  json["coverage"] = CoverageJson(shown.coverage);
  // Every text went through Printable; names of facts and causes did not.
  return json.dump(pretty ? 2 : -1, ' ', false,
                   Json::error_handler_t::replace) +
         "\n";
}

}  // namespace logdiag
