// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/job_facts.h"
#include "analyzer/support/text.h"
#include "reports/story/head.h"
#include "reports/story/headline.h"
#include "reports/words/names.h"
#include "reports/words/report_values.h"
#include "reports/words/told_line.h"

namespace logdiag {
namespace {

bool LostSome(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  return counts.executed < counts.prompts;
}

Spans SummarySpans(const Page& page) {
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

// A long message as far as whole sentences of it fit, else all of it.
std::string FirstSentences(const std::string& message) {
  constexpr std::size_t kMost = 120;
  constexpr std::size_t kLeast = 20;
  if (message.size() <= kMost) return message;
  const std::size_t stop = message.rfind(". ", kMost);
  return stop == message.npos || stop < kLeast ? message
                                               : message.substr(0, stop + 1);
}

// "`NameError: ...`, raised in `f` (`file`, line 88), node `X`."
Spans ExceptionSentence(const Page& page, const Spans& told) {
  const auto& exception = page.diagnosis.exception;
  if (!exception) return {};
  Slots slots;
  const bool message_told = Tells(told, exception->message);
  if (message_told && !exception->place) return {};
  if (!message_told || exception->message.empty()) {
    slots.Put("raised",
              CodeSpans(LogText(exception->message.empty()
                                    ? exception->type
                                    : exception->type + ": " +
                                          FirstSentences(exception->message))
                            .shown()));
  }
  if (exception->place) {
    // What runs at the top of a file has no name.
    const std::string& function = exception->place->function;
    slots.Put("function", function == "<module>"
                              ? Spans()
                              : CodeSpans(LogText(function).shown()));
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
  if (message_told) return page.words.Say("lead.place", slots);
  return page.words.Say(RootOf(page.diagnosis) == nullptr
                            ? "lead.exception"
                            : "lead.exception.after",
                        slots);
}

Spans Verdict(const Page& page) {
  Slots slots;
  const Spans summary = SummarySpans(page);
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
  if (!utc && page.words.Value("told_time")) {
    slots.Put("time", page.words.Say("time.local"));
  } else {
    slots.Put("time", page.words.Say("time.utc"));
  }
  if (!page.words.Value("told_time")) slots.Put("time", {});
  // The root lies before the work that it ended.
  if (RootOf(page.diagnosis) != nullptr) {
    slots.Put("phase_words", {}).Put("bar", {}).Put("session", {});
    slots.Put("full_bar", {});
  }
  // All steps were made: it is not known what was next.
  if (page.words.Value("full_bar")) slots.Put("phase_words", {});
  if (page.diagnosis.timeline.counts.sessions < 2) slots.Put("session", {});
  // Of a program that nobody knows, no line tells what it was at.
  if (page.diagnosis.phase == "idle" && !page.words.Value("program")) {
    slots.Put("phase_words", {});
  }
  // Of several files, it is the line of one of them.
  if (!healthy && !page.diagnosis.source.of_case.files.empty()) {
    slots.Put("lines", {});
  }
  return page.words.Say(healthy ? "when.healthy" : "when", slots);
}

// What a refused output left of its prompt is not lost while it is at work.
bool StillRuns(const Page& page) {
  const std::vector<Work>& works = page.diagnosis.timeline.works;
  return std::any_of(works.begin(), works.end(), [](const Work& work) {
    return work.kind == WorkKind::kPrompt && work.outputs_rejected &&
           work.state == WorkState::kRunning;
  });
}

Spans Lost(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  if (counts.prompts == 0) return {};
  const bool none_ended =
      counts.executed + counts.failed + counts.interrupted == 0;
  if (page.outline == Outline::kCut && none_ended) return {};
  if (counts.executed >= counts.prompts) return {};
  if (counts.prompts == 1) {
    return StillRuns(page) ? Spans() : page.words.Say("lost.one");
  }
  return page.words.Say("lost");
}

bool IsSame(const Page& page, const Finding& finding) {
  return finding.pack.empty() && !finding.repaired && finding.last_line == 0 &&
         finding.cause == page.diagnosis.cause;
}

// "Before it 23 like it failed, the first in line 199."
Spans Again(const Page& page) {
  std::uint64_t count = 0;
  std::uint64_t first = 0;
  for (const Finding& finding : page.diagnosis.findings) {
    if (!IsSame(page, finding)) continue;
    count += finding.count;
    if (first == 0) first = finding.quote.line;
  }
  if (count < 2) return {};
  // What is raised is told before the line that shows it best.
  for (const FailureSummary& failure : page.diagnosis.failures) {
    if (failure.quote.line != first) continue;
    first = std::min(first, failure.told_line);
    break;
  }
  Slots slots;
  slots.Own("first", std::to_string(first));
  if (page.diagnosis.failures.size() >= kFailuresKept) {
    return page.words.Say("lead.again.many", slots);
  }
  slots.Own("count", GroupDigits(count));
  return page.words.Say("lead.again", slots);
}

// What else ended in an exception of which no later line says that it was
// overcome: the verdict is the last failure, not always the worst. Of a loop
// that is what ended a start, too.
Spans StillBroken(const Page& page) {
  constexpr std::size_t kMostNamed = 2;
  const bool loop = page.diagnosis.outcome == "crash-loop";
  std::vector<const Finding*> broken;
  for (const Finding& finding : page.diagnosis.findings) {
    const bool known = page.catalogue.FindCause(finding.cause) != nullptr;
    if (finding.pack.empty() && finding.exception && known &&
        !finding.repaired && !IsSame(page, finding) &&
        (!loop || finding.stops_start)) {
      broken.push_back(&finding);
    }
  }
  if (broken.size() > kMostNamed) broken.resize(kMostNamed);
  Spans list;
  for (const Finding* finding : broken) {
    Slots slots;
    slots.Put("title", FindingHeadline(page, *finding));
    slots.Put("cure", WithoutStop(FindingCure(page, *finding)));
    slots.Own("ref", LineRef(finding->quote.line));
    slots.Own("count",
              finding->count > 1 ? GroupDigits(finding->count) : std::string());
    if (!list.empty()) Append(TextSpan("; "), &list);
    Append(page.words.Say("lead.still-broken.item", slots), &list);
  }
  if (list.empty()) return {};
  Slots slots;
  slots.Put("list", std::move(list));
  return page.words.Say("lead.still-broken", slots);
}

// "A later prompt (line 331) was accepted ..."
Spans LaterWork(const Page& page) {
  const Timeline& timeline = page.diagnosis.timeline;
  for (const Work& work : timeline.works) {
    if (work.state != WorkState::kRunning ||
        work.queued_line <= page.diagnosis.incident->last_line) {
      continue;
    }
    Slots slots;
    slots.Own("queued", std::to_string(work.queued_line));
    return page.words.Say("lead.later-work", slots);
  }
  return {};
}

// "The same job had failed before (L121: the GPU ran out of memory)."
Spans SameJob(const Page& page) {
  const auto& facts = page.diagnosis.facts;
  const auto before = facts.find(kSameJobFailed);
  if (before == facts.end()) return {};
  Slots slots;
  slots.Own("ref", LineRef(before->second.line));
  for (const FailureSummary& failure : page.diagnosis.failures) {
    if (failure.quote.line == before->second.line &&
        page.catalogue.FindCause(failure.cause) != nullptr) {
      slots.Put("title", CauseTitle(page, failure.cause));
    }
  }
  return page.words.Say("lead.same-job", slots);
}

// What a failed job leaves behind, besides itself.
Spans WhatElse(const Page& page) {
  if (page.outline != Outline::kVerdict || !page.diagnosis.incident) return {};
  Spans spans;
  const bool error = page.diagnosis.outcome == "error";
  const bool loop = page.diagnosis.outcome == "crash-loop";
  for (const Spans& sentence : {SameJob(page), error ? Again(page) : Spans(),
                                error || loop ? StillBroken(page) : Spans(),
                                error ? LaterWork(page) : Spans()}) {
    if (sentence.empty()) continue;
    if (!spans.empty()) Append(TextSpan(" "), &spans);
    Append(sentence, &spans);
  }
  return spans;
}

// The reasons of a refused workflow, one item each, with the nodes that it is
// true of. The program gives each for the prompt and for its node.
List Refusals(const Page& page) {
  constexpr std::size_t kLongReason = 200;
  List list;
  const auto& refusals = page.diagnosis.incident->refusals;
  std::vector<std::string> told;
  for (const Refusal& refusal : refusals) {
    const std::string& reason = refusal.quote.text;
    if (std::find(told.begin(), told.end(), reason) != told.end()) continue;
    told.push_back(reason);
    std::vector<std::string> nodes;
    for (const Refusal& other : refusals) {
      if (other.quote.text == reason) nodes.push_back(other.node);
    }
    // "(prompt)"
    if (nodes.size() > 1) {
      std::erase_if(
          nodes, [](const std::string& node) { return StartsWith(node, "("); });
    }
    Spans names;
    for (const std::string& node : nodes) {
      if (!names.empty()) Append(TextSpan(", "), &names);
      Append(CodeSpans(LogText(node).shown()), &names);
    }
    Slots slots;
    slots.Put("nodes", std::move(names));
    slots.Put("reason", CodeSpans(LogText(reason, kLongReason).shown()));
    slots.Own("ref", LineRef(refusal.quote.line));
    slots.Put("listed", CodeSpans(LogText(refusal.listed).shown()));
    list.items.push_back({page.words.Say("refused.item", slots), {}});
  }
  return list;
}

// Why it was refused, if that is more than the title can name.
Blocks RefusedFor(const Page& page) {
  if (page.outline != Outline::kVerdict || !page.diagnosis.incident) return {};
  List list = Refusals(page);
  if (page.diagnosis.incident->refusals.size() < 2) return {};
  const std::size_t all = list.items.size();
  if (all > page.limits.packs) {
    list.items.resize(page.limits.packs);
    Slots slots;
    slots.Own("count", std::to_string(all - page.limits.packs));
    list.items.push_back({page.words.Say("packs.more", slots), {}});
  }
  return {{Paragraph{page.words.Say("refused")}}, {std::move(list)}};
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
  Spans what_else = WhatElse(page);
  if (!what_else.empty()) {
    blocks.push_back({Paragraph{std::move(what_else)}});
  }
  for (Block& block : RefusedFor(page)) blocks.push_back(std::move(block));
  return blocks;
}

}  // namespace logdiag
