// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/document/line_places.h"
#include "reports/story/head.h"
#include "reports/story/headline.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

// The first of these texts of which everything is known.
Spans FirstWhole(const Page& page, std::initializer_list<std::string_view> keys,
                 const Slots& slots) {
  for (const std::string_view key : keys) {
    if (page.words.CanSay(key, slots)) return page.words.Say(key, slots);
  }
  return {};
}

std::size_t FailedPackCount(const Diagnosis& diagnosis) {
  return static_cast<std::size_t>(std::count_if(
      diagnosis.findings.begin(), diagnosis.findings.end(),
      [](const Finding& f) { return !f.pack.empty() && !f.repaired; }));
}

void PutFlood(const Page& page, const Finding& flood, Slots* slots) {
  constexpr std::size_t kLong = 48;
  slots->Put("flood",
             flood.cause != "unknown"
                 ? Capitalized(FindingHeadline(page, flood))
                 : CodeSpans(LogText(flood.quote.text, kLong).shown()));
  slots->Own("flood_count", GroupDigits(flood.count));
  slots->Own("flood_first", LineRef(flood.quote.line));
  slots->Own("flood_last", LineRef(flood.last_line));
}

Slots HealthySlots(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  Slots slots;
  // More finished than were seen to begin where the log begins too late.
  if (counts.executed > 0 && counts.executed >= counts.prompts) {
    slots.Own("all", std::to_string(counts.executed));
  }
  // Who trains or builds was asked for none.
  if (counts.prompts == 0) slots.Own("prompts", "");
  if (counts.others_done > 0) {
    slots.Own("others", std::to_string(counts.others_done));
  }
  if (const Finding* flood = FloodOf(page.diagnosis)) {
    PutFlood(page, *flood, &slots);
  }
  const std::size_t packs = FailedPackCount(page.diagnosis);
  if (packs == 1) {
    for (const Finding& finding : page.diagnosis.findings) {
      if (!finding.pack.empty()) slots.Log("failed_pack", finding.pack);
    }
  } else if (packs > 1) {
    slots.Own("failed_packs", std::to_string(packs));
  }
  return slots;
}

Spans HealthyTitle(const Page& page) {
  const Slots slots = HealthySlots(page);
  if (page.diagnosis.outcome == "completed") {
    const bool one = page.diagnosis.timeline.counts.others_done == 1;
    return FirstWhole(
        page,
        {"heading.completed.all", "heading.completed.some",
         one ? "heading.completed.other" : "heading.completed.others",
         "heading.completed"},
        slots);
  }
  return FirstWhole(
      page,
      {"heading.ready.flood", "heading.ready.packs", "heading.ready.pack",
       "heading.ready.program", "heading.ready.gpu", "heading.ready"},
      slots);
}

Spans GeneralTitle(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  Slots slots;
  slots.Put("outcome",
            page.words.Say("outcome." + diagnosis.outcome + ".title"));
  slots.Put("title", CauseTitle(page, diagnosis.cause));
  if (diagnosis.exception && diagnosis.exception->place) {
    slots.Log("type", diagnosis.exception->type);
  }
  if (page.outline == Outline::kUnknown) {
    if (diagnosis.outcome == "crash-loop" &&
        page.words.CanSay("heading.unknown.loop")) {
      return page.words.Say("heading.unknown.loop");
    }
    return FirstWhole(
        page,
        {"heading.unknown.raised", "heading.unknown.bar", "heading.unknown"},
        slots);
  }
  return FirstWhole(
      page, {"heading.raised", "heading.pack", "heading.bar", "heading.line"},
      slots);
}

// The line to look at first: what speaks most for the cause, else what ended.
Spans AtLine(const Page& page) {
  const Evidence* strongest = nullptr;
  for (const Evidence& item : page.diagnosis.evidence) {
    if (item.quote.line == 0 || item.weight_db <= 0) continue;
    if (strongest == nullptr || item.weight_db > strongest->weight_db) {
      strongest = &item;
    }
  }
  Slots slots;
  if (strongest != nullptr) {
    slots.Own("told_line", std::to_string(strongest->quote.line));
  }
  return page.words.Say("heading.at", slots);
}

// A loop is told by its count before anything else.
Spans WithStarts(const Page& page, Spans title) {
  if (page.diagnosis.outcome != "crash-loop" ||
      page.outline == Outline::kUnknown) {
    return title;
  }
  Slots slots;
  slots.Put("headline", std::move(title));
  Spans counted = FirstWhole(page, {"heading.loop", "heading.loop.few"}, slots);
  return counted.empty() ? *slots.Find("headline") : counted;
}

Spans VerdictTitle(const Page& page) {
  Spans title = Headline(page);
  if (title.empty()) return GeneralTitle(page);
  Slots slots;
  slots.Put("headline", title);
  const std::string key =
      "heading." + std::string(ConfidenceName(page.diagnosis.confidence));
  if (page.words.Has(key)) title = page.words.Say(key, slots);
  return title;
}

Spans TitleWords(const Page& page) {
  Spans title;
  switch (page.outline) {
    case Outline::kForeign:
      return page.words.Say("heading.foreign");
    case Outline::kHealthy:
      title = HealthyTitle(page);
      break;
    case Outline::kCut:
      title = FirstWhole(
          page, {"heading.cut.after", "heading.cut.phase", "heading.cut"}, {});
      break;
    case Outline::kUnknown:
    case Outline::kVerdict:
      title = WithStarts(page, VerdictTitle(page));
      break;
  }
  if (!NamesSomething(title)) {
    Append(AtLine(page), &title);
  }
  return title;
}

}  // namespace

Spans Title(const Page& page) {
  Spans title = TitleWords(page);
  PlaceLines(page.diagnosis.source.of_case, &title);
  return title;
}

}  // namespace logdiag
