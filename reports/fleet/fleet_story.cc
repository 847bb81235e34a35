// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/story/page.h"

namespace logdiag {
namespace {

constexpr std::size_t kDays = 14;  // of a trend, the last ones
constexpr std::size_t kMinuteBytes = 16;
constexpr std::uint64_t kToldSeconds = 180;

Spans Number(std::uint64_t number) { return TextSpan(GroupDigits(number)); }

// Nothing for what would be 0.0.
Spans Hours(std::uint64_t seconds) {
  if (seconds < kToldSeconds) return {};
  constexpr double kHour = 3600;
  return TextSpan(fmt::format("{:.1f}", static_cast<double>(seconds) / kHour));
}

Spans ShareWords(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return {};
  return TextSpan(fmt::format("{} %", (part * 100 + whole / 2) / whole));
}

// "2026-01-31 23:59" of a time of RFC 3339.
Spans Minute(std::string_view time) {
  std::string text(time.substr(0, kMinuteBytes));
  std::replace(text.begin(), text.end(), 'T', ' ');
  return TextSpan(LogText(text).shown());
}

Spans CauseWords(const FleetView& view, const std::string& cause) {
  const Cause* known = view.catalogue.FindCause(cause);
  if (known != nullptr) return Capitalized(view.words.Fill(known->title));
  const std::string key = "cause." + cause;
  if (view.words.Has(key)) return view.words.Say(key);
  return cause.empty() ? view.words.Say("cause.unknown") : LogSpan(cause);
}

Spans OutcomeWord(const FleetView& view, std::string_view outcome) {
  const std::string key = "outcome." + std::string(outcome) + ".title";
  return view.words.Has(key) ? view.words.Say(key) : LogSpan(outcome);
}

// "one in 1,000,000" as far as one can say it.
Spans Odds(const FleetView& view, double chance) {
  constexpr double kMost = 1e6;
  const double odds = std::floor(1 / std::max(chance, 1 / (2 * kMost)));
  Slots slots;
  slots.Own("odds",
            GroupDigits(static_cast<std::uint64_t>(std::min(odds, kMost))));
  return view.words.Say(odds > kMost ? "fleet.odds.under" : "fleet.odds",
                        slots);
}

// How the days went, a bar each.
Spans Trend(const TroubleKind& kind) {
  constexpr const char* kBars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (kind.days.size() < 2) return {};
  std::uint64_t most = 1;
  for (const auto& [day, logs] : kind.days) most = std::max(most, logs);
  std::string bars;
  auto from = kind.days.begin();
  if (kind.days.size() > kDays) std::advance(from, kind.days.size() - kDays);
  for (; from != kind.days.end(); ++from) {
    bars += kBars[(from->second * 7 + most / 2) / most];
  }
  return TextSpan(bars);
}

Spans Examples(const TroubleKind& kind) {
  Spans spans;
  for (const std::string& log : kind.examples) {
    if (!spans.empty()) Append(TextSpan(", "), &spans);
    Append(CodeSpans(LogText(log).shown()), &spans);
  }
  return spans;
}

// "host node-7".
Spans PlaceSpan(const Concentration& one) {
  return CodeSpans(LogText(one.name + " " + one.value).shown());
}

class FleetTeller {
 public:
  explicit FleetTeller(const FleetView& view)
      : view_(view), tally_(view.tally) {}

  Document Tell() const {
    Document document;
    document.title = Title();
    document.more = Say("fleet.more");
    Lead(&document.core);
    Places(&document.core);
    Causes(&document.core);
    Changes(&document.core);
    AddPart("fleet.kinds", KindsTable(), &document);
    AddPart("fleet.logs", LogsTable(), &document);
    AddPart("fleet.untold", Untold(), &document);
    return document;
  }

 private:
  Spans Say(std::string_view key, const Slots& slots = {}) const {
    return view_.words.Say(key, slots);
  }

  Slots Totals() const {
    Slots slots;
    slots.Own("logs", GroupDigits(tally_.logs));
    slots.Own("failed", GroupDigits(tally_.failed));
    slots.Put("share", ShareWords(tally_.failed, tally_.logs));
    slots.Own("causes", GroupDigits(tally_.causes.size()));
    slots.Put("hours", Hours(tally_.lost_seconds));
    return slots;
  }

  Slots PlaceSlots(const Concentration& one) const {
    Slots slots;
    slots.Own("there", GroupDigits(one.failures_there));
    slots.Own("failures", GroupDigits(one.failures));
    slots.Own("logs_there", GroupDigits(one.logs_there));
    slots.Own("logs", GroupDigits(one.logs));
    slots.Put("place", PlaceSpan(one));
    if (!one.cause.empty()) slots.Put("cause", CauseWords(view_, one.cause));
    return slots;
  }

  Spans Title() const {
    if (tally_.failed == 0) return Say("fleet.title.well", Totals());
    if (tally_.concentrations.empty()) return Say("fleet.title", Totals());
    Slots slots = Totals();
    const Concentration& first = tally_.concentrations.front();
    slots.Put("place", PlaceSpan(first));
    return Say("fleet.title.place", slots);
  }

  // The one place to look at, if there is one.
  void Lead(Blocks* blocks) const {
    if (!tally_.concentrations.empty()) {
      const Concentration& first = tally_.concentrations.front();
      const char* key = first.cause.empty() ? "fleet.place.any" : "fleet.place";
      blocks->push_back({Paragraph{Say(key, PlaceSlots(first))}});
    } else if (tally_.failed > 0) {
      blocks->push_back({Paragraph{Say("fleet.no-place")}});
    }
    if (tally_.failed > 0) {
      blocks->push_back({Paragraph{Say("fleet.totals", Totals())}});
    }
  }

