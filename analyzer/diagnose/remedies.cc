// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/remedies.h"

#include <algorithm>

#include "analyzer/diagnose/condition.h"

namespace logdiag {
namespace {

// False for what only helps programs of which the log shows none, and for what
// makes no sense in one that it shows.
bool FitsPrograms(const Remedy& remedy, const CaseFile& file) {
  const auto any = [&](const std::vector<KnownText>& ids) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](std::string_view id) { return file.Ran(id); });
  };
  return (remedy.programs.empty() || any(remedy.programs)) &&
         !any(remedy.not_programs);
}

// False for what makes no sense on the machine that the log shows. One that
// shows nothing of its machine may be any that a pod usually is.
bool FitsMachine(const Remedy& remedy,
                 const std::vector<std::string>& machines) {
  const auto any = [&](const std::vector<KnownText>& ids) {
    return std::any_of(ids.begin(), ids.end(), [&](std::string_view id) {
      return std::find(machines.begin(), machines.end(), id) != machines.end();
    });
  };
  return !any(remedy.not_on) && (remedy.only_on.empty() || any(remedy.only_on));
}

// Whether one of `chosen` tells to do the same with the same command.
bool IsChosen(const Catalogue& catalogue, const Remedy& remedy,
              const std::vector<std::string>& chosen) {
  return !remedy.command.empty() &&
         std::any_of(chosen.begin(), chosen.end(), [&](const auto& id) {
           const Remedy* other = catalogue.FindRemedy(id);
           return other != nullptr && other->action == remedy.action &&
                  other->command.view() == remedy.command.view();
         });
}

// Puts the ids that apply, and say more than `told`, into `chosen`, and what
// objects to the others, if there are words for it, into `suppressed`.
void Choose(const Catalogue& catalogue, const std::vector<KnownText>& ids,
            const CaseFile& file, const std::vector<std::string>& machines,
            const Values& values, RegexCache* regexes,
            const std::vector<std::string>& told,
            std::vector<std::string>* chosen,
            std::vector<Suppressed>* suppressed) {
  for (const KnownText& id : ids) {
    const Remedy* remedy = catalogue.FindRemedy(id);
    if (remedy == nullptr || !FitsPrograms(*remedy, file)) continue;
    if (!FitsMachine(*remedy, machines)) continue;
    if (remedy->when && !Holds(*remedy->when, file, regexes)) continue;
    const auto objection = std::find_if(
        remedy->unless.begin(), remedy->unless.end(),
        [&](const Objection& o) { return Holds(o.when, file, regexes); });
    if (objection == remedy->unless.end()) {
      if (!IsChosen(catalogue, *remedy, told) &&
          !IsChosen(catalogue, *remedy, *chosen)) {
        chosen->push_back(id);
      }
    } else {
      suppressed->push_back({id, MakeSentence(objection->says, values)});
    }
  }
}

// What the cause warns of is not said beside a step of the same kind: a reader
// cannot do both.
void DropContradicted(const Catalogue& catalogue, const Cause& cause,
                      Remedies* remedies) {
  const auto chosen = [&](const KnownText& action) {
    return std::any_of(remedies->now.begin(), remedies->now.end(),
                       [&](const auto& id) {
                         const Remedy* step = catalogue.FindRemedy(id);
                         return step != nullptr && step->action == action;
                       });
  };
  std::erase_if(remedies->suppressed, [&](const Suppressed& item) {
    const Remedy* remedy = catalogue.FindRemedy(item.remedy);
    return remedy != nullptr && chosen(remedy->action) &&
           std::any_of(
               cause.avoid.begin(), cause.avoid.end(),
               [&](const auto& avoid) { return avoid.remedy == item.remedy; });
  });
}

}  // namespace

std::vector<std::string> MachinesOf(const Catalogue& catalogue,
                                    const CaseFile& file, RegexCache* regexes) {
  std::vector<std::string> shown;
  for (const MachineKind& machine : catalogue.machines) {
    if (std::any_of(machine.when.begin(), machine.when.end(),
                    [&](const Condition& when) {
                      return Holds(when, file, regexes).has_value();
                    })) {
      shown.push_back(machine.id.str());
    }
  }
  return shown;
}

Remedies ChooseRemedies(const Catalogue& catalogue, const Cause& cause,
                        const CaseFile& file, const Values& values,
                        RegexCache* regexes) {
  Remedies remedies;
  const std::vector<std::string> machines =
      MachinesOf(catalogue, file, regexes);
  // What one would think of first is what the cause itself warns of.
  for (const Avoidance& avoid : cause.avoid) {
    const Remedy* remedy = catalogue.FindRemedy(avoid.remedy);
    if (remedy != nullptr &&
        (!FitsPrograms(*remedy, file) || !FitsMachine(*remedy, machines) ||
         (remedy->when && !Holds(*remedy->when, file, regexes)))) {
      continue;
    }
    remedies.suppressed.push_back(
        {avoid.remedy, MakeSentence(avoid.says, values)});
  }
  Choose(catalogue, cause.remedies, file, machines, values, regexes, {},
         &remedies.now, &remedies.suppressed);
  DropContradicted(catalogue, cause, &remedies);
  Choose(catalogue, cause.later, file, machines, values, regexes, remedies.now,
         &remedies.later, &remedies.suppressed);
  return remedies;
}

}  // namespace logdiag
