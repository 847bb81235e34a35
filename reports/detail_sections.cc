#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/fence.h"
#include "reports/names.h"
#include "reports/report_values.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

std::string Counted(const Page& page, std::string_view key,
                    std::uint64_t count) {
  Slots slots;
  slots.markdown["count"] = GroupDigits(count);
  return page.words.Say(key, slots);
}

struct Row {
  std::string line;
  std::string time;
  std::string phase;
  std::string event;
};

std::string EventText(const Page& page, const Milestone& milestone) {
  const std::string key = "milestone." + milestone.event;
  if (!page.words.Has(key)) {
    return milestone.detail.empty() ? milestone.event
                                    : milestone.event + ": " + milestone.detail;
  }
  Slots slots;
  slots.raw["detail"] = milestone.detail;
  slots.raw["phase"] = page.words.Word("phase", milestone.phase);
  return page.words.Plain(key, slots);
}

std::string RowText(const Row& row, std::size_t time_width) {
  std::string text = fmt::format("{:>8}  ", row.line);
  if (time_width > 0) text += fmt::format("{:<{}}  ", row.time, time_width);
  text += fmt::format("{:<18}  {}", row.phase, row.event);
  constexpr std::size_t kMaxRow = 200;
  return Printable(TrimRight(text), kMaxRow) + "\n";
}

std::vector<Row> TimelineRows(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  const auto& milestones = diagnosis.timeline.milestones;
  const std::size_t most = page.limits.timeline_rows;
  const bool all = milestones.size() <= most;
  const std::size_t head = all ? milestones.size() : most / 2;
  const std::size_t tail = all ? 0 : most - head - 1;
  std::vector<Row> rows;
  const auto add = [&](const Milestone& m) {
    rows.push_back({std::to_string(m.line),
                    MomentText(diagnosis.source, m.time_ns), m.phase,
                    EventText(page, m)});
  };
  for (std::size_t i = 0; i < head; ++i) add(milestones[i]);
  const std::uint64_t left_out =
      milestones.size() - head - tail + diagnosis.timeline.milestones_dropped;
  if (left_out > 0) {
    rows.push_back(
        {"...", "", "", Counted(page, "timeline.left-out", left_out)});
  }
  for (std::size_t i = milestones.size() - tail; i < milestones.size(); ++i) {
    add(milestones[i]);
  }
  return rows;
}

std::string ZoneNote(const Page& page) {
  const std::string key = "clock." + page.diagnosis.source.clock;
  return page.words.Say(key);
}

std::string FindingItem(const Page& page, const Finding& finding) {
  Slots slots;
  if (finding.quote.line != 0) {
    slots.markdown["ref"] = LineRef(finding.quote.line);
  }
  slots.raw["finding"] = finding.cause;
  slots.raw["text"] = std::string(WithoutStop(finding.text));
  if (finding.repaired) {
    slots.markdown["repaired"] = page.words.Say("findings.repaired");
  }
  if (finding.count > 1) {
    slots.markdown["count"] = GroupDigits(finding.count);
  }
  return "- " + page.words.Say("findings.item", slots) + "\n";
}

std::string LedgerLine(const Page& page, const Evidence& item) {
  constexpr std::size_t kMaxRow = 200;
  std::string ref = item.quote.line == 0 ? "-" : LineRef(item.quote.line);
  if (item.given) ref = page.words.Plain("ledger.given");
  return Printable(fmt::format("  {:>+5.0f}  {:<15}  {:<8}  {}", item.weight_db,
                               WeightWord(page, item.weight_db), ref,
                               WithoutStop(item.says)),
                   kMaxRow) +
         "\n";
}

