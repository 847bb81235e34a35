// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/source_files.h"

#include <cstdlib>
#include <utility>

#include "analyzer/knowledge/excerpt.h"
#include "analyzer/knowledge/pattern_files.h"

namespace logdiag {

void SourceFiles::ForEach(
    const std::string& folder,
    const std::function<void(const YamlNode&, TableContext*)>& read) {
  for (PatternFile& file : ReadPatternFiles(folder, errors_)) {
    Result<YamlNode> root = ParseYaml(file.content, file.path);
    content_of_[file.path] = std::move(file.content);
    if (!root.ok()) {
      errors_->push_back(root.error());
      continue;
    }
    ErrorSink sink(file.path, errors_);
    TableContext context{&sink, file.folder_path, &references_, &replacing_};
    path_of_[file.folder_path] = file.path;
    read(root.value(), &context);
  }
}

std::string SourceFiles::FullPlace(const std::string& origin) const {
  const std::size_t column = origin.rfind(':');
  const std::size_t line = origin.rfind(':', column - 1);
  const auto path = path_of_.find(origin.substr(0, line));
  return path == path_of_.end() ? origin : path->second + origin.substr(line);
}

void SourceFiles::AddExcerpts() {
  for (Error& error : *errors_) {
    const std::size_t column = error.where.rfind(':');
    if (column == std::string::npos || column == 0) continue;
    const std::size_t line = error.where.rfind(':', column - 1);
    if (line == std::string::npos) continue;
    const auto content = content_of_.find(error.where.substr(0, line));
    if (content == content_of_.end()) continue;
    error.excerpt =
        Excerpt(content->second, std::atoi(error.where.c_str() + line + 1),
                std::atoi(error.where.c_str() + column + 1));
  }
}

}  // namespace logdiag
