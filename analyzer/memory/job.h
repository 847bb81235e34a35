// SPDX-License-Identifier: Apache-2.0
// The facts of a log -> the job that it ran.
#ifndef LOGDIAG_MEMORY_JOB_H_
#define LOGDIAG_MEMORY_JOB_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// `facts` as they stood when the job ran, `work` the models that it loaded (as
// in Failure and Prompt). nullopt if the log does not state a size that a job
// can have. Facts of an earlier model or an earlier job are left out, as are
// figures that no machine has. The model is looked for in this order: by the
// name of the variant, the size of a block, class and size of the weights, a
// class that only one model has, and last the family of the software.
std::optional<Job> JobOf(const Facts& facts,
                         const std::vector<std::string>& work,
                         const Hardware& hardware);

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_JOB_H_
