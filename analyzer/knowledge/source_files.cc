// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/source_files.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "analyzer/knowledge/excerpt.h"
#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string Listed(const std::vector<std::string_view>& keys) {
  std::string list;
  for (const std::string_view key : keys) {
    if (!list.empty()) list += key == keys.back() ? " or " : ", ";
    list += "\"" + std::string(key) + "\"";
  }
  return list;
}

bool HasOneOf(const YamlNode& root, const std::vector<std::string_view>& keys) {
  return std::any_of(root.entries.begin(), root.entries.end(),
                     [&](const YamlNode::Entry& entry) {
                       return std::find(keys.begin(), keys.end(),
                                        entry.key.text) != keys.end();
                     });
}

// Whether one of the lines of what cannot be parsed begins with such a key.
bool LooksLikeOne(std::string_view content,
                  const std::vector<std::string_view>& keys) {
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(0, end);
    for (const std::string_view key : keys) {
      if (line.starts_with(key) && line.substr(key.size()).starts_with(':')) {
        return true;
      }
    }
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return false;
}

// What stands under the keys of a file, itself counted as one.
std::size_t RowsIn(const YamlNode& root) {
  std::size_t rows = 1;
  for (const YamlNode::Entry& entry : root.entries) {
    rows =
        std::max({rows, entry.value.items.size(), entry.value.entries.size()});
  }
  return rows;
}

std::size_t ValuesIn(const YamlNode& node) {
  std::size_t values = 1;
  for (const YamlNode& item : node.items) values += ValuesIn(item);
  for (const YamlNode::Entry& entry : node.entries) {
    values += 1 + ValuesIn(entry.value);
  }
  return values;
}

}  // namespace

bool SourceFiles::TakeRoom(const YamlNode& root, const std::string& path) {
  const std::size_t rows = RowsIn(root);
  const std::size_t values = ValuesIn(root);
  if (rows <= room_.rows && values <= room_.values) {
    room_.rows -= rows;
    room_.values -= values;
    return true;
  }
  const PatternRoom whole;
  return Exceed(path,
                rows > room_.rows ? GroupDigits(whole.rows) + " rows"
                                  : GroupDigits(whole.values) + " values",
                &room_, &errors_);
}

void SourceFiles::ForEach(
    const std::string& folder, const std::vector<std::string_view>& keys,
    const std::function<void(const YamlNode&, TableContext*)>& read) {
  for (PatternFile& file : FindPatternFiles(folder, &errors_)) {
    if (!ReadPatternFile(&file, &room_, &errors_)) continue;
    Result<YamlNode> root = ParseYaml(file.content, file.path);
    // Of a file that somebody linked or put here by mistake nothing is shown.
    if (!root.ok() && !LooksLikeOne(file.content, keys)) {
      errors_.Add({root.error().where,
                   "this is no file of patterns: it is not YAML, and none of "
                   "its lines begins with " +
                       Listed(keys) + "; remove it"});
      continue;
    }
    if (root.ok() && root.value().kind != YamlNode::Kind::kNull &&
        !HasOneOf(root.value(), keys)) {
      errors_.Add({file.path + ":1:1",
                   "this is no file of patterns: it needs the key " +
                       Listed(keys) + "; add it, or remove the file"});
      continue;
    }
    content_of_[file.path] = std::move(file.content);
    if (!root.ok()) {
      errors_.Add(root.error());
      continue;
    }
    if (!TakeRoom(root.value(), file.path)) return;
    ErrorSink sink(file.path, &errors_);
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

void SourceFiles::Finish() {
  for (Error& error : *errors_.errors()) {
    const std::string_view file = FileOf(error.where);
    if (file.size() == error.where.size()) continue;
    const auto content = content_of_.find(file);
    if (content == content_of_.end()) continue;
    const char* line = error.where.c_str() + file.size() + 1;
    char* column = nullptr;
    const long number = std::strtol(line, &column, 10);
    error.excerpt = Excerpt(content->second, static_cast<int>(number),
                            std::atoi(column + 1));
  }
  errors_.TellRest();
}

}  // namespace logdiag
