// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/story/head.h"
#include "reports/story/headline.h"
#include "reports/story/parts.h"

namespace logdiag {
namespace {

Spans FindingText(const Page& page, const Finding& finding) {
  Slots slots;
  const auto& exception = finding.exception;
  const bool said = exception && !exception->message.empty();
  slots.Put(
      "message",
      said ? CodeSpans(
                 LogText(exception->type + ": " + exception->message).shown())
           : Spans());
  const bool known = finding.cause != "unknown";
  slots.Put("pack", CodeSpans(LogText(finding.pack).shown()));
  if (!finding.pack.empty()) {
    slots.Put("title", known ? CauseTitle(page, finding.cause) : Spans());
    return page.words.Say("finding.import", slots);
  }
  const Spans title = known ? FindingHeadline(page, finding) : Spans();
  slots.Put("title", title);
  // A headline that names the thing says what the message says.
  if (said && known && NamesSomething(title)) slots.Put("message", {});
  if (known) return page.words.Say("finding.cause", slots);
  if (!said) slots.Log("message", finding.quote.text);
  return page.words.Say("finding.unknown", slots);
}

}  // namespace

std::string FindingWords(const Page& page, const Finding& finding) {
  return PlainText(FindingText(page, finding));
}

namespace {

Spans FindingItem(const Page& page, const Finding& finding) {
  Slots slots;
  if (finding.quote.line != 0) {
    slots.Own("ref", LineRef(finding.quote.line));
  }
  if (finding.last_line != 0) {
    Slots span;
    span.Own("first", LineRef(finding.quote.line));
    span.Own("last", LineRef(finding.last_line));
    slots.Put("ref", page.words.Say("findings.span", span));
  }
  slots.Put("text", Capitalized(FindingText(page, finding)));
  if (finding.redone_line != 0) {
    Slots redone;
    redone.Own("ref", LineRef(finding.redone_line));
    slots.Put("redone", page.words.Say("findings.redone", redone));
  }
  slots.Own("count", finding.count > 1 ? GroupDigits(finding.count) : "");
  return page.words.Say("findings.item", slots);
}

// Failures that the core of a healthy log tells one by one.
constexpr std::size_t kMaxOnTheWay = 3;

// Of a log in which all is well in the end, a pack that did not load, and what
// cost work on the way, belong on the first screen.
bool ToldInCore(const Page& page, const Finding& finding) {
  if (page.outline != Outline::kHealthy) return false;
  if (!finding.pack.empty()) return !finding.repaired;
  const Counts& counts = page.diagnosis.timeline.counts;
  return counts.failed > 0;
}

// The verdict told once more: the same cause at another time.
bool IsVerdict(const Page& page, const Finding& finding) {
  return finding.pack.empty() && finding.cause == page.diagnosis.cause;
}

// "prompt 3 (line 120): `wan2.1 ...`"
Spans LostItem(const Page& page, const Work& work) {
  Slots slots;
  slots.Own("number", std::to_string(work.number));
  if (work.queued_line != 0) slots.Own("ref", LineRef(work.queued_line));
  Spans what;
  constexpr std::size_t kMaxNamed = 3;
  for (std::size_t i = 0; i < std::min(work.work.size(), kMaxNamed); ++i) {
    if (i > 0) Append(TextSpan(", "), &what);
    Append(LogSpan(work.work[i]), &what);
  }
  slots.Put("work", std::move(what));
  return page.words.Say("lost.item", slots);
}

bool IsLost(const Work& work) {
  return work.kind == WorkKind::kPrompt &&
         (work.state == WorkState::kFailed ||
          work.state == WorkState::kRejected ||
          work.state == WorkState::kLost ||
          work.state == WorkState::kInterrupted ||
          work.state == WorkState::kQueued);
}

}  // namespace

Blocks FailuresOnTheWay(const Page& page) {
  List list;
  for (const Finding& finding : page.diagnosis.findings) {
    if (!ToldInCore(page, finding) || !finding.pack.empty()) continue;
    list.items.push_back({FindingItem(page, finding), {}});
    if (list.items.size() == kMaxOnTheWay) break;
  }
  if (list.items.empty()) return {};
  return {SectionHeading(page, "on-the-way.title"), {std::move(list)}};
}

Blocks OtherFindings(const Page& page) {
  List list;
  std::size_t left_out = 0;
  std::size_t in_core = 0;
  for (const Finding& finding : page.diagnosis.findings) {
    if (ToldInCore(page, finding) &&
        (!finding.pack.empty() || in_core++ < kMaxOnTheWay)) {
      continue;
    }
    if (IsVerdict(page, finding)) continue;
    if (list.items.size() < page.limits.findings) {
      list.items.push_back({FindingItem(page, finding), {}});
    } else {
      ++left_out;
    }
  }
  if (list.items.empty()) return {};
  if (left_out > 0) {
    Slots slots;
    slots.Own("count", std::to_string(left_out));
    list.items.push_back({page.words.Say("findings.left-out", slots), {}});
  }
  return {{std::move(list)}};
}

Blocks LostWork(const Page& page) {
  List list;
  std::size_t left_out = 0;
  for (const Work& work : page.diagnosis.timeline.works) {
    if (!IsLost(work)) continue;
    if (list.items.size() < page.limits.findings) {
      list.items.push_back({LostItem(page, work), {}});
    } else {
      ++left_out;
    }
  }
  // One piece of work is what the whole report is about.
  if (list.items.size() < 2) return {};
  if (left_out > 0) {
    Slots slots;
    slots.Own("count", std::to_string(left_out));
    list.items.push_back({page.words.Say("findings.left-out", slots), {}});
  }
  return {{std::move(list)}};
}

}  // namespace logdiag
