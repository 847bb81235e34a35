// SPDX-License-Identifier: Apache-2.0
// A YAML file as a tree in which every node knows where it was written.
#ifndef LOGDIAG_KNOWLEDGE_YAML_NODE_H_
#define LOGDIAG_KNOWLEDGE_YAML_NODE_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/result.h"

namespace logdiag {

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  std::string text;     // of a scalar
  bool quoted = false;  // quoted or block text: never a number or a truth value
  int line = 1;         // 1-based, as is column
  int column = 1;
  struct Entry;
  std::vector<YamlNode> items;  // of a list
  std::vector<Entry> entries;   // of a map, in order
};

struct YamlNode::Entry {
  YamlNode key;
  YamlNode value;
};

// The one document in `text`; kNull if there is none. Aliases, tags and second
// documents are refused. Error::where is `path:line:column`.
Result<YamlNode> ParseYaml(const std::string& text, std::string_view path);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_YAML_NODE_H_
