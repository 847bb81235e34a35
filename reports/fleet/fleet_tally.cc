// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet_tally.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace logdiag {
namespace {

constexpr std::size_t kExamples = 3;
constexpr std::size_t kDateBytes = 10;  // "2026-01-31"
// Fewer say nothing of a place.
constexpr std::uint64_t kLeastFailures = 3;
// By chance alone one fleet in a hundred would show one that is none.
constexpr double kMostChance = 0.01;
constexpr std::size_t kConcentrations = 12;
constexpr std::size_t kOfOneName = 4;
// A share that grew by less may be the luck of the night.
constexpr double kGrowth = 1.5;
constexpr std::uint64_t kLeastGrown = 5;

void Count(const Fleet& fleet, const Fleet::Row& row, TroubleKind* kind) {
  if (kind->logs++ == 0) {
    kind->cause = fleet.Text(row.cause);
    kind->outcome = fleet.Text(row.outcome);
    kind->title = fleet.Text(row.title);
  }
  kind->lost_seconds += row.lost_seconds;
  if (kind->examples.size() < kExamples) {
    kind->examples.emplace_back(fleet.LogOf(row));
  }
  const std::string time = fleet.TimeOf(row);
  if (time.empty()) return;
  if (kind->first.empty() || time < kind->first) kind->first = time;
  if (time > kind->last) kind->last = time;
  ++kind->days[time.substr(0, kDateBytes)];
}

using Kinds = std::map<std::string, TroubleKind, std::less<>>;

std::vector<TroubleKind> MostFrequentFirst(Kinds kinds) {
  std::vector<TroubleKind> list;
  for (auto& [key, kind] : kinds) {
    kind.key = key;
    list.push_back(std::move(kind));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const TroubleKind& a, const TroubleKind& b) {
                     return a.logs > b.logs;
                   });
  return list;
}

bool Failed(const Fleet& fleet, const Fleet::Row& row) {
  return fleet.Text(row.severity) == "error";
}

