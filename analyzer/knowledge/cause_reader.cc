#include <algorithm>
#include <cmath>
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
// Heavier items must say why.
constexpr double kUnexplainedDb = 10;

std::vector<std::string> ReadIds(std::string_view key, Table table,
                                 MapReader* reader, TableContext* context) {
  std::vector<std::string> ids;
  for (const YamlNode* node : reader->OneOrMore(key)) {
    ids.push_back(ReadText(*node, key, context->sink));
    if (ids.back().empty()) continue;
    context->references->push_back(
        {table, ids.back(), context->sink->Place(*node)});
  }
  return ids;
}

// Lists of ids at the top of a cause: always written as lists; may be empty.
std::vector<std::string> ReadIdList(std::string_view key, Table table,
                                    MapReader* reader, TableContext* context) {
  const YamlNode* list = reader->Find(key);
  if (list == nullptr) return {};
  std::vector<std::string> ids = reader->List(key);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].empty()) continue;
    context->references->push_back(
        {table, ids[i], context->sink->Place(list->items[i])});
  }
  return ids;
}

void CheckCondition(const YamlNode& when, const MapReader& reader,
                    ErrorSink* sink) {
  if (when.entries.empty()) {
    sink->Fail(when, "\"when\" is empty; say when this speaks");
  }
  if (reader.Has("scope") && !reader.Has("marker") && !reader.Has("absent")) {
    sink->Fail(when,
               "\"scope\" says where to look for a marker; add "
               "\"marker\" or \"absent\", or remove it");
  }
  if (reader.Has("count") && !reader.Has("marker")) {
    sink->Fail(when, "\"count\" needs \"marker\"");
  }
  if ((reader.Has("fact_matches") || reader.Has("fact_range")) &&
      !reader.Has("fact")) {
    sink->Fail(when, "\"fact_matches\" and \"fact_range\" need \"fact\"");
  }
  if (reader.Has("fact_per") && !reader.Has("fact_range")) {
    sink->Fail(when, "\"fact_per\" needs \"fact\" and \"fact_range\"");
  }
}

}  // namespace

Condition ReadCondition(const YamlNode& when, TableContext* context) {
  MapReader reader(when, "\"when\"", context->sink);
  Condition condition;
  if (!reader.ok()) return condition;
  condition.markers = ReadIds("marker", Table::kMarker, &reader, context);
  condition.absent = ReadIds("absent", Table::kMarker, &reader, context);
  const std::string scope = reader.OneOf("scope", ScopeNames());
  if (!scope.empty()) condition.scope = scope;
  condition.count = reader.Interval("count");
  condition.exception = reader.Pattern("exception");
  condition.frame = reader.Pattern("frame");
  condition.label = reader.Pattern("label");
  condition.outcomes = reader.NamesOf("outcome", OutcomeNames());
  condition.phases = reader.NamesOf("phase", PhaseNames());
  condition.kinds = reader.NamesOf("kind", KindNames());
  condition.ends = reader.NamesOf("end", EndNames());
  condition.bar = reader.OneOf("bar", BarNames());
  condition.bar_done = reader.Interval("bar_done");
  condition.restart_gap_s = reader.Interval("restart_gap_s");
  condition.silence_s = reader.Interval("silence_s");
  condition.same_point_deaths = reader.Interval("same_point_deaths");
  condition.host_changed = reader.Flag("host_changed");
  condition.fact = ReadFact("fact", &reader, context);
  condition.fact_matches = reader.Pattern("fact_matches");
  condition.fact_range = reader.Interval("fact_range");
  condition.fact_per = ReadFact("fact_per", &reader, context);
  CheckCondition(when, reader, context->sink);
  reader.Finish();
  return condition;
}

namespace {

EvidenceItem ReadEvidence(const YamlNode& row, TableContext* context) {
  MapReader reader(row, "an evidence item", context->sink);
  EvidenceItem item;
  if (!reader.ok()) return item;
  if (const YamlNode* when = reader.Required("when")) {
    item.when = ReadCondition(*when, context);
  }
  item.weight_db = reader.Number("weight", 0);
  item.establishes = reader.Flag("establishes");
  item.excludes = reader.Flag("excludes");
  item.says = reader.RequiredTemplate("says");
  item.why = reader.Text("why");
  const bool heavy = item.establishes || item.excludes ||
                     std::abs(item.weight_db) > kUnexplainedDb;
  if (heavy && item.why.empty()) {
    context->sink->Fail(row,
                        "this weighs more than 10 dB; add \"why\": one "
                        "sentence on why the software makes it so telling");
  }
  const int voices = (reader.Has("weight") ? 1 : 0) +
                     (item.establishes ? 1 : 0) + (item.excludes ? 1 : 0);
  if (voices != 1) {
    context->sink->Fail(row,
                        "an evidence item needs one of \"weight\", "
                        "\"establishes: true\" and \"excludes: true\"");
  }
  reader.Finish();
  return item;
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
    if (url.empty() || url.starts_with("https://") ||
        url.starts_with("http://")) {
      continue;
    }
    sink->Fail(reader->Find("references")->items[i],
               "a reference must be a URL that begins with https://");
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

void CheckSelf(std::string_view key, const std::vector<std::string>& ids,
               MapReader* reader, const Cause& cause, ErrorSink* sink) {
  const auto self = std::find(ids.begin(), ids.end(), cause.id);
  if (self == ids.end()) return;
  const auto index = static_cast<std::size_t>(self - ids.begin());
  sink->Fail(reader->Find(key)->items[index],
             "\"" + std::string(key) + "\" names the cause itself; remove it");
}

void ReadHeadTexts(MapReader* reader, ErrorSink* sink, Cause* cause) {
  cause->title = reader->RequiredText("title");
  cause->summary = reader->RequiredTemplate("summary");
  cause->explain = reader->RequiredText("explain");
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
  cause->confirm = reader->List("confirm");
  cause->references = reader->List("references");
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
  cause.prior_db = reader.Number("prior", kDefaultPriorDb);
  cause.evidence = ReadEvidenceList(&reader, context);
  ReadLists(&reader, context, &cause);
  reader.Finish();
  return cause;
}

}  // namespace logdiag
