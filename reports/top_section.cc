#include <string>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/names.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxTitle = 80;  // of a ticket

std::string CutTitle(const std::string& title) {
  if (title.size() <= kMaxTitle) return title;
  const std::string_view dots = "...";
  std::string_view cut = CutUtf8(title, kMaxTitle - dots.size());
  const std::size_t blank = cut.find_last_of(' ');
  if (blank != std::string_view::npos) cut = cut.substr(0, blank);
  return std::string(cut).append(dots);
}

std::string Title(const Page& page) {
  if (page.outline == Outline::kForeign) {
    return page.words.Say("heading.foreign");
  }
  const Diagnosis& diagnosis = page.diagnosis;
  Slots slots;
  slots.markdown["outcome"] =
      page.words.Say("outcome." + diagnosis.outcome + ".title");
  if (slots.markdown["outcome"].empty()) {
    slots.markdown["outcome"] = EscapeProse(diagnosis.outcome);
  }
  if (diagnosis.cause != "none" && !diagnosis.cause.empty()) {
    slots.markdown["title"] = CauseTitle(page, diagnosis.cause);
  }
  return CutTitle(page.words.Say("heading", slots));
}

std::string Summary(const Page& page) {
  if (!page.diagnosis.summary.empty()) {
    return EscapeProse(page.diagnosis.summary, kMaxCatalogueBytes);
  }
  return page.words.Say("outcome." + page.diagnosis.outcome + ".summary");
}

std::string VerdictLine(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  Slots slots;
  slots.markdown["summary"] = Summary(page);
  if (page.outline == Outline::kHealthy) {
    return page.words.Say("verdict.healthy", slots);
  }
  const bool unknown = diagnosis.confidence == Confidence::kUnknown;
  slots.markdown["confidence"] = page.words.Say(
      "confidence." + std::string(ConfidenceName(diagnosis.confidence)));
  return page.words.Say(unknown ? "verdict.unknown" : "verdict", slots);
}

std::string EndedLine(const Page& page) {
  Slots slots;
  const bool utc = page.diagnosis.source.clock == "utc";
  slots.markdown["time"] = page.words.Value("end_time")
                               ? page.words.Say(utc ? "time.utc" : "time.local")
                               : page.words.Say("time.none");
  return page.words.Say(
      page.outline == Outline::kHealthy ? "ended.healthy" : "ended", slots);
}

std::string LostLine(const Page& page) {
  const Counts& counts = page.diagnosis.timeline.counts;
  if (counts.prompts == 0) return page.words.Say("lost.no-prompt");
  const bool lost = counts.executed < counts.prompts;
  return page.words.Say(lost ? "lost" : "lost.nothing");
}

std::string LogLine(const Page& page) {
  return page.words.SayLines("log-line");
}

void AppendLine(std::string line, std::string* out) {
  line = std::string(TrimRight(line));
  while (!line.empty() && line.back() == '\n') line.pop_back();
  if (line.empty()) return;
  // Two blanks at the end break the line inside the paragraph.
  if (!out->empty()) out->append("  \n");
  out->append(line);
}

}  // namespace

std::string TopSection(const Page& page) {
  std::string lines;
  if (page.diagnosis.coverage.partial) {
    Slots slots;
    slots.raw["why"] = page.diagnosis.coverage.partial_why;
    AppendLine(page.words.Say("partial", slots), &lines);
  }
  if (page.outline == Outline::kForeign) {
    AppendLine(page.words.Say("foreign"), &lines);
  } else {
    AppendLine(VerdictLine(page), &lines);
    AppendLine(EndedLine(page), &lines);
    AppendLine(LostLine(page), &lines);
    AppendLine(LogLine(page), &lines);
  }
  return page.Heading(1, Title(page)) + "\n\n" + lines;
}

}  // namespace logdiag
