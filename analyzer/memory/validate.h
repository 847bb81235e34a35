// SPDX-License-Identifier: Apache-2.0
// What a person asks for on the command line -> a Job, or what is wrong.
#ifndef LOGDIAG_MEMORY_VALIDATE_H_
#define LOGDIAG_MEMORY_VALIDATE_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// As typed; "" = not given.
struct BudgetRequest {
  std::string model;   // id, name, or the name of a file or variant
  std::string dtype;   // id or a word for it
  std::string size;    // "704x704"
  std::string frames;  // default: 1
  std::string gpu;     // name of a card
  std::string block_swap;
  std::optional<double> ram_limit_mib;
  std::optional<double> vram_mib;  // goes before what the card has
};

enum class BudgetField {
  kModel,
  kDtype,
  kSize,
  kFrames,
  kGpu,
  kBlockSwap,
  kRamLimit,
  kVram,
};

// A value that cannot be used.
struct BadValue {
  BudgetField field = BudgetField::kModel;
  std::string value;                 // as typed; "" = it is needed
  std::vector<std::string> nearest;  // names that it may be meant to be
  double least = 0;                  // of a number: what it must lie within,
  double most = 0;                   // both 0 if it is no number at all

  bool operator==(const BadValue&) const = default;
};

struct BudgetAnswer {
  std::optional<Job> job;     // if nothing is wrong
  std::vector<BadValue> bad;  // in the order of BudgetField
  // The model does not take the job's size: the sizes that it takes below
  // (which the software makes of it) and above.
  std::optional<JobSize> below;
  std::optional<JobSize> above;
};

// Model, size and gpu are needed; a type that is not given stays unknown, and
// so does the number of swapped blocks.
BudgetAnswer Validate(const BudgetRequest& request, const Hardware& hardware);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_VALIDATE_H_
