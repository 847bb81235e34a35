// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/places.h"

#include <algorithm>
#include <cstddef>
#include <optional>
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
    marker->in_data =
        marker->in_data || quotations->IsPayload(sample, begin);
    const std::size_t first = sample.find_first_not_of(' ');
    if (first < sample.size() && quotations->IsMarkedUp(sample)) {
      markup += sample[first];
    }
  }
  marker->markup = std::move(markup);
}

}  // namespace

void PlaceMarkers(Catalogue* catalogue) {
  QuotationFinder quotations(catalogue->quotations);
  for (Marker& marker : catalogue->markers) Place(&quotations, &marker);
}

}  // namespace logdiag
