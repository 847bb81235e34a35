// SPDX-License-Identifier: Apache-2.0
// The YAML files of a load: parsed, and known again when errors are told.
#ifndef LOGDIAG_KNOWLEDGE_SOURCE_FILES_H_
#define LOGDIAG_KNOWLEDGE_SOURCE_FILES_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzer/knowledge/error_list.h"
#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"

namespace logdiag {

class SourceFiles {
 public:
  // `errors` must outlive this.
  explicit SourceFiles(std::vector<Error>* errors) : errors_(errors) {}

  // Hands each file below `folder` that has one of `keys` at its top to `read`.
  // Any other one is an error, as is what the room of a load does not hold.
  void ForEach(const std::string& folder,
               const std::vector<std::string_view>& keys,
               const std::function<void(const YamlNode&, TableContext*)>& read);

  // An origin leaves out how the folder was reached; errors need it. One of a
  // file that was not read here stays as it is.
  std::string FullPlace(const std::string& origin) const;

  // Shows each error its line, and tells how many more there are. Call last.
  void Finish();

  ErrorList* errors() { return &errors_; }
  // False if there was no room for some of them: what is named may stand there.
  bool whole() const { return !room_.exceeded; }
  const std::vector<Reference>& references() const { return references_; }
  // "marker got-prompt": it says that it takes the place of a known one.
  bool Replaces(std::string_view row) const {
    return replacing_.find(row) != replacing_.end();
  }
  const std::set<std::string, std::less<>>& replacing() const {
    return replacing_;
  }

 private:
  // False, and an error added, if the load holds too much with this file.
  bool TakeRoom(const YamlNode& root, const std::string& path);

  ErrorList errors_;
  PatternRoom room_;
  std::vector<Reference> references_;
  std::set<std::string, std::less<>> replacing_;
  std::map<std::string, std::string> path_of_;  // by folder_path
  std::map<std::string, std::string, std::less<>> content_of_;  // by path
};

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_SOURCE_FILES_H_
