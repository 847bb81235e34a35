// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet_report.h"

#include "reports/data/json_values.h"
#include "reports/fleet/fleet_story.h"
#include "reports/fleet/fleet_tally.h"
#include "reports/pens/html.h"
#include "reports/pens/markdown.h"
#include "reports/pens/terminal.h"
#include "reports/words/phrasebook.h"

namespace logdiag {
namespace {

constexpr int kDigitsOfChance = 12;

Json KindJson(const char* key, const TroubleKind& kind) {
  Json json = Json::object();
  Put(key, kind.key, &json);
  Put("cause", kind.cause, &json);
  Put("outcome", kind.outcome, &json);
  Put("title", kind.title, &json);
  json["logs"] = kind.logs;
  PutKnown("lost_seconds", kind.lost_seconds, &json);
  Put("first", kind.first, &json);
  Put("last", kind.last, &json);
  if (!kind.days.empty()) json["days"] = kind.days;
  json["examples"] = kind.examples;
  return json;
}

Json ConcentrationJson(const Concentration& one) {
  Json json = {{"trait", one.name}, {"value", one.value}};
  Put("cause", one.cause, &json);
  json["failures_there"] = one.failures_there;
  json["failures"] = one.failures;
  json["logs_there"] = one.logs_there;
  json["logs"] = one.logs;
  json["chance"] = Rounded(one.chance, kDigitsOfChance);
  return json;
}

Json ChangeJson(const FleetChange& change) {
  Json json = {{"change", WayName(change.way)},
               {"before", change.before},
               {"now", change.now}};
  json.update(KindJson("fingerprint", change.kind));
  return json;
}

std::string FleetJson(const FleetTally& tally, const ReportOptions& options,
                      std::uint64_t unread) {
  Json json = {{"schema", "logdiag.fleet/1"}};
  if (!options.tool_version.empty()) {
    json["tool"] = {{"version", options.tool_version}};
  }
  json["logs"] = tally.logs;
  json["failed"] = tally.failed;
  json["lost_seconds"] = tally.lost_seconds;
  json["outcomes"] = tally.outcomes;
  json["causes"] = ListOf(tally.causes, [](const TroubleKind& kind) {
    Json cause = KindJson("cause", kind);
    cause.erase("outcome");
    return cause;
  });
  json["fingerprints"] = ListOf(tally.kinds, [](const TroubleKind& kind) {
    return KindJson("fingerprint", kind);
  });
  json["concentrations"] = ListOf(tally.concentrations, ConcentrationJson);
  json["changes"] = ListOf(tally.changes, ChangeJson);
  json["untold"] = {{"unknown", tally.unknown},
                    {"partial", tally.partial},
                    {"undated", tally.undated},
                    {"unread", unread}};
  return Dump(json, true);
}

std::string Html(const Document& document, const FleetTally& tally,
                 const Phrasebook& words) {
  HtmlStyle style;
  style.words.language = words.language();
  style.words.more = words.Plain("fleet.more");
  style.tone = tally.failed == 0 ? "good" : "bad";
  return HtmlBegin(words.language(), PlainText(document.title)) +
         WriteHtmlArticle(document, style) + std::string(HtmlEnd());
}

}  // namespace

std::string WriteFleet(Format format, const Fleet& fleet,
                       const Catalogue& catalogue, const ReportOptions& options,
                       const FleetOptions& how) {
  const FleetTally tally = TallyOf(fleet, how.baseline);
  if (format == Format::kJson) return FleetJson(tally, options, how.unread);
  const Phrasebook words(catalogue, options.language, {});
  const Document document = TellFleet(
      {fleet, tally, catalogue, words, how.rows, how.logs, how.unread});
  if (format == Format::kHtml) return Html(document, tally, words);
  if (format == Format::kText) {
    TerminalStyle style;
    style.colour = options.colour;
    style.width = options.width;
    style.core_only = false;
    return WriteTerminal(document, style);
  }
  return WriteMarkdown(document, {});
}

void WriteSummaries(const Fleet& fleet,
                    const std::function<void(std::string_view)>& write) {
  for (const Fleet::Row* row : fleet.Rows()) {
    write(WriteSummary(fleet.Get(*row)));
  }
}

}  // namespace logdiag
