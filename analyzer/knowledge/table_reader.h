// SPDX-License-Identifier: Apache-2.0
// One parsed file -> rows of a Catalogue, checked as far as one file can be.
#ifndef LOGDIAG_KNOWLEDGE_TABLE_READER_H_
#define LOGDIAG_KNOWLEDGE_TABLE_READER_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/map_reader.h"
#include "analyzer/knowledge/yaml_node.h"
#include "analyzer/model/catalogue.h"

namespace logdiag {

enum class Table {
  kMarker,
  kCause,
  kRemedy,
  kMachine,
  kFact,
  kDialect,
  kModel,
  kDtype,
  kEncoder,
  kVae,
};

// A row that names another row (or, of kFact, a fact that some marker sets),
// which may stand in a file not yet read.
struct Reference {
  Table table;
  std::string id;
  std::string where;  // file:line:column
};

// What the readers know of their file, and where they put what they read.
struct TableContext {
  ErrorSink* sink;
  std::string folder_path;  // "causes/memory/vram-oom.yaml": for `origin`
  std::vector<Reference>* references;
  // Rows that say that they replace a known one: "marker got-prompt".
  std::set<std::string, std::less<>>* replacing;
};

// An item for a cause that stands in another file.
struct AddedEvidence {
  std::string cause;
  EvidenceItem item;
};

// What programs say in their own words, as a marker for each row and as
// evidence for its cause.
struct Messages {
  std::vector<Marker> markers;
  std::vector<AddedEvidence> evidence;
};

// A row that has errors is still returned, so that its id counts as taken.
std::vector<Marker> ReadMarkers(const YamlNode& root, TableContext* context);
std::vector<FrameRule> ReadFrames(const YamlNode& root, TableContext* context);
// `id` is the id that the path asks for.
Cause ReadCause(const YamlNode& root, std::string_view id,
                TableContext* context);
std::vector<MachineKind> ReadMachines(const YamlNode& root,
                                      TableContext* context);
std::vector<SecretRule> ReadSecrets(const YamlNode& root,
                                    TableContext* context);
std::vector<QuotationRule> ReadQuotations(const YamlNode& root,
                                          TableContext* context);
std::vector<DocumentKind> ReadDocuments(const YamlNode& root,
                                        TableContext* context);
std::vector<WitnessKind> ReadWitnesses(const YamlNode& root,
                                       TableContext* context);
std::vector<Remedy> ReadRemedies(const YamlNode& root, TableContext* context);
// `id` is the name of its folder.
Dialect ReadDialect(const YamlNode& root, std::string_view id,
                    TableContext* context);
std::vector<AddedEvidence> ReadEvidenceFile(const YamlNode& root,
                                            TableContext* context);

Messages ReadMessages(const YamlNode& root, TableContext* context);

// One item of a list of evidence.
EvidenceItem ReadEvidence(const YamlNode& row, TableContext* context);
// What the keys of `reader` but "cause" say of it. Does not finish the reader.
EvidenceItem ReadEvidenceKeys(const YamlNode& row, MapReader* reader,
                              TableContext* context);

// Reads the key "id" of a row; `what` names the row in errors.
std::string ReadId(std::string_view what, MapReader* reader,
                   const TableContext& context);

// Reads the key "replaces" of the row `id`.
void ReadReplaces(std::string_view what, std::string_view id, MapReader* reader,
                  TableContext* context);

// What stands under "when" of an evidence item or a remedy.
Condition ReadCondition(const YamlNode& when, TableContext* context);

// The texts of `key`, an id of `table` or several, noted as references.
std::vector<KnownText> ReadIds(std::string_view key, Table table,
                               MapReader* reader, TableContext* context);

// The text of `key`, a fact, noted as a reference.
std::string ReadFact(std::string_view key, MapReader* reader,
                     TableContext* context);

struct TextEntry {
  std::string key;
  std::string text;
  std::string origin;
};
std::vector<TextEntry> ReadTexts(const YamlNode& root, TableContext* context);

// The list under the only key `key` of a file.
const std::vector<YamlNode>& RowsOf(const YamlNode& root, std::string_view key,
                                    TableContext* context);
// `folder_path:line:column`.
std::string OriginOf(const YamlNode& at, const TableContext& context);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_TABLE_READER_H_
