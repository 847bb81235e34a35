// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/pattern_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace logdiag {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FindFiles(const fs::path& folder,
                                std::vector<Error>* errors) {
  std::vector<fs::path> paths;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    if (at->path().extension() == ".yml") {
      errors->push_back({at->path().string(), "name it .yaml to be read"});
    } else if (at->path().extension() == ".yaml") {
      paths.push_back(at->path());
    }
  }
  if (error) {
    errors->push_back({folder.string(), "cannot list: " + error.message()});
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// False, too, if only a part of it can be read: what is left of a cut file may
// well be a sound one. `<<` of a stream's buffer would not tell.
bool ReadWhole(const fs::path& path, std::string* content) {
  constexpr std::size_t kBlock = 65536;
  std::ifstream stream(path, std::ios::binary);
  std::string block(kBlock, '\0');
  while (stream.read(block.data(), kBlock) || stream.gcount() > 0) {
    content->append(block, 0, static_cast<std::size_t>(stream.gcount()));
  }
  return stream.is_open() && !stream.bad();
}

}  // namespace

std::vector<PatternFile> ReadPatternFiles(const std::string& folder,
                                          std::vector<Error>* errors) {
  std::vector<PatternFile> files;
  // A trailing slash would leave the folder without a name.
  fs::path root(folder);
  if (!root.has_filename()) root = root.parent_path();
  std::error_code ignored;
  if (folder.empty() || !fs::is_directory(root, ignored)) return files;
  for (const fs::path& path : FindFiles(root, errors)) {
    std::string content;
    if (!ReadWhole(path, &content)) {
      errors->push_back({path.string(), "cannot be read"});
      continue;
    }
    files.push_back({path.string(),
                     (root.filename() / path.lexically_relative(root)).string(),
                     std::move(content)});
  }
  return files;
}

}  // namespace logdiag
