// SPDX-License-Identifier: Apache-2.0
// What else the log tells of the job that failed: whether it failed before, and
// whether a smaller one passed.
#ifndef LOGDIAG_DIAGNOSE_SAME_JOB_H_
#define LOGDIAG_DIAGNOSE_SAME_JOB_H_

#include "analyzer/model/timeline.h"

namespace logdiag {

// Adds the facts `same_job_failed` (the line that tells of its last failure
// before `failure`) and `passed_job` (the largest smaller job that finished, as
// the log names it, by fewer frames or pixels).
void AddSameJob(const Timeline& timeline, const Failure& failure, Facts* facts);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_SAME_JOB_H_
