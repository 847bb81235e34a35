// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/story/head.h"
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

// The flood of most lines; null if there is none.
const Finding* Flood(const Diagnosis& diagnosis) {
  const Finding* most = nullptr;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.last_line == 0) continue;
    if (most == nullptr || finding.count > most->count) most = &finding;
  }
  return most;
}

void PutFlood(const Page& page, const Finding& flood, Slots* slots) {
  constexpr std::size_t kLong = 48;
  slots->Put("flood",
             flood.cause != "unknown"
                 ? CauseTitle(page, flood.cause)
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
  if (counts.others_done > 0) {
    slots.Own("others", std::to_string(counts.others_done));
  }
  if (const Finding* flood = Flood(page.diagnosis)) {
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
    return FirstWhole(page,
                      {"heading.completed.all", "heading.completed.some",
                       "heading.completed.others", "heading.completed"},
                      slots);
  }
  return FirstWhole(
      page,
      {"heading.ready.flood", "heading.ready.packs", "heading.ready.pack",
       "heading.ready.program", "heading.ready.gpu", "heading.ready"},
      slots);
}

std::string_view FileName(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  const bool file = slash != path.npos && slash + 1 < path.size() &&
                    path.find(' ') == path.npos;
  return file ? path.substr(slash + 1) : path;
}

std::string_view WithoutQuotes(std::string_view text) {
  const bool quoted = text.size() > 2 && text.front() == text.back() &&
                      (text.front() == '\'' || text.front() == '"');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// Long values of the log, made fit for a title: of a path the file, of a
// message its two ends.
Slots ShortValues(const Page& page, std::string_view pattern) {
  constexpr std::size_t kLong = 48;
  Slots slots;
  for (std::size_t at = pattern.find('{'); at != pattern.npos;
       at = pattern.find('{', at + 1)) {
    const std::size_t end = pattern.find('}', at);
    if (end == pattern.npos) break;
    const std::string_view name = pattern.substr(at + 1, end - at - 1);
    const auto value = page.words.Value(name);
    if (!value) continue;
    const std::string_view bare = WithoutQuotes(*value);
    if (bare.size() > kLong) {
      slots.Put(name, LogSpan(FileName(bare), kLong));
    } else if (bare.size() < value->size()) {
      slots.Put(name, LogSpan(bare));
    }
  }
  return slots;
}

// What failed, named by the cause's own headline.
Spans Headline(const Page& page) {
  const Cause* cause = page.cause();
  if (cause == nullptr) return {};
  for (const KnownText& headline : cause->headlines) {
    if (!page.words.CanFill(headline)) continue;
    return page.words.Fill(headline, ShortValues(page, headline));
  }
  return {};
}

bool NamesSomething(const Spans& spans) {
  return std::any_of(spans.begin(), spans.end(), [](const Span& span) {
    return span.kind == Span::Kind::kCode ||
           span.text.find_first_of("0123456789") != std::string::npos;
  });
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

}  // namespace

Spans Title(const Page& page) {
  Spans title;
  switch (page.outline) {
    case Outline::kForeign:
      return page.words.Say("heading.foreign");
    case Outline::kHealthy:
      title = HealthyTitle(page);
      break;
    case Outline::kCut:
      title = FirstWhole(page, {"heading.cut.phase", "heading.cut"}, {});
      break;
    case Outline::kUnknown:
    case Outline::kVerdict:
      title = WithStarts(page, VerdictTitle(page));
      break;
  }
  if (!NamesSomething(title)) {
    Append(page.words.Say("heading.at"), &title);
  }
  return title;
}

}  // namespace logdiag
