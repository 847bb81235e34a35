// SPDX-License-Identifier: Apache-2.0
// A small catalogue and timelines for the tests of the diagnosis.
#ifndef LOGDIAG_TESTS_DIAGNOSE_SAMPLE_CASE_H_
#define LOGDIAG_TESTS_DIAGNOSE_SAMPLE_CASE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// Markers "oom", "full-disk" (of the program "tea") and "noise", by index 0, 1,
// 2.
Catalogue SampleCatalogue();

// `marker` was seen at `line` with one capture.
void See(std::size_t marker, std::uint64_t line, const std::string& name,
         const std::string& value, Sightings* seen);

// A failure of process 1 at `line`.
Failure MakeFailureOf(FailureKind kind, std::uint64_t line);

// A process that became ready, and one that did not.
Process ReadyProcess(std::uint64_t number);
Process UnreadyProcess(std::uint64_t number, ProcessEnd end);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_DIAGNOSE_SAMPLE_CASE_H_
