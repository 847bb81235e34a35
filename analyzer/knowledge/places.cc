// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/places.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/quotation.h"
#include "analyzer/support/regex.h"

namespace logdiag {
namespace {

// Where in `sample` the marker finds what it looks for.
std::size_t BeginOf(const Marker& marker, const std::optional<Regex>& regex,
                    std::string_view sample) {
  std::size_t begin = sample.size();
  if (regex) {
    regex->Find(sample, 0, &begin);
    return begin;
  }
  for (const std::string_view literal : marker.literals) {
    begin = std::min(begin, sample.find(literal));
  }
  return begin;
}

void Place(QuotationFinder* quotations, Marker* marker) {
  // What is built in has no samples any more, and was placed by them.
  if (marker->samples.empty()) return;
  std::optional<Regex> regex;
  if (!marker->regex.empty()) {
    regex = Regex::Compile(marker->regex, nullptr);
    if (!regex) return;
  }
  std::string markup;
  for (const std::string_view sample : marker->samples) {
    const std::size_t begin = BeginOf(*marker, regex, sample);
    marker->midline =
        marker->midline || !quotations->IsFront(sample.substr(0, begin));
    marker->in_data = marker->in_data || quotations->IsPayload(sample, begin);
    const std::size_t first = sample.find_first_not_of(' ');
    if (first < sample.size() && quotations->IsMarkedUp(sample)) {
      markup += sample[first];
    }
  }
  marker->markup = std::move(markup);
}

// The markers for which conditions ask.
std::set<std::string_view> NamedIn(const Catalogue& catalogue) {
  std::set<std::string_view> names;
  const auto add = [&](const Condition& when) {
    names.insert(when.markers.begin(), when.markers.end());
    names.insert(when.absent.begin(), when.absent.end());
  };
  for (const Cause& cause : catalogue.causes) {
    for (const EvidenceItem& item : cause.evidence) add(item.when);
  }
  for (const MachineKind& machine : catalogue.machines) {
    for (const Condition& when : machine.when) add(when);
  }
  for (const Remedy& remedy : catalogue.remedies) {
    if (remedy.when) add(*remedy.when);
    for (const Objection& objection : remedy.unless) add(objection.when);
  }
  return names;
}

}  // namespace

void PlaceMarkers(Catalogue* catalogue) {
  QuotationFinder quotations(catalogue->quotations);
  const std::set<std::string_view> named = NamedIn(*catalogue);
  for (Marker& marker : catalogue->markers) {
    marker.named = named.count(marker.id) > 0;
    Place(&quotations, &marker);
  }
}

}  // namespace logdiag
