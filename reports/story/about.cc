// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/story/parts.h"
#include "reports/words/fingerprint.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "";
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) /
                                     static_cast<double>(whole));
}

// Zero is left out: those lines of the text are for what happened.
void SetCount(std::string_view name, std::uint64_t count, Slots* slots) {
  slots->Own(name, count > 0 ? GroupDigits(count) : "");
}

// "66 min 12 s after L407 (sampling, inside a bar)", longest first.
Spans Gaps(const Page& page) {
  Spans gaps;
  for (const Gap& gap : page.diagnosis.timeline.gaps) {
    Slots slots;
    slots.Own("length", FormatDuration(static_cast<std::int64_t>(gap.seconds) *
                                       kNsPerSecond));
    slots.Own("ref", LineRef(gap.line));
    slots.Own("gap_phase", page.words.Word("phase", gap.phase));
    if (!gaps.empty()) Append(TextSpan("; "), &gaps);
    Append(page.words.Say(gap.inside_bar ? "about.gap-in-bar" : "about.gap",
                          slots),
           &gaps);
  }
  return gaps;
}

// "passwords: 2, user names: 1".
std::string RedactedKinds(const Page& page) {
  std::string kinds;
  for (const auto& [kind, count] : page.diagnosis.coverage.redacted_kinds) {
    kinds += (kinds.empty() ? "" : ", ") + page.words.Word("redacted", kind) +
             ": " + GroupDigits(count);
  }
  return kinds;
}

Slots AboutSlots(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  const Coverage& coverage = diagnosis.coverage;
  Slots slots;
  SetCount("lines", coverage.lines, &slots);
  SetCount("outside_lines", coverage.outside_lines, &slots);
  slots.Own("understood", Percent(coverage.understood, coverage.records));
  SetCount("cut_lines", coverage.cut_lines, &slots);
  slots.Put("pasted",
            coverage.pasted ? page.words.Say("about.pasted") : Spans());
  SetCount("crowded_lines", coverage.crowded_lines, &slots);
  SetCount("nul_bytes", coverage.nul_bytes, &slots);
  SetCount("invalid_utf8_lines", coverage.invalid_utf8_lines, &slots);
  SetCount("duplicate_lines", coverage.duplicate_lines, &slots);
  SetCount("unknown_clusters", coverage.unknown_clusters, &slots);
  slots.Own("redacted", RedactedKinds(page));
  slots.Put("clock", page.words.Say("clock." + diagnosis.source.clock));
  slots.Own("resolution", ResolutionName(diagnosis.source.clock_resolution_ns));
  slots.Put("gaps", Gaps(page));
  slots.Log("envelopes",
            fmt::format("{}", fmt::join(diagnosis.source.envelopes, ", ")));
  slots.Put("posterior", {});
  if (page.limits.details && diagnosis.posterior > 0) {
    slots.Own("posterior", fmt::format("{:.0f} %", 100 * diagnosis.posterior));
  }
  Spans folders;
  for (const std::string& folder : page.catalogue.folders) {
    if (!folders.empty()) Append(TextSpan(", "), &folders);
    Append(CodeSpans(LogText(folder).shown()), &folders);
  }
  slots.Put("folders", std::move(folders));
  slots.Put("fingerprint", CodeSpans(Fingerprint(diagnosis)));
  // Without the file: its name is not ours, and a shell would read it.
  slots.Put("command", CodeSpans("logdiag --full"));
  return slots;
}

std::string RemedyIds(const Page& page) {
  const auto& ids = page.diagnosis.remedies;
  const std::size_t shown = std::min(ids.size(), page.limits.steps);
  return fmt::format(
      "{}", fmt::join(ids.begin(),
                      ids.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
}

}  // namespace

Blocks AboutReport(const Page& page) {
  Slots slots = AboutSlots(page);
  slots.Own("outcome_id", page.diagnosis.outcome);
  if (page.diagnosis.cause != "none") {
    slots.Own("cause_id", page.diagnosis.cause);
  }
  slots.Own("remedy_ids", RemedyIds(page));
  Blocks blocks = page.words.SayBlocks("about", slots);
  if (!page.limits.details) return blocks;
  Blocks more = page.words.SayBlocks("about.full", slots);
  blocks.insert(blocks.end(), more.begin(), more.end());
  Excerpt examples;
  for (const Quote& quote : page.diagnosis.coverage.unknown_examples) {
    examples.lines.push_back({quote.line, false, quote.text});
  }
  if (!examples.lines.empty()) {
    blocks.push_back({Paragraph{page.words.Say("about.examples")}});
    blocks.push_back({std::move(examples)});
  }
  if (page.outline != Outline::kForeign) {
    blocks.push_back({Paragraph{page.words.Say("about.method")}});
  }
  return blocks;
}

}  // namespace logdiag
