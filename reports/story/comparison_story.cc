// SPDX-License-Identifier: Apache-2.0
#include "reports/story/comparison_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/severity.h"
#include "reports/story/facts.h"
#include "reports/story/head.h"
#include "reports/words/report_values.h"
#include "reports/words/works.h"

namespace logdiag {
namespace {

// Slower by less is the luck of the run.
constexpr double kSlower = 1.2;

std::optional<double> Median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Pace PaceOf(const Diagnosis& diagnosis) {
  constexpr double kSecond = 1e9;
  Pace pace;
  std::vector<double> steps;
  std::vector<double> seconds;
  for (const Work& work : WorksInOrder(diagnosis.timeline)) {
    if (work.seconds_per_step) steps.push_back(*work.seconds_per_step);
    if (work.state == WorkState::kFailed || work.state == WorkState::kLost) {
      ++pace.failed;
    }
    if (work.state != WorkState::kExecuted) continue;
    ++pace.finished;
    if (work.start_ns && work.end_ns && *work.end_ns > *work.start_ns) {
      seconds.push_back(static_cast<double>(*work.end_ns - *work.start_ns) /
                        kSecond);
    }
  }
  pace.seconds_per_step = Median(std::move(steps));
  pace.seconds = Median(std::move(seconds));
  return pace;
}

std::set<std::string> FailedPacksOf(const Diagnosis& diagnosis) {
  std::set<std::string> packs;
  for (const Finding& finding : diagnosis.findings) {
    if (!finding.pack.empty()) packs.insert(finding.pack);
  }
  return packs;
}

class ComparisonTeller {
 public:
  ComparisonTeller(const Comparison& comparison, const Page& good,
                   const Page& bad)
      : comparison_(comparison), good_(good), bad_(bad) {}

  Document Tell() const {
    Document document;
    Slots slots;
    const auto told = std::count_if(
        comparison_.differences.begin(), comparison_.differences.end(),
        [](const Difference& one) { return one.told_by_both(); });
    slots.Own("count", std::to_string(told));
    document.title =
        Say(told == 0 ? "compare.title.none" : "compare.title", slots);
    Verdicts(&document.core);
    Swapped(&document.core);
    First(&document.core);
    Slower(&document.core);
    AddSection("compare.different", DifferenceTable(true), &document.core);
    AddSection("compare.pace", PaceTable(), &document.core);
    Packs(&document.core);
    AddSection("compare.one-sided", DifferenceTable(false), &document.core);
    if (comparison_.same > 0) {
      Slots same;
      same.Own("count", std::to_string(comparison_.same));
      document.core.push_back({Paragraph{Say("compare.same", same)}});
    }
    return document;
  }

 private:
  Spans Say(std::string_view key, const Slots& slots = {}) const {
    return good_.words.Say(key, slots);
  }

  void Verdicts(Blocks* blocks) const {
    List list;
    for (const Page* page : {&good_, &bad_}) {
      Slots slots;
      slots.Put("log",
                CodeSpans(LogText(page->diagnosis.source.Name()).shown()));
      slots.Put("title", Title(*page));
      list.items.push_back({Say("compare.verdict", slots), {}});
    }
    blocks->push_back({std::move(list)});
  }

  void Swapped(Blocks* blocks) const {
    if (SeverityOf(good_.diagnosis) == Severity::kError &&
        SeverityOf(bad_.diagnosis) < Severity::kWarning) {
      blocks->push_back({Paragraph{Say("compare.swapped")}});
    }
  }

  // What differs and stands before all else: machine, versions, settings.
  void First(Blocks* blocks) const {
    const auto first = std::find_if(
        comparison_.differences.begin(), comparison_.differences.end(),
        [](const Difference& one) { return one.told_by_both(); });
    if (first == comparison_.differences.end()) return;
    Slots slots;
    slots.Put("name", FactName(good_.words, first->fact));
    slots.Put("good", CodeSpans(LogText(first->good->value).shown()));
    slots.Put("bad", CodeSpans(LogText(first->bad->value).shown()));
    blocks->push_back({Paragraph{Say("compare.first", slots)}});
  }

  // Of the same work alone; another size has another pace.
  bool SameWork() const {
    constexpr std::array<std::string_view, 7> kWork = {
        "width", "height",       "frames",       "tokens",
        "model", "model_family", "weights_dtype"};
    return std::none_of(
        comparison_.differences.begin(), comparison_.differences.end(),
        [&](const Difference& one) {
          return std::find(kWork.begin(), kWork.end(), one.fact) != kWork.end();
        });
  }

