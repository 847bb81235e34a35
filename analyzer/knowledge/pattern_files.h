// SPDX-License-Identifier: Apache-2.0
// Finds and reads the files of a folder of patterns.
#ifndef LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_
#define LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_

#include <string>
#include <vector>

#include "analyzer/support/result.h"

namespace logdiag {

struct PatternFile {
  std::string path;         // as reached from the folder as given
  std::string folder_path;  // "causes/memory/vram-oom.yaml"
  std::string content;
};

// Every .yaml file below `folder`, sorted by path; none if there is no such
// folder. What cannot be read, or ends in .yml, is added to `errors`.
std::vector<PatternFile> ReadPatternFiles(const std::string& folder,
                                          std::vector<Error>* errors);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_
