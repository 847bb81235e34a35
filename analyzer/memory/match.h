// SPDX-License-Identifier: Apache-2.0
// Names and sizes of a log -> rows of Hardware. nullptr and "" mean: none.
#ifndef LOGDIAG_MEMORY_MATCH_H_
#define LOGDIAG_MEMORY_MATCH_H_

#include <string>
#include <string_view>

#include "analyzer/model/hardware.h"

namespace logdiag {

// The card whose longest match text stands in `device`.
const GpuCard* MatchCard(const Hardware& hardware, std::string_view device);

// The model all words of which stand in `name`, the name of a file or a
// variant; the most letters win, then the first.
const DiffusionModel* MatchModel(const Hardware& hardware,
                                 std::string_view name);

// The type a word of which stands in `name`; the most letters win.
std::string MatchDtype(const Hardware& hardware, std::string_view name);

// The only model of this class; none if several share it.
const DiffusionModel* MatchClass(const Hardware& hardware,
                                 std::string_view class_name);

struct SizeMatch {
  const DiffusionModel* model = nullptr;
  std::string dtype;
};
// The model and type whose weights have this size within 2 %; the nearest wins,
// then the first. All weights of a model of `class_name`; one block, and all
// blocks, of `only`, or of any model if that is nullptr.
SizeMatch MatchWeights(const Hardware& hardware, std::string_view class_name,
                       double mib);
SizeMatch MatchBlock(const Hardware& hardware, double mib,
                     const DiffusionModel* only = nullptr);
SizeMatch MatchBlocks(const Hardware& hardware, double mib,
                      const DiffusionModel* only = nullptr);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_MATCH_H_
