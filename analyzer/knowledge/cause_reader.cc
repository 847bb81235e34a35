// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

// The title is the second half of a heading.
constexpr std::size_t kMaxTitleChars = 49;
constexpr double kDefaultPriorDb = -20;

// Lists of ids at the top of a cause: always written as lists; may be empty.
std::vector<KnownText> ReadIdList(std::string_view key, Table table,
                                  MapReader* reader, TableContext* context) {
  const YamlNode* list = reader->Find(key);
  if (list == nullptr) return {};
  std::vector<KnownText> ids = reader->List(key);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].empty()) continue;
    context->references->push_back(
        {table, ids[i], context->sink->Place(list->items[i])});
  }
  return ids;
}

std::string ReadParagraphs(std::string_view key, MapReader* reader,
                           ErrorSink* sink) {
  const YamlNode* value = reader->Required(key);
  if (value == nullptr) return "";
  std::string text = ReadText(*value, key, sink);
  if (text.empty() && IsText(*value)) {
    sink->Fail(*value, "\"" + std::string(key) + "\" must not be empty");
  }
  CheckShown(*value, text, true, sink);
  return text;
}

std::vector<KnownText> ReadSentences(std::string_view key, MapReader* reader,
                                     ErrorSink* sink) {
  std::vector<KnownText> texts = reader->List(key);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CheckShown(reader->Find(key)->items[i], texts[i], false, sink);
  }
  return texts;
}

std::vector<EvidenceItem> ReadEvidenceList(MapReader* reader,
                                           TableContext* context) {
  std::vector<EvidenceItem> items;
  const YamlNode* list = reader->Required("evidence");
  if (list == nullptr) return items;
  if (list->kind != YamlNode::Kind::kList || list->items.empty()) {
    context->sink->Fail(*list,
                        "\"evidence\" must be a list of items, each "
                        "with \"when\", a weight and \"says\"");
    return items;
  }
  for (const YamlNode& row : list->items) {
    items.push_back(ReadEvidence(row, context));
  }
  return items;
}

void CheckReferences(MapReader* reader, const Cause& cause, ErrorSink* sink) {
  for (std::size_t i = 0; i < cause.references.size(); ++i) {
    const std::string& url = cause.references[i];
    // What would end the link of a report, or is none of a URL's characters.
    const bool whole = url.find_first_of(" \"'<>\\^`{|}") == url.npos;
    const bool web = url.starts_with("https://") || url.starts_with("http://");
    if (url.empty() || (web && whole)) continue;
    sink->Fail(reader->Find("references")->items[i],
               "a reference must be a URL that begins with https:// and has "
               "no blanks, quotes or brackets");
  }
}

void CheckTitle(MapReader* reader, const Cause& cause, ErrorSink* sink) {
  // Counts characters, not bytes: continuation bytes begin with 10.
  const auto chars = std::count_if(
      cause.title.begin(), cause.title.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(chars) <= kMaxTitleChars) return;
  sink->Fail(*reader->Find("title"), "\"title\" has " + std::to_string(chars) +
                                         " characters; it must stay under 50");
}

void CheckSelf(std::string_view key, const std::vector<KnownText>& ids,
               MapReader* reader, const Cause& cause, ErrorSink* sink) {
  const auto self = std::find(ids.begin(), ids.end(), cause.id);
  if (self == ids.end()) return;
  const auto index = static_cast<std::size_t>(self - ids.begin());
  sink->Fail(reader->Find(key)->items[index],
             "\"" + std::string(key) + "\" names the cause itself; remove it");
}

std::vector<KnownText> ReadHeadlines(MapReader* reader, ErrorSink* sink) {
  std::vector<KnownText> headlines;
  const YamlNode* list = reader->Find("headline");
  if (list == nullptr) return headlines;
  headlines = ReadSentences("headline", reader, sink);
  for (const YamlNode& item : list->items) {
    if (IsText(item)) CheckTemplate(item, item.text, sink);
  }
  return headlines;
}

void ReadHeadTexts(MapReader* reader, ErrorSink* sink, Cause* cause) {
  cause->title = reader->RequiredText("title");
  cause->headlines = ReadHeadlines(reader, sink);
  cause->summary = reader->RequiredTemplate("summary");
  cause->explain = ReadParagraphs("explain", reader, sink);
  CheckTitle(reader, *cause, sink);
}

std::vector<Avoidance> ReadAvoidances(MapReader* reader,
                                      TableContext* context) {
  std::vector<Avoidance> avoid;
  for (const YamlNode* row : reader->OneOrMore("avoid")) {
    MapReader item(*row, "an item of \"avoid\"", context->sink);
    if (!item.ok()) continue;
    Avoidance avoidance;
    avoidance.remedy = item.RequiredText("remedy");
    if (!avoidance.remedy.empty()) {
      context->references->push_back(
          {Table::kRemedy, avoidance.remedy,
           context->sink->Place(*item.Find("remedy"))});
    }
    avoidance.says = item.RequiredTemplate("says");
    item.Finish();
    avoid.push_back(std::move(avoidance));
  }
  return avoid;
}

void ReadLists(MapReader* reader, TableContext* context, Cause* cause) {
  cause->explains = ReadIdList("explains", Table::kCause, reader, context);
  cause->rivals = ReadIdList("rivals", Table::kCause, reader, context);
  cause->remedies = ReadIdList("remedies", Table::kRemedy, reader, context);
  cause->later = ReadIdList("later", Table::kRemedy, reader, context);
  cause->avoid = ReadAvoidances(reader, context);
  cause->confirm = ReadSentences("confirm", reader, context->sink);
  cause->references = ReadSentences("references", reader, context->sink);
  CheckSelf("explains", cause->explains, reader, *cause, context->sink);
  CheckSelf("rivals", cause->rivals, reader, *cause, context->sink);
  CheckReferences(reader, *cause, context->sink);
}

}  // namespace

Cause ReadCause(const YamlNode& root, std::string_view id,
                TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(root, "a cause", sink);
  Cause cause;
  cause.id = id;
  cause.origin = OriginOf(root, *context);
  if (!reader.ok()) return cause;
  const std::string written = reader.RequiredText("id");
  if (!written.empty() && written != id) {
    sink->Fail(*reader.Find("id"), "the id is \"" + written +
                                       "\" but the path says \"" +
                                       std::string(id) + "\"; make them equal");
  }
  ReadHeadTexts(&reader, sink, &cause);
  reader.Required("outcomes");
  cause.outcomes = reader.NamesOf("outcomes", OutcomeNames());
  cause.prior_db = reader.Number("prior", kDefaultPriorDb, kDecibans);
  cause.evidence = ReadEvidenceList(&reader, context);
  ReadLists(&reader, context, &cause);
  ReadReplaces("cause", id, &reader, context);
  reader.Finish();
  return cause;
}

}  // namespace logdiag
