// SPDX-License-Identifier: Apache-2.0
// Which markers a literal belongs to.
#ifndef LOGDIAG_SCAN_MARKER_INDEX_H_
#define LOGDIAG_SCAN_MARKER_INDEX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/model/catalogue.h"

namespace logdiag {

struct MarkerIndex {
  explicit MarkerIndex(const Catalogue& catalogue);

  std::vector<std::string> literals;             // no duplicates
  std::vector<std::vector<std::size_t>> owners;  // markers by literal
  std::vector<std::size_t> everywhere;           // markers without a literal
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_MARKER_INDEX_H_
