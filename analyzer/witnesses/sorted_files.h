// SPDX-License-Identifier: Apache-2.0
// What each file of a pod is: a log, a witness, or nothing of use.
#ifndef LOGDIAG_WITNESSES_SORTED_FILES_H_
#define LOGDIAG_WITNESSES_SORTED_FILES_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/input/logs.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/witness_match.h"
#include "analyzer/witnesses/clock_fit.h"
#include "analyzer/witnesses/pod_files.h"

namespace logdiag {

struct PodLog {
  const PodFile* file;
  std::size_t index;  // into SortedFiles::files
  Diagnosis alone;
  ClockProfile profile;
  std::optional<Years> years;
};

struct SortedFiles {
  std::vector<SourceFile> files;  // those that were left out, too
  // Of the lines of witnesses, which are numbered from 1 on.
  std::vector<LineSpan> spans;
  std::vector<PodLog> logs;  // at most 100
  std::vector<Testimony> testimonies;
};

// Reads all of them. `found` must outlive the result.
SortedFiles SortFiles(const PodFiles& found, const Catalogue& catalogue,
                      const AnalyzeOptions& options, const InputOptions& input);

// Whether the log shows work, or the start of a program.
bool Works(const Diagnosis& diagnosis);
bool Starts(const Diagnosis& diagnosis);

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_SORTED_FILES_H_