// What spoke about one cause, and what would settle it.
std::string LedgerEntry(const Page& page, const std::string& cause,
                        Confidence confidence, double posterior,
                        const std::vector<Evidence>& items) {
  std::string out =
      fmt::format("{} ({})\n", cause,
                  page.words.Word("confidence", ConfidenceName(confidence)));
  const std::size_t shown = std::min(items.size(), page.limits.ledger_items);
  for (std::size_t i = 0; i < shown; ++i) out += LedgerLine(page, items[i]);
  if (shown < items.size()) {
    Slots slots;
    slots.raw["count"] = std::to_string(items.size() - shown);
    out += "         " + page.words.Plain("ledger.more", slots) + "\n";
  }
  if (items.empty()) {
    out += "      -  " + page.words.Plain("ledger.nothing") + "\n";
  }
  const Cause* known = page.catalogue.FindCause(cause);
  if (known != nullptr) {
    double total = known->prior_db;
    for (const Evidence& item : items) total += item.weight_db;
    Slots slots;
    slots.raw["prior"] = fmt::format("{:+.0f}", known->prior_db);
    slots.raw["total"] = fmt::format("{:+.0f}", total);
    slots.raw["probability"] = fmt::format("{:.1f}", posterior * 100);
    out += "      =  " + page.words.Plain("ledger.sum", slots) + "\n";
  }
  if (known != nullptr && !known->confirm.empty()) {
    Slots slots;
    slots.raw["observation"] = known->confirm.front();
    out += "      =  " + page.words.Plain("ledger.settle", slots) + "\n";
  }
  return out;
}

}  // namespace

std::string Ledger(const Page& page) {
  const Diagnosis& diagnosis = page.diagnosis;
  if (diagnosis.evidence.empty() && diagnosis.rivals.empty()) return "";
  std::vector<Evidence> winner = diagnosis.evidence;
  winner.insert(winner.end(), diagnosis.against.begin(),
                diagnosis.against.end());
  std::string body = LedgerEntry(page, diagnosis.cause, diagnosis.confidence,
                                 diagnosis.posterior, winner);
  const std::size_t shown =
      std::min(diagnosis.rivals.size(), page.limits.rivals);
  for (std::size_t i = 0; i < shown; ++i) {
    const Rival& rival = diagnosis.rivals[i];
    std::vector<Evidence> items = rival.supporting;
    items.insert(items.end(), rival.against.begin(), rival.against.end());
    body += LedgerEntry(page, rival.cause, rival.confidence, rival.posterior,
                        items);
  }
  return Fence(body);
}

std::string LedgerDetails(const Page& page) {
  const std::string ledger = Ledger(page);
  if (ledger.empty()) return "";
  return Details(page.words.Say("ledger.title"),
                 page.words.Say("ledger.explain") + "\n\n" + ledger);
}

std::string TimelineDetails(const Page& page) {
  const auto& milestones = page.diagnosis.timeline.milestones;
  if (milestones.empty()) return "";
  const std::string title =
      Counted(page, "timeline.title",
              milestones.size() + page.diagnosis.timeline.milestones_dropped);
  const std::vector<Row> rows = TimelineRows(page);
  std::size_t time_width = 0;
  for (const Row& row : rows) {
    time_width = std::max(time_width, row.time.size());
  }
  const Row header = {
      page.words.Plain("timeline.line"), page.words.Plain("timeline.time"),
      page.words.Plain("timeline.phase"), page.words.Plain("timeline.event")};
  if (time_width > 0) time_width = std::max(time_width, header.time.size());
  std::string body = RowText(header, time_width);
  for (const Row& row : rows) body += RowText(row, time_width);
  return Details(title, ZoneNote(page) + "\n\n" + Fence(body));
}

std::string FindingsDetails(const Page& page) {
  const auto& findings = page.diagnosis.findings;
  if (findings.empty()) return "";
  std::string body;
  const std::size_t shown = std::min(findings.size(), page.limits.findings);
  for (std::size_t i = 0; i < shown; ++i) {
    body += FindingItem(page, findings[i]);
  }
  if (shown < findings.size()) {
    body += "- " + Counted(page, "findings.left-out", findings.size() - shown) +
            "\n";
  }
  body.pop_back();
  return Details(Counted(page, "findings.title", findings.size()), body);
}

}  // namespace logdiag