  Table Head(const std::vector<const char*>& columns) const {
    Table table;
    for (const char* column : columns) {
      table.header.push_back(Say(std::string("fleet.column.") + column));
    }
    return table;
  }

  // The table, and how many rows it lacks.
  void AddTable(Table table, Blocks* blocks) const {
    const std::size_t left =
        table.rows.size() - std::min(table.rows.size(), view_.rows);
    table.rows.resize(table.rows.size() - left);
    if (table.rows.empty()) return;
    blocks->push_back({std::move(table)});
    AddLeft(left, blocks);
  }

  void AddLeft(std::size_t left, Blocks* blocks) const {
    if (left == 0) return;
    Slots slots;
    slots.Own("count", GroupDigits(left));
    blocks->push_back({Paragraph{Say("fleet.left", slots)}});
  }

  void AddSection(std::string_view key, Table table, Blocks* blocks) const {
    if (table.rows.empty()) return;
    blocks->push_back({Heading{2, Say(key)}});
    AddTable(std::move(table), blocks);
  }

  void AddPart(std::string key, Blocks blocks, Document* document) const {
    if (blocks.empty()) return;
    Spans title = Say(key);
    document->parts.push_back(
        {std::move(key), std::move(title), std::move(blocks)});
  }

  void Places(Blocks* blocks) const {
    Table table = Head({"place", "cause", "failures", "of-logs", "chance"});
    for (const Concentration& one : tally_.concentrations) {
      Slots of;
      of.Own("part", GroupDigits(one.failures_there));
      of.Own("whole", GroupDigits(one.failures));
      Slots logs;
      logs.Own("part", GroupDigits(one.logs_there));
      logs.Own("whole", GroupDigits(one.logs));
      table.rows.push_back(
          {PlaceSpan(one),
           one.cause.empty() ? Say("fleet.any") : CauseWords(view_, one.cause),
           Say("fleet.part", of), Say("fleet.part", logs),
           Odds(view_, one.chance)});
    }
    AddSection("fleet.where", std::move(table), blocks);
  }

  void Causes(Blocks* blocks) const {
    Table table =
        Head({"cause", "logs", "share", "first", "last", "trend", "lost"});
    for (const TroubleKind& kind : tally_.causes) {
      table.rows.push_back({CauseWords(view_, kind.cause), Number(kind.logs),
                            ShareWords(kind.logs, tally_.failed),
                            Minute(kind.first), Minute(kind.last), Trend(kind),
                            Hours(kind.lost_seconds)});
    }
    AddSection("fleet.why", std::move(table), blocks);
  }

  void Changes(Blocks* blocks) const {
    Table table = Head({"change", "trouble", "before", "now"});
    for (const FleetChange& change : tally_.changes) {
      table.rows.push_back(
          {Say("fleet.change." + std::string(WayName(change.way))),
           LogSpan(change.kind.title), Number(change.before),
           Number(change.now)});
    }
    AddSection("fleet.changes", std::move(table), blocks);
  }

  Blocks KindsTable() const {
    Table table =
        Head({"trouble", "logs", "first", "last", "examples", "fingerprint"});
    for (const TroubleKind& kind : tally_.kinds) {
      table.rows.push_back({LogSpan(kind.title), Number(kind.logs),
                            Minute(kind.first), Minute(kind.last),
                            Examples(kind),
                            CodeSpans(LogText(kind.key).shown())});
    }
    Blocks blocks;
    AddTable(std::move(table), &blocks);
    return blocks;
  }

  // Those that failed first, then by name.
  Blocks LogsTable() const {
    if (view_.logs == 0) return {};
    const Fleet& fleet = view_.fleet;
    const auto rank = [&](const Fleet::Row* row) {
      const std::string_view severity = fleet.Text(row->severity);
      return severity == "error" ? 0 : severity == "warning" ? 1 : 2;
    };
    std::vector<const Fleet::Row*> rows = fleet.Rows();
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Fleet::Row* a, const Fleet::Row* b) {
                       return std::pair(rank(a), fleet.LogOf(*a)) <
                              std::pair(rank(b), fleet.LogOf(*b));
                     });
    const std::size_t shown = std::min(rows.size(), view_.logs);
    Table table = Head({"log", "outcome", "trouble", "when"});
    for (std::size_t i = 0; i < shown; ++i) {
      const Fleet::Row& row = *rows[i];
      table.rows.push_back({CodeSpans(LogText(fleet.LogOf(row)).shown()),
                            OutcomeWord(view_, fleet.Text(row.outcome)),
                            LogSpan(fleet.Text(row.title)),
                            Minute(fleet.TimeOf(row))});
    }
    Blocks blocks;
    blocks.push_back({std::move(table)});
    AddLeft(rows.size() - shown, &blocks);
    return blocks;
  }

  Blocks Untold() const {
    List list;
    const auto add = [&](const char* key, std::uint64_t count) {
      if (count == 0) return;
      Slots slots;
      slots.Own("count", GroupDigits(count));
      list.items.push_back({Say(key, slots), {}});
    };
    add("fleet.untold.unknown", tally_.unknown);
    add("fleet.untold.partial", tally_.partial);
    add("fleet.untold.undated", tally_.undated);
    add("fleet.untold.unread", view_.unread);
    if (list.items.empty()) return {};
    return {{std::move(list)}};
  }

  const FleetView& view_;
  const FleetTally& tally_;
};

}  // namespace

Document TellFleet(const FleetView& view) { return FleetTeller(view).Tell(); }

}  // namespace logdiag