// log of "n choose k".
double LogChoose(std::uint64_t n, std::uint64_t k) {
  const auto log_factorial = [](std::uint64_t x) {
    return std::lgamma(static_cast<double>(x) + 1);
  };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

// That of `drawn` of `all` things, `marked` of which are marked, `least` or
// more are marked.
double ChanceOfAtLeast(std::uint64_t least, std::uint64_t drawn,
                       std::uint64_t marked, std::uint64_t all) {
  const double whole = LogChoose(all, drawn);
  double chance = 0;
  for (std::uint64_t i = least; i <= std::min(drawn, marked); ++i) {
    if (drawn - i > all - marked) continue;
    const double term = std::exp(LogChoose(marked, i) +
                                 LogChoose(all - marked, drawn - i) - whole);
    chance += term;
    if (term < chance * 1e-12) break;
  }
  return std::min(chance, 1.0);
}

// How often each trait stands in logs, and in failures of each cause.
class Traits {
 public:
  explicit Traits(const Fleet& fleet) : fleet_(fleet) {}

  void Add(const Fleet::Row& row, bool failed) {
    for (const std::uint32_t trait : row.traits) {
      if (trait == 0) break;
      const std::string_view name = fleet_.TraitOf(trait).name;
      ++logs_[trait];
      ++logs_with_[name];
      if (!failed) continue;
      for (const std::uint32_t cause : {kAny, row.cause}) {
        ++failures_[{cause, trait}];
        ++failures_with_[{cause, name}];
      }
    }
  }

  std::vector<Concentration> Concentrations() const {
    std::vector<Concentration> found;
    std::uint64_t looked_at = 0;
    for (const auto& [key, there] : failures_) {
      const auto& [cause, trait] = key;
      const auto [name, value] = fleet_.TraitOf(trait);
      Concentration one;
      one.failures_there = there;
      one.failures = failures_with_.at({cause, name});
      one.logs_there = logs_.at(trait);
      one.logs = logs_with_.at(name);
      if (one.logs_there == one.logs || there < kLeastFailures) continue;
      ++looked_at;
      one.chance =
          ChanceOfAtLeast(there, one.failures, one.logs_there, one.logs);
      if (one.chance > kMostChance) continue;
      one.name = name;
      one.value = value;
      if (cause != kAny) one.cause = fleet_.Text(cause);
      found.push_back(std::move(one));
    }
    for (Concentration& one : found) {
      one.chance = std::min(1.0, one.chance * static_cast<double>(looked_at));
    }
    std::erase_if(found, [](const Concentration& one) {
      return one.chance > kMostChance;
    });
    // Places that the user named are where one can go; of two that are as
    // unlikely, the one that explains more.
    const auto rank = [](const Concentration& one) {
      return std::tuple(IsToldByLogs(one.name), one.chance, ~one.failures_there,
                        std::string_view(one.name), std::string_view(one.value),
                        std::string_view(one.cause));
    };
    std::sort(found.begin(), found.end(),
              [&](const Concentration& a, const Concentration& b) {
                return rank(a) < rank(b);
              });
    return FewOfEach(std::move(found));
  }

 private:
  // A place is told once, and no kind of place takes all rows.
  static std::vector<Concentration> FewOfEach(
      std::vector<Concentration> found) {
    std::map<std::string, std::size_t> of_name;
    std::set<std::pair<std::string, std::string>> told;
    std::vector<Concentration> few;
    for (Concentration& one : found) {
      if (few.size() == kConcentrations) break;
      if (of_name[one.name] == kOfOneName) continue;
      if (!told.emplace(one.name, one.value).second) continue;
      ++of_name[one.name];
      few.push_back(std::move(one));
    }
    return few;
  }

  // No cause has this number: it is the text of a trait or of none.
  static constexpr std::uint32_t kAny = 0xFFFFFFFF;

  const Fleet& fleet_;
  std::unordered_map<std::uint32_t, std::uint64_t> logs_;
  std::map<std::string_view, std::uint64_t> logs_with_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> failures_;
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint64_t>
      failures_with_;
};

Kinds KindsOf(const Fleet& fleet) {
  Kinds kinds;
  for (const Fleet::Row* row : fleet.Rows()) {
    if (!Failed(fleet, *row)) continue;
    Count(fleet, *row, &kinds[std::string(fleet.Text(row->fingerprint))]);
  }
  return kinds;
}

std::vector<FleetChange> ChangesOf(const Kinds& before,
                                   std::uint64_t logs_before,
                                   const std::vector<TroubleKind>& now,
                                   std::uint64_t logs_now) {
  std::vector<FleetChange> fresh;
  std::vector<FleetChange> grown;
  Kinds gone = before;
  for (const TroubleKind& kind : now) {
    gone.erase(kind.key);
    const auto known = before.find(kind.key);
    if (known == before.end()) {
      fresh.push_back({FleetChange::Way::kNew, kind, 0, kind.logs});
      continue;
    }
    const double share_before = static_cast<double>(known->second.logs) /
                                static_cast<double>(logs_before);
    const double share_now =
        static_cast<double>(kind.logs) / static_cast<double>(logs_now);
    if (kind.logs >= kLeastGrown && share_now > kGrowth * share_before) {
      grown.push_back(
          {FleetChange::Way::kGrown, kind, known->second.logs, kind.logs});
    }
  }
  for (FleetChange& change : grown) fresh.push_back(std::move(change));
  for (TroubleKind& kind : MostFrequentFirst(std::move(gone))) {
    const std::uint64_t logs = kind.logs;
    fresh.push_back({FleetChange::Way::kGone, std::move(kind), logs, 0});
  }
  return fresh;
}

}  // namespace

std::string_view WayName(FleetChange::Way way) {
  switch (way) {
    case FleetChange::Way::kNew:
      return "new";
    case FleetChange::Way::kGrown:
      return "grown";
    case FleetChange::Way::kGone:
      break;
  }
  return "gone";
}

FleetTally TallyOf(const Fleet& fleet, const Fleet* baseline) {
  FleetTally tally;
  Traits traits(fleet);
  Kinds causes;
  Kinds kinds;
  for (const Fleet::Row* row : fleet.Rows()) {
    const bool failed = Failed(fleet, *row);
    ++tally.logs;
    ++tally.outcomes[std::string(fleet.Text(row->outcome))];
    tally.partial += row->partial ? 1 : 0;
    tally.lost_seconds += row->lost_seconds;
    traits.Add(*row, failed);
    if (!failed) continue;
    ++tally.failed;
    const std::string_view cause = fleet.Text(row->cause);
    tally.unknown += cause.empty() || cause == "unknown" ? 1 : 0;
    tally.undated += fleet.TimeOf(*row).empty() ? 1 : 0;
    Count(fleet, *row, &causes[std::string(cause)]);
    Count(fleet, *row, &kinds[std::string(fleet.Text(row->fingerprint))]);
  }
  tally.causes = MostFrequentFirst(std::move(causes));
  tally.kinds = MostFrequentFirst(std::move(kinds));
  tally.concentrations = traits.Concentrations();
  if (baseline != nullptr && baseline->size() > 0 && tally.logs > 0) {
    tally.changes = ChangesOf(KindsOf(*baseline), baseline->size(), tally.kinds,
                              tally.logs);
  }
  return tally;
}

}  // namespace logdiag
