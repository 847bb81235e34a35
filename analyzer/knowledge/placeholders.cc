// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/placeholders.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

#include "analyzer/knowledge/names.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/given.h"
#include "analyzer/model/job_facts.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

using NameSet = std::set<std::string, std::less<>>;

// The names of the groups of a regex.
void AddGroups(std::string_view regex, NameSet* names) {
  constexpr std::string_view kGroup = "(?P<";
  for (std::size_t at = regex.find(kGroup); at != regex.npos;
       at = regex.find(kGroup, at + 1)) {
    const std::size_t from = at + kGroup.size();
    const std::size_t end = regex.find('>', from);
    if (end != regex.npos) names->emplace(regex.substr(from, end - from));
  }
}

// What every report knows.
NameSet EverywhereKnown(const Catalogue& catalogue) {
  NameSet facts;
  facts.insert(kGivenFacts.begin(), kGivenFacts.end());
  facts.insert(kBudgetFacts.begin(), kBudgetFacts.end());
  facts.insert(kJobFacts.begin(), kJobFacts.end());
  for (const Marker& marker : catalogue.markers) {
    for (const FactCapture& fact : marker.facts) facts.insert(fact.fact.str());
    if (!marker.fixed_fact.empty()) facts.insert(marker.fixed_fact.str());
  }
  NameSet known;
  for (const std::string& fact : facts) known.insert(fact + "_line");
  known.merge(facts);
  for (const std::string_view name : ValueNames()) known.emplace(name);
  return known;
}

class Search {
 public:
  explicit Search(const Catalogue& catalogue)
      : catalogue_(catalogue), known_(EverywhereKnown(catalogue)) {
    for (const Marker& marker : catalogue.markers) {
      AddGroups(marker.regex, &groups_[marker.id.str()]);
    }
  }

  std::vector<StrayPlaceholder> Run() {
    for (const Marker& marker : catalogue_.markers) {
      Check(marker.says, groups_[marker.id.str()], marker.origin);
    }
    std::map<std::string, NameSet, std::less<>> of_remedies;
    for (const Cause& cause : catalogue_.causes) {
      const NameSet groups = GroupsOf(cause);
      CheckCause(cause, groups);
      for (const auto* ids : {&cause.remedies, &cause.later}) {
        for (const KnownText& id : *ids) {
          of_remedies[id.str()].insert(groups.begin(), groups.end());
        }
      }
    }
    for (const Remedy& remedy : catalogue_.remedies) {
      CheckRemedy(remedy, of_remedies[remedy.id.str()]);
    }
    return std::move(strays_);
  }

 private:
  NameSet GroupsOf(const Condition& condition) {
    NameSet groups;
    AddGroups(condition.exception, &groups);
    for (const KnownText& id : condition.markers) {
      const NameSet& own = groups_[id.str()];
      groups.insert(own.begin(), own.end());
    }
    return groups;
  }

  NameSet GroupsOf(const Cause& cause) {
    NameSet groups;
    for (const EvidenceItem& item : cause.evidence) {
      groups.merge(GroupsOf(item.when));
    }
    return groups;
  }

  void CheckCause(const Cause& cause, const NameSet& groups) {
    for (const KnownText& headline : cause.headlines) {
      Check(headline, groups, cause.origin);
    }
    Check(cause.summary, groups, cause.origin);
    for (const Avoidance& avoid : cause.avoid) {
      Check(avoid.says, groups, cause.origin);
    }
    for (const EvidenceItem& item : cause.evidence) {
      Check(item.says, GroupsOf(item.when), cause.origin);
    }
  }

  void CheckRemedy(const Remedy& remedy, const NameSet& groups) {
    for (const KnownText* text : {&remedy.text, &remedy.risk, &remedy.check}) {
      Check(*text, groups, remedy.origin);
    }
    for (const Objection& objection : remedy.unless) {
      Check(objection.says, groups, remedy.origin);
    }
    // "${name}" is the shell's.
    std::string command(remedy.command.view());
    for (std::size_t at = command.find("${"); at != command.npos;
         at = command.find("${", at)) {
      command.erase(at, 2);
    }
    Check(command, groups, remedy.origin);
  }

  void Check(std::string_view sentence, const NameSet& groups,
             std::string_view origin) {
    for (std::string& name : PlaceholdersIn(sentence)) {
      if (known_.contains(name) || groups.contains(name)) continue;
      std::string message = "nothing fills {" + name +
                            "}: it is neither a fact, nor a value of the "
                            "report, nor a group of the markers that speak "
                            "here";
      std::vector<std::string_view> near(groups.begin(), groups.end());
      near.insert(near.end(), known_.begin(), known_.end());
      const std::string_view meant = Nearest(name, near);
      message += meant.empty() ? "; name one of theirs, or add the group to a "
                                 "marker"
                               : "; did you mean {" + std::string(meant) + "}?";
      const bool known_already = std::any_of(
          strays_.begin(), strays_.end(), [&](const StrayPlaceholder& stray) {
            return stray.origin == origin && stray.name == name;
          });
      if (known_already) continue;
      strays_.push_back(
          {std::string(origin), std::move(name), std::move(message)});
    }
  }

  const Catalogue& catalogue_;
  NameSet known_;
  std::map<std::string, NameSet, std::less<>> groups_;  // by marker
  std::vector<StrayPlaceholder> strays_;
};

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::vector<std::string> PlaceholdersIn(std::string_view sentence) {
  // How to show a value stands before its name.
  constexpr auto kWays = std::to_array<std::string_view>({"code:", "at:"});
  std::vector<std::string> names;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (sentence[at] != '{') continue;
    if (sentence.substr(at, 2) == "{{") {
      ++at;
      continue;
    }
    std::size_t from = at + 1;
    for (const std::string_view way : kWays) {
      if (StartsWith(sentence.substr(from), way)) from += way.size();
    }
    std::size_t end = from;
    while (end < sentence.size() && IsNameChar(sentence[end])) ++end;
    if (end > from && end < sentence.size() && sentence[end] == '}') {
      names.emplace_back(sentence.substr(from, end - from));
    }
  }
  return names;
}

std::vector<StrayPlaceholder> FindStrayPlaceholders(
    const Catalogue& catalogue) {
  return Search(catalogue).Run();
}

}  // namespace logdiag
