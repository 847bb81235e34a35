// SPDX-License-Identifier: Apache-2.0
// A folder of pattern files that lives as long as a test.
#ifndef LOGDIAG_TESTS_KNOWLEDGE_PATTERN_TREE_H_
#define LOGDIAG_TESTS_KNOWLEDGE_PATTERN_TREE_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace logdiag {

class PatternTree {
 public:
  PatternTree() {
    std::string name =
        (std::filesystem::temp_directory_path() / "patterns-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~PatternTree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  PatternTree(const PatternTree&) = delete;
  PatternTree& operator=(const PatternTree&) = delete;

  void Write(const std::string& path, const std::string& content) const {
    const std::filesystem::path file = std::filesystem::path(root_) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }
  const std::string& root() const { return root_; }

 private:
  std::string root_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_KNOWLEDGE_PATTERN_TREE_H_
