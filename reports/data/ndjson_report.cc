// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <utility>

#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/data/report_json.h"
#include "reports/report.h"

namespace logdiag {
namespace {

// A list of the report, and the type of the records that it becomes.
struct Kind {
  const char* list;
  const char* type;
};
constexpr std::array<Kind, 5> kKinds = {{{"findings", "finding"},
                                         {"incidents", "incident"},
                                         {"sessions", "session"},
                                         {"work", "work"},
                                         {"timeline", "event"}}};

class RecordWriter {
 public:
  RecordWriter(Json id, Json path)
      : id_(std::move(id)), path_(std::move(path)) {}

  void Add(const char* type, const Json& members) {
    Json record = {{"type", type}, {"id", id_}, {"path", path_}};
    record.update(members);
    out_ += Dump(record, false);
  }

  std::string Take() { return std::move(out_); }

 private:
  Json id_;
  Json path_;
  std::string out_;
};

}  // namespace

std::string WriteNdjson(const Diagnosis& diagnosis, const Catalogue& catalogue,
                        const ReportOptions& options) {
  const Prepared prepared(diagnosis, catalogue, options);
  Json head = ReportJson(prepared.page(), options);
  RecordWriter records(head["id"],
                       Shown(prepared.page().diagnosis.source.Name()));
  Json lists = Json::object();
  for (const Kind& kind : kKinds) {
    lists[kind.list] = std::move(head[kind.list]);
    head.erase(kind.list);
  }
  records.Add("report", head);
  Json counts = {{"report", 1}};
  for (const Kind& kind : kKinds) {
    for (const Json& item : lists[kind.list]) records.Add(kind.type, item);
    counts[kind.type] = lists[kind.list].size();
  }
  Json end = {{"records", counts}, {"partial", diagnosis.coverage.partial}};
  records.Add("end", end);
  return records.Take();
}

}  // namespace logdiag
