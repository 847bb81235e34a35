// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/marker_index.h"

#include <string_view>
#include <unordered_map>

namespace logdiag {

MarkerIndex::MarkerIndex(const Catalogue& catalogue) {
  std::unordered_map<std::string_view, std::size_t> known;
  known.reserve(2 * catalogue.markers.size());
  for (std::size_t m = 0; m < catalogue.markers.size(); ++m) {
    const Marker& marker = catalogue.markers[m];
    if (marker.literals.empty() && !marker.regex.empty()) {
      everywhere.push_back(m);
    }
    for (const std::string_view literal : marker.literals) {
      const auto [entry, added] = known.emplace(literal, literals.size());
      if (added) {
        literals.emplace_back(literal);
        owners.emplace_back();
      }
      owners[entry->second].push_back(m);
    }
  }
}

}  // namespace logdiag
