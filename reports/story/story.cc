// SPDX-License-Identifier: Apache-2.0
#include "reports/story/story.h"

#include <utility>

#include "reports/document/line_places.h"
#include "reports/story/head.h"
#include "reports/story/parts.h"
#include "reports/story/proof.h"
#include "reports/story/steps.h"

namespace logdiag {
namespace {

Blocks Core(const Page& page) {
  Blocks core = Lead(page);
  if (page.outline == Outline::kHealthy) {
    AddAll(AgainstFlood(page), &core);
    AddAll(FailuresOnTheWay(page), &core);
    AddAll(FailedPacks(page), &core);
    AddAll(Contradictions(page), &core);
    return core;
  }
  AddAll(DoNow(page), &core);
  if (page.outline != Outline::kForeign) AddAll(Proof(page), &core);
  AddAll(Contradictions(page), &core);
  AddAll(OrElse(page), &core);
  return core;
}

}  // namespace

Document Tell(const Page& page) {
  Document document = TellCore(page);
  TellParts(page, &document);
  return document;
}

Document TellCore(const Page& page) {
  Document document;
  document.title = Title(page);
  document.core = Core(page);
  PlaceLines(page.diagnosis.source.of_case, &document.core);
  document.more = page.words.Say("more.title");
  return document;
}

void TellParts(const Page& page, Document* document) {
  const auto part = [&](const char* id, Blocks blocks) {
    if (blocks.empty()) return;
    PlaceLines(page.diagnosis.source.of_case, &blocks);
    document->parts.push_back(
        {id, page.words.Say(std::string("part.") + id), std::move(blocks)});
  };
  if (page.outline == Outline::kForeign) {
    part("about", AboutReport(page));
    return;
  }
  part("case", CaseFiles(page));
  part("checks", Checks(page));
  part("not-here", NotHere(page));
  if (page.limits.asides) part("collect", Collect(page));
  part("later", Later(page));
  if (IsAboutMemory(page) || page.limits.details) {
    part("budget", MemoryBudget(page));
  }
  part("findings", OtherFindings(page));
  if (page.limits.asides) part("lost", LostWork(page));
  if (page.limits.asides && page.outline != Outline::kHealthy &&
      page.outline != Outline::kCut) {
    part("evidence", EvidenceAndRivals(page));
  }
  if (page.limits.details) {
    part("notes", Notes(page));
    part("ledger", Ledger(page));
  }
  part("timeline", TimelineRows(page));
  part("environment", Environment(page));
  part("about", AboutReport(page));
}

}  // namespace logdiag
