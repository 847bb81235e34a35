#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/escape.h"
#include "reports/fence.h"
#include "reports/fingerprint.h"
#include "reports/names.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "";
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) /
                                     static_cast<double>(whole));
}

// Zero is left out: those lines of the text are for what happened.
void SetCount(std::string_view name, std::uint64_t count, Slots* slots) {
  if (count > 0) slots->markdown[std::string(name)] = GroupDigits(count);
}

// "66 min 12 s after L407 (sampling, inside a bar)", longest first.
std::string Gaps(const Page& page) {
  std::string out;
  for (const Gap& gap : page.diagnosis.timeline.gaps) {
    Slots slots;
    slots.markdown["length"] =
        FormatDuration(static_cast<std::int64_t>(gap.seconds) * kNsPerSecond);
    slots.markdown["ref"] = LineRef(gap.line);
    slots.markdown["gap_phase"] = page.words.Word("phase", gap.phase);
    out += (out.empty() ? "" : "; ") +
           page.words.Say(
               gap.inside_bar ? "coverage.gap-in-bar" : "coverage.gap", slots);
  }
  return out;
}

// "passwords: 2, user names: 1".
std::string RedactedKinds(const Page& page) {
  std::string out;
  for (const auto& [kind, count] : page.diagnosis.coverage.redacted_kinds) {
    out += (out.empty() ? "" : ", ") + page.words.Word("redacted", kind) +
           ": " + GroupDigits(count);
  }
  return out;
}

Slots CoverageSlots(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  const Coverage& coverage = diagnosis.coverage;
  Slots slots;
  SetCount("lines", coverage.lines, &slots);
  const std::string percent = Percent(coverage.understood, coverage.records);
  if (!percent.empty()) slots.markdown["understood"] = percent;
  SetCount("cut_lines", coverage.cut_lines, &slots);
  SetCount("invalid_utf8_lines", coverage.invalid_utf8_lines, &slots);
  SetCount("duplicate_lines", coverage.duplicate_lines, &slots);
  SetCount("unknown_clusters", coverage.unknown_clusters, &slots);
  slots.markdown["redacted"] = GroupDigits(coverage.redacted);
  const std::string kinds = RedactedKinds(page);
  if (!kinds.empty()) slots.markdown["redacted_kinds"] = kinds;
  slots.markdown["clock"] = page.words.Say("clock." + diagnosis.source.clock);
  const std::string_view resolution =
      ResolutionName(diagnosis.source.clock_resolution_ns);
  if (!resolution.empty()) {
    slots.markdown["resolution"] = std::string(resolution);
  }
  const std::string gaps = Gaps(page);
  if (!gaps.empty()) slots.markdown["gaps"] = gaps;
  slots.raw["envelopes"] =
      fmt::format("{}", fmt::join(diagnosis.source.envelopes, ", "));
  if (diagnosis.posterior > 0) {
    slots.markdown["posterior"] =
        fmt::format("{:.0f} %", 100 * diagnosis.posterior);
  }
  slots.raw["fingerprint"] = Fingerprint(diagnosis);
  const auto file = page.words.Value("file");
  slots.raw["command"] = "logdiag " + file.value_or("-");
  return slots;
}

std::string UnknownExamples(const Page& page) {
  std::vector<FencedLine> lines;
  for (const Quote& quote : page.diagnosis.coverage.unknown_examples) {
    lines.push_back({quote.line, false, quote.text});
  }
  if (lines.empty()) return "";
  return page.words.Say("coverage.examples") + "\n\n" + FenceLines(lines);
}

std::string LeftOut(const Page& page) {
  const Limits full;
  return page.limits.timeline_rows < full.timeline_rows ||
                 page.limits.findings < full.findings
             ? page.words.Say("coverage.trimmed")
             : "";
}

}  // namespace

std::string CoverageDetails(const Page& page) {
  const Slots slots = CoverageSlots(page);
  std::string body = page.words.SayLines("coverage.body", slots);
  while (!body.empty() && body.back() == '\n') body.pop_back();
  for (const std::string& part : {UnknownExamples(page), LeftOut(page),
                                  page.outline == Outline::kForeign
                                      ? std::string()
                                      : page.words.Say("coverage.method")}) {
    if (!part.empty()) body += "\n\n" + part;
  }
  return Details(page.words.Say("coverage.title"), body);
}

}  // namespace logdiag
