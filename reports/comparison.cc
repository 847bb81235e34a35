// SPDX-License-Identifier: Apache-2.0
#include "reports/comparison.h"

#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/pens/html.h"
#include "reports/pens/markdown.h"
#include "reports/pens/terminal.h"
#include "reports/story/comparison_story.h"
#include "reports/story/head.h"

namespace logdiag {
namespace {

constexpr int kMilliseconds = 3;

Json SideJson(const Page& page, const Pace& pace) {
  const Diagnosis& diagnosis = page.diagnosis;
  Json json = {{"path", Shown(diagnosis.source.Name())}};
  Put("title", PlainText(Title(page)), &json);
  Put("outcome", diagnosis.outcome, &json);
  Put("cause", diagnosis.cause, &json);
  if (pace.seconds_per_step) {
    json["seconds_per_step"] = Rounded(*pace.seconds_per_step, kMilliseconds);
  }
  if (pace.seconds) json["seconds"] = Rounded(*pace.seconds, kMilliseconds);
  json["finished"] = pace.finished;
  json["failed"] = pace.failed;
  return json;
}

Json FactJson(const Fact* fact) {
  if (fact == nullptr) return nullptr;
  Json json = {{"value", Shown(fact->value)}};
  PutKnown("line", fact->line, &json);
  return json;
}

std::string ComparisonJson(const Comparison& comparison, const Page& good,
                           const Page& bad) {
  Json json = {{"schema", "logdiag.comparison/1"}};
  json["good"] = SideJson(good, comparison.good);
  json["bad"] = SideJson(bad, comparison.bad);
  json["differences"] =
      ListOf(comparison.differences, [](const Difference& one) {
        return Json{{"fact", one.fact},
                    {"good", FactJson(one.good)},
                    {"bad", FactJson(one.bad)}};
      });
  json["same"] = comparison.same;
  json["packs_failed_in_bad"] = ListOf(comparison.packs_bad, Shown);
  json["packs_failed_in_good"] = ListOf(comparison.packs_good, Shown);
  return Dump(json, true);
}

}  // namespace

std::string WriteComparison(Format format, const Diagnosis& good,
                            const Diagnosis& bad, const Catalogue& catalogue,
                            const ReportOptions& options) {
  const Prepared before(good, catalogue, options);
  const Prepared now(bad, catalogue, options);
  const Comparison comparison =
      Compare(before.page().diagnosis, now.page().diagnosis);
  if (format == Format::kJson) {
    return ComparisonJson(comparison, before.page(), now.page());
  }
  const Document document =
      TellComparison(comparison, before.page(), now.page());
  if (format == Format::kHtml) {
    HtmlStyle style;
    style.words.language = before.page().words.language();
    return HtmlBegin(style.words.language, PlainText(document.title)) +
           WriteHtmlArticle(document, style) + std::string(HtmlEnd());
  }
  if (format == Format::kText) {
    TerminalStyle style;
    style.colour = options.colour;
    style.width = options.width;
    return WriteTerminal(document, style);
  }
  return WriteMarkdown(document, {});
}

}  // namespace logdiag
