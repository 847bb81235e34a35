#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/presentable.h"
#include "reports/report.h"
#include "reports/report_values.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

// Trackers refuse longer texts (32,767 UTF-16 units is the lowest limit).
constexpr std::size_t kMaxUnits = 30'000;

// From everything to the least, in the order in which parts may go.
constexpr std::array<Limits, 5> kLevels = {
    Limits{},
    Limits{.findings = 5},
    Limits{.timeline_rows = 20, .findings = 3},
    Limits{.timeline_rows = 8, .findings = 1, .quoted_lines = 4},
    Limits{.timeline_rows = 4,
           .findings = 1,
           .quoted_lines = 3,
           .evidence = 3,
           .rivals = 3,
           .ledger_items = 3},
};

// Length as trackers measure it.
std::size_t Utf16Units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) ++units;
    if (byte >= 0xF0) ++units;
  }
  return units;
}

Outline OutlineOf(const Diagnosis& diagnosis) {
  if (diagnosis.foreign) return Outline::kForeign;
  if (diagnosis.outcome == "completed" || diagnosis.outcome == "ready") {
    return Outline::kHealthy;
  }
  if (diagnosis.cause.empty() || diagnosis.cause == "unknown" ||
      diagnosis.cause == "none") {
    return Outline::kUnknown;
  }
  return Outline::kVerdict;
}

// Whether the budget belongs to what is acted on: a memory cause is the verdict
// or a rival of it.
bool IsAboutMemory(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  constexpr std::string_view kFamily = "memory/";
  return StartsWith(diagnosis.cause, kFamily) ||
         diagnosis.cause == "slow/slow-offload" ||
         std::any_of(diagnosis.rivals.begin(), diagnosis.rivals.end(),
                     [&](const Rival& rival) {
                       return StartsWith(rival.cause, kFamily) &&
                              rival.confidence != Confidence::kUnknown;
                     });
}

// Everything to act on comes before the first <details>.
std::vector<std::string> Sections(const Page& page) {
  if (page.outline == Outline::kForeign) {
    return {TopSection(page), CollectSection(page), CoverageDetails(page)};
  }
  if (page.outline == Outline::kHealthy) {
    return {TopSection(page),         TimelineDetails(page),
            FindingsDetails(page),    BudgetDetails(page),
            EnvironmentDetails(page), CoverageDetails(page)};
  }
  const bool unknown = page.outline == Outline::kUnknown;
  const std::string notes = NotesSection(page);
  const std::string ledger = Ledger(page);
  const bool told = Contains(notes, ledger);
  return {TopSection(page),
          DoNowSection(page),
          WhySection(page),
          unknown ? CollectSection(page) : "",
          RivalsSection(page),
          LaterSection(page),
          IsAboutMemory(page) ? BudgetSection(page) : "",
          notes,
          EnvironmentSection(page),
          TimelineDetails(page),
          FindingsDetails(page),
          IsAboutMemory(page) ? "" : BudgetDetails(page),
          told ? "" : LedgerDetails(page),
          CoverageDetails(page)};
}

std::string Compose(const Page& page) {
  std::string out;
  if (page.file_heading) {
    const auto file = page.words.Value("file");
    out += "# " + CodeSpan(file.value_or("-")) + "\n\n";
  }
  bool first = true;
  for (const std::string& section : Sections(page)) {
    if (section.empty()) continue;
    if (!first) out += "\n\n";
    out += section;
    first = false;
  }
  return out + "\n";
}

}  // namespace

std::string WriteMarkdown(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options) {
  const Diagnosis shown = Presentable(diagnosis, catalogue, options.redact);
  const Phrasebook words(catalogue, ReportValues(shown));
  std::string report;
  for (const Limits& limits : kLevels) {
    const Page page{shown,  catalogue,        words,
                    limits, OutlineOf(shown), options.file_heading};
    report = Compose(page);
    if (Utf16Units(report) <= kMaxUnits) break;
  }
  return report;
}

}  // namespace logdiag