  void Slower(Blocks* blocks) const {
    if (!SameWork()) return;
    const auto& good = comparison_.good.seconds_per_step;
    const auto& bad = comparison_.bad.seconds_per_step;
    if (!good || !bad || *good <= 0 || *bad <= 0) return;
    const double factor = *bad / *good;
    if (factor < kSlower && factor > 1 / kSlower) return;
    Slots slots;
    slots.Own("factor", fmt::format("{:.1f}", std::max(factor, 1 / factor)));
    slots.Own("good", fmt::format("{:.2f}", *good));
    slots.Own("bad", fmt::format("{:.2f}", *bad));
    blocks->push_back({Paragraph{
        Say(factor > 1 ? "compare.slower" : "compare.faster", slots)}});
  }

  Table Header(std::string_view what) const {
    Table table;
    table.header = {Say(what), Say("compare.column.good"),
                    Say("compare.column.bad")};
    return table;
  }

  void AddSection(std::string_view key, Table table, Blocks* blocks) const {
    if (table.rows.empty()) return;
    blocks->push_back({Heading{2, Say(key)}});
    blocks->push_back({std::move(table)});
  }

  // With its line.
  Spans Value(const Fact* fact) const {
    if (fact == nullptr) return Say("compare.untold");
    Slots slots;
    slots.Put("value", LogSpan(fact->value));
    if (fact->line != 0) slots.Own("line", std::to_string(fact->line));
    return Say("compare.value", slots);
  }

  Table DifferenceTable(bool told_by_both) const {
    Table table = Header("compare.column.what");
    for (const Difference& one : comparison_.differences) {
      if (one.told_by_both() != told_by_both) continue;
      table.rows.push_back(
          {FactName(good_.words, one.fact), Value(one.good), Value(one.bad)});
    }
    return table;
  }

  Table PaceTable() const {
    Table table = Header("compare.column.pace");
    const Pace& good = comparison_.good;
    const Pace& bad = comparison_.bad;
    const auto seconds = [&](std::optional<double> value) {
      return value ? TextSpan(SecondsText(*value)) : Say("compare.untold");
    };
    const auto count = [](std::size_t value) {
      return TextSpan(GroupDigits(value));
    };
    if (good.seconds_per_step || bad.seconds_per_step) {
      table.rows.push_back({Say("compare.pace.step"),
                            seconds(good.seconds_per_step),
                            seconds(bad.seconds_per_step)});
    }
    if (good.seconds || bad.seconds) {
      table.rows.push_back({Say("compare.pace.work"), seconds(good.seconds),
                            seconds(bad.seconds)});
    }
    if (good.finished + bad.finished > 0) {
      table.rows.push_back({Say("compare.pace.finished"), count(good.finished),
                            count(bad.finished)});
    }
    if (good.failed + bad.failed > 0) {
      table.rows.push_back(
          {Say("compare.pace.failed"), count(good.failed), count(bad.failed)});
    }
    return table;
  }

  void Packs(Blocks* blocks) const {
    List list;
    const auto add = [&](const char* key,
                         const std::vector<std::string>& packs) {
      for (const std::string& pack : packs) {
        Slots slots;
        slots.Put("pack", CodeSpans(LogText(pack).shown()));
        list.items.push_back({Say(key, slots), {}});
      }
    };
    add("compare.pack.bad", comparison_.packs_bad);
    add("compare.pack.good", comparison_.packs_good);
    if (list.items.empty()) return;
    blocks->push_back({Heading{2, Say("compare.packs")}});
    blocks->push_back({std::move(list)});
  }

  const Comparison& comparison_;
  const Page& good_;
  const Page& bad_;
};

}  // namespace

Comparison Compare(const Diagnosis& good, const Diagnosis& bad) {
  Comparison comparison;
  Facts all = good.facts;
  all.insert(bad.facts.begin(), bad.facts.end());
  const auto find = [](const Facts& facts, const std::string& name) {
    const auto found = facts.find(name);
    return found == facts.end() || found->second.value.empty() ? nullptr
                                                               : &found->second;
  };
  for (const std::string& name : StatedFacts(all)) {
    const Difference one{name, find(good.facts, name), find(bad.facts, name)};
    if (one.told_by_both() && one.good->value == one.bad->value) {
      ++comparison.same;
    } else {
      comparison.differences.push_back(one);
    }
  }
  std::stable_partition(
      comparison.differences.begin(), comparison.differences.end(),
      [](const Difference& one) { return one.told_by_both(); });
  comparison.good = PaceOf(good);
  comparison.bad = PaceOf(bad);
  const std::set<std::string> before = FailedPacksOf(good);
  const std::set<std::string> now = FailedPacksOf(bad);
  std::set_difference(before.begin(), before.end(), now.begin(), now.end(),
                      std::back_inserter(comparison.packs_good));
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                      std::back_inserter(comparison.packs_bad));
  return comparison;
}

Document TellComparison(const Comparison& comparison, const Page& good,
                        const Page& bad) {
  return ComparisonTeller(comparison, good, bad).Tell();
}

}  // namespace logdiag
