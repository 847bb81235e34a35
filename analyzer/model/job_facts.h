// SPDX-License-Identifier: Apache-2.0
// Facts that follow from lines, and no line states.
#ifndef LOGDIAG_MODEL_JOB_FACTS_H_
#define LOGDIAG_MODEL_JOB_FACTS_H_

#include <array>
#include <string_view>

namespace logdiag {

// The largest smaller job that finished, and the line of an earlier failure of
// the same job.
inline constexpr std::string_view kPassedJob = "passed_job";
inline constexpr std::string_view kSameJobFailed = "same_job_failed";
// What was refused because no list has it stands in the list in another folder.
// `listed_in` is that folder, "./" for the topmost.
inline constexpr std::string_view kListedAs = "listed_as";
inline constexpr std::string_view kListedIn = "listed_in";
inline constexpr std::array<std::string_view, 4> kJobFacts = {
    kPassedJob, kSameJobFailed, kListedAs, kListedIn};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_JOB_FACTS_H_
