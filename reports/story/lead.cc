#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/story/head.h"
#include "reports/words/names.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

bool LostSome(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  return counts.executed < counts.prompts;
}

Spans Summary(const Page& page) {
  if (page.diagnosis.outcome == "completed" && LostSome(page)) {
    return page.words.Say("outcome.completed.some");
  }
  if (!page.diagnosis.summary.empty()) {
    return page.words.Fill(page.diagnosis.summary);
  }
  return page.words.Say("outcome." + page.diagnosis.outcome + ".summary");
}

std::string LeadKey(const Page& page) {
  switch (page.outline) {
    case Outline::kHealthy:
      return "lead.healthy";
    case Outline::kCut:
      return "lead.cut";
    case Outline::kUnknown:
      return "lead.unknown";
    case Outline::kForeign:
    case Outline::kVerdict:
      break;
  }
  return "lead." + std::string(ConfidenceName(page.diagnosis.confidence));
}

// True if the log's `text` stands in `spans` already.
bool Tells(const Spans& spans, const std::string& text) {
  const std::string shown = LogText(text).shown();
  return !shown.empty() &&
         std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
           return Contains(span.text, shown);
         });
}

// "`NameError: ...`, raised in `f` (`file`, line 88), node `X`."
Spans ExceptionSentence(const Page& page, const Spans& told) {
  const auto& exception = page.diagnosis.exception;
  if (!exception) return {};
  Slots slots;
  const bool message_told = Tells(told, exception->message);
  if (message_told && !exception->place) return {};
  if (!message_told || exception->message.empty()) {
    slots.Put("raised", CodeSpans(LogText(exception->message.empty()
                                              ? exception->type
                                              : exception->type + ": " +
                                                    exception->message)
                                      .shown()));
  }
  if (exception->place) {
    slots.Put("function",
              CodeSpans(LogText(exception->place->function).shown()));
    slots.Own("place_line", std::to_string(exception->place->line));
  }
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty() && !Tells(told, value)) {
      slots.Put(name, CodeSpans(LogText(value).shown()));
    }
  };
  // A place within the pack names it.
  const auto place = page.words.Value("place");
  if (!place || !StartsWith(*place, exception->pack)) {
    add("raised_pack", exception->pack);
  }
  add("raised_node", exception->node);
  return page.words.Say(message_told ? "lead.place" : "lead.exception", slots);
}

Spans Verdict(const Page& page) {
  Slots slots;
  const Spans summary = Summary(page);
  slots.Put("summary", summary);
  Spans spans = page.words.Say(LeadKey(page), slots);
  const Spans raised = ExceptionSentence(page, summary);
  if (!raised.empty()) {
    Append(TextSpan(" "), &spans);
    Append(raised, &spans);
  }
  return spans;
}

Spans When(const Page& page) {
  Slots slots;
  const bool healthy =
      page.outline == Outline::kHealthy || page.outline == Outline::kCut;
  const bool utc = page.diagnosis.source.clock == "utc";
  if (!utc && page.words.Value("end_time")) {
    slots.Put("time", page.words.Say("time.local"));
  } else {
    slots.Put("time", page.words.Say("time.utc"));
  }
  if (!page.words.Value("end_time")) slots.Put("time", {});
  if (page.diagnosis.timeline.counts.sessions < 2) slots.Put("session", {});
  return page.words.Say(healthy ? "when.healthy" : "when", slots);
}

Spans Lost(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  if (page.outline == Outline::kCut || counts.prompts == 0) return {};
  if (counts.executed >= counts.prompts) return {};
  if (counts.prompts == 1) return page.words.Say("lost.one");
  return page.words.Say("lost");
}

Spans PackItem(const Page& page, const Finding& finding) {
  Slots slots;
  slots.Put("pack", CodeSpans(LogText(finding.pack).shown()));
  slots.Put("reason", {}).Put("cure", {}).Put("place", {});
  if (finding.exception && finding.exception->place) {
    const Frame& place = *finding.exception->place;
    slots.Put("place", CodeSpans(LogText(ShortPath(place.file)).shown()));
    slots.Own("place_line", std::to_string(place.line));
  }
  if (finding.exception && !finding.exception->message.empty()) {
    slots.Put("reason", CodeSpans(LogText(finding.exception->message).shown()));
  } else if (finding.cause != "unknown") {
    slots.Put("reason", CauseTitle(page, finding.cause));
  }
  slots.Own("ref", LineRef(finding.quote.line));
  if (const Remedy* cure = page.catalogue.FindRemedy(finding.cure)) {
    Slots values;
    for (const auto& [name, value] : finding.values) values.Log(name, value);
    slots.Put("cure", page.words.Fill(cure->text, values));
  }
  return page.words.Say("packs.item", slots);
}

}  // namespace

Blocks Lead(const Page& page) {
  Blocks blocks;
  if (page.diagnosis.coverage.partial) {
    Slots slots;
    slots.Log("why", page.diagnosis.coverage.partial_why);
    blocks.push_back({Paragraph{page.words.Say("partial", slots)}});
  }
  if (page.outline == Outline::kForeign) {
    blocks.push_back({Paragraph{page.words.Say("foreign")}});
    return blocks;
  }
  blocks.push_back({Paragraph{Verdict(page)}});
  Spans when = When(page);
  const Spans lost = Lost(page);
  if (!when.empty() && !lost.empty()) Append(TextSpan(" "), &when);
  Append(lost, &when);
  if (!when.empty()) blocks.push_back({Paragraph{std::move(when)}});
  return blocks;
}

Blocks FailedPacks(const Page& page) {
  List list;
  std::size_t more = 0;
  for (const Finding& finding : page.diagnosis.findings) {
    if (finding.pack.empty() || finding.repaired) continue;
    if (list.items.size() == page.limits.packs) {
      ++more;
      continue;
    }
    list.items.push_back({PackItem(page, finding), {}});
  }
  if (list.items.empty()) return {};
  if (more > 0) {
    Slots slots;
    slots.Own("count", std::to_string(more));
    list.items.push_back({page.words.Say("packs.more", slots), {}});
  }
  return {SectionHeading(page, "packs.title"), {std::move(list)}};
}

}  // namespace logdiag
