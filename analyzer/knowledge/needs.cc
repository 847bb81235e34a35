// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/needs.h"

#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/regex_needs.h"

namespace logdiag {
namespace {

class Collector {
 public:
  void Add(const KnownText& regex) {
    if (regex.empty() || needs_.contains(regex)) return;
    std::vector<KnownText> words = NeedsOf(regex);
    if (!words.empty()) needs_.emplace(regex, std::move(words));
  }
  void Add(const Condition& when) {
    Add(when.exception);
    Add(when.frame);
    Add(when.label);
    Add(when.fact_matches);
  }
  RegexNeeds Take() { return std::move(needs_); }

 private:
  RegexNeeds needs_;
};

}  // namespace

RegexNeeds NeedsOfAll(const Catalogue& catalogue) {
  Collector collector;
  for (const Marker& marker : catalogue.markers) collector.Add(marker.regex);
  for (const FrameRule& rule : catalogue.frames) collector.Add(rule.frame);
  for (const Cause& cause : catalogue.causes) {
    for (const EvidenceItem& item : cause.evidence) collector.Add(item.when);
  }
  for (const MachineKind& machine : catalogue.machines) {
    for (const Condition& when : machine.when) collector.Add(when);
  }
  for (const Remedy& remedy : catalogue.remedies) {
    if (remedy.when) collector.Add(*remedy.when);
    for (const Objection& objection : remedy.unless) {
      collector.Add(objection.when);
    }
  }
  return collector.Take();
}

}  // namespace logdiag
