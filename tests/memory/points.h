// SPDX-License-Identifier: Apache-2.0
// Jobs that people ran, with what came of them: points.tsv.
#ifndef LOGDIAG_TESTS_MEMORY_POINTS_H_
#define LOGDIAG_TESTS_MEMORY_POINTS_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzer/memory/fit.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

struct Point {
  std::string source;
  bool held_out = false;  // of the half that nothing was fitted to
  bool lab = false;       // measured for this, on cards with room to spare
  std::string kind;       // peak | oom | success
  std::string tier;       // A: read at its source; B: retold
  std::string runtime;
  std::string phase;
  const DiffusionModel* model = nullptr;
  bool dtype_stated = false;
  Job job;
  std::optional<Room> room;  // of the card, or of the memory that is told
  // As PyTorch allocates it; of a VAE, beyond what was held before.
  std::optional<double> peak_mib;
  bool ran = false;
};

// All rows of points.tsv; a row that cannot be read fails the test.
std::vector<Point> ReadPoints(const Hardware& hardware);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_MEMORY_POINTS_H_
