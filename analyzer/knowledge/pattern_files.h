// SPDX-License-Identifier: Apache-2.0
// Finds and reads the files of a folder of patterns.
#ifndef LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_
#define LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/error_list.h"

namespace logdiag {

// Of a file that is read, of patterns or of texts.
inline constexpr std::string_view kYamlExtension = ".yaml";

inline constexpr std::size_t kMaxPatternFileBytes = std::size_t{1} << 20;

// What the folders of one load may hold in all; what is left of it.
struct PatternRoom {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t files = 5000;
  std::size_t rows = 5000;
  // Of lists and maps: what many small values would take of memory.
  std::size_t values = 400'000;
  bool exceeded = false;  // it was told; nothing more is read
};

struct PatternFile {
  std::string path;         // as reached from the folder as given
  std::string folder_path;  // "causes/memory/vram-oom.yaml"
  std::string content;
};

// The files below `folder` whose names end in .yaml, sorted by path; none if
// there is no such folder. Links are followed, so that folders that a cluster
// mounts are read; names that begin with a dot are not looked at. What ends in
// .yaml or .yml, in letters of any size, and is not found here is added to
// `errors`.
std::vector<PatternFile> FindPatternFiles(const std::string& folder,
                                          ErrorList* errors);

// Tells that with the file at `path` the folder holds more than `what`; nothing
// more of it is read. False.
bool Exceed(const std::string& path, std::string_view what, PatternRoom* room,
            ErrorList* errors);

// Reads the content of `file`. False, and an error added, if it cannot be read
// or if there is no room for it.
bool ReadPatternFile(PatternFile* file, PatternRoom* room, ErrorList* errors);

// Both for each file.
std::vector<PatternFile> ReadPatternFiles(const std::string& folder,
                                          ErrorList* errors);

// YAML files in `folder` that stand in no folder of `tables`, so that nobody
// reads them. Looks at `folder` and at the folders in it.
std::vector<std::string> StrayPatternFiles(
    const std::string& folder, const std::vector<std::string_view>& tables);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_PATTERN_FILES_H_
