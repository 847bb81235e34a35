// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

// An empty file, or one of comments only, holds no rows.
bool IsEmptyFile(const YamlNode& root) {
  return root.kind == YamlNode::Kind::kNull;
}

}  // namespace

const std::vector<YamlNode>& RowsOf(const YamlNode& root, std::string_view key,
                                    TableContext* context) {
  static const std::vector<YamlNode> kNone;
  if (IsEmptyFile(root)) return kNone;
  MapReader reader(root, "this file", context->sink);
  const YamlNode* rows = reader.Required(key);
  reader.Finish();
  if (rows == nullptr) return kNone;
  if (rows->kind != YamlNode::Kind::kList) {
    context->sink->Fail(*rows, "\"" + std::string(key) + "\" must be a list");
    return kNone;
  }
  return rows->items;
}

std::string OriginOf(const YamlNode& at, const TableContext& context) {
  return context.folder_path + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

std::string ReadId(std::string_view what, MapReader* reader,
                   const TableContext& context) {
  std::string id = reader->RequiredText("id");
  if (!id.empty() && !IsName(id, '-')) {
    context.sink->Fail(*reader->Find("id"), std::string(what) + " id \"" + id +
                                                "\" must be lower-kebab-case");
  }
  return id;
}

void ReadReplaces(std::string_view what, std::string_view id, MapReader* reader,
                  TableContext* context) {
  if (reader->Flag("replaces")) {
    context->replacing->insert(std::string(what) + " " + std::string(id));
  }
}

std::string ReadFact(std::string_view key, MapReader* reader,
                     TableContext* context) {
  std::string fact = reader->Text(key);
  if (!fact.empty()) {
    context->references->push_back(
        {Table::kFact, fact, context->sink->Place(*reader->Find(key))});
  }
  return fact;
}

std::vector<TextEntry> ReadTexts(const YamlNode& root, TableContext* context) {
  std::vector<TextEntry> entries;
  if (IsEmptyFile(root)) return entries;
  MapReader reader(root, "this file", context->sink);
  const YamlNode* texts = reader.Required("texts");
  reader.Finish();
  if (texts == nullptr) return entries;
  if (texts->kind != YamlNode::Kind::kMap) {
    context->sink->Fail(*texts, "\"texts\" must be a map of key: template");
    return entries;
  }
  for (const auto& [key, text] : texts->entries) {
    if (text.kind == YamlNode::Kind::kScalar) {
      CheckTemplate(text, text.text, context->sink);
      CheckShown(text, text.text, true, context->sink);
    }
    entries.push_back({ReadText(key, "texts", context->sink),
                       ReadText(text, key.text, context->sink),
                       context->sink->Place(key)});
  }
  return entries;
}

}  // namespace logdiag
