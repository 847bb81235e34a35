#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/fence.h"
#include "reports/names.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

std::string EvidenceBullets(const Page& page) {
  std::string out;
  const auto& evidence = page.diagnosis.evidence;
  const std::size_t shown = std::min(evidence.size(), page.limits.evidence);
  for (std::size_t i = 0; i < shown; ++i) {
    Slots slots;
    slots.markdown["clause"] = EvidenceClause(page, evidence[i]);
    if (evidence[i].weight_db != 0) {
      slots.raw["weight"] = WeightWord(page, evidence[i].weight_db);
    }
    out += "- " + page.words.Say("why.bullet", slots) + "\n";
  }
  if (shown < evidence.size()) {
    Slots slots;
    slots.markdown["count"] = std::to_string(evidence.size() - shown);
    out += "- " + page.words.Say("why.more", slots) + "\n";
  }
  return out;
}

// Lines to quote, by number; marked ones matter most, then those nearest to
// the end.
std::string Excerpt(const Page& page) {
  std::map<std::uint64_t, FencedLine> lines;
  const auto add = [&](const Quote& quote, bool marked) {
    if (quote.line == 0 || quote.text.empty()) return;
    if (lines.size() >= page.limits.quoted_lines &&
        lines.count(quote.line) == 0) {
      return;
    }
    FencedLine& line = lines[quote.line];
    line.line = quote.line;
    line.marked = line.marked || marked;
    if (line.text.empty()) line.text = quote.text;
  };
  const auto& incident = page.diagnosis.incident;
  if (incident) add(incident->quote, true);
  for (const Evidence& evidence : page.diagnosis.evidence) {
    add(evidence.quote, true);
  }
  if (incident) {
    const auto& context = incident->context;
    for (auto it = context.rbegin(); it != context.rend(); ++it) {
      add(*it, false);
    }
  }
  std::vector<FencedLine> ordered;
  for (const auto& [number, line] : lines) ordered.push_back(line);
  return FenceLines(ordered);
}

std::string TailExcerpt(const Page& page) {
  std::vector<FencedLine> lines;
  const auto& incident = page.diagnosis.incident;
  const std::vector<Quote>& quotes = incident && !incident->context.empty()
                                         ? incident->context
                                         : page.diagnosis.timeline.tail;
  const std::size_t first =
      quotes.size() - std::min(quotes.size(), page.limits.quoted_lines);
  for (std::size_t i = first; i < quotes.size(); ++i) {
    lines.push_back({quotes[i].line, false, quotes[i].text});
  }
  return FenceLines(lines);
}

}  // namespace

std::string WhySection(const Page& page) {
  const Cause* cause = page.cause();
  std::vector<std::string> parts;
  const std::string bullets = EvidenceBullets(page);
  if (!bullets.empty()) parts.push_back(bullets.substr(0, bullets.size() - 1));
  std::string excerpt = Excerpt(page);
  if (page.outline == Outline::kUnknown && bullets.empty()) {
    excerpt = TailExcerpt(page);
    if (!excerpt.empty()) parts.push_back(page.words.Say("why.tail"));
  }
  if (!excerpt.empty()) parts.push_back(excerpt);
  if (cause != nullptr && !cause->explain.empty()) {
    parts.push_back(
        EscapeProse(page.words.Fill(cause->explain), kMaxCatalogueBytes));
  }
  if (parts.empty()) return "";
  const bool unknown = page.outline == Outline::kUnknown;
  return page.Titled(2, unknown ? "why.title.unknown" : "why.title") + "\n\n" +
         fmt::format("{}", fmt::join(parts, "\n\n"));
}

}  // namespace logdiag
