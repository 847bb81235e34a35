// SPDX-License-Identifier: Apache-2.0
// patterns/hardware/*.yaml -> Hardware, checked as far as one file can be.
#ifndef LOGDIAG_KNOWLEDGE_HARDWARE_READER_H_
#define LOGDIAG_KNOWLEDGE_HARDWARE_READER_H_

#include <map>
#include <string>
#include <string_view>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

// Reads any number of files. Each may hold any of the tables (gpus, dtypes,
// text_encoders, vaes, models, spellings) and of the single maps (constants,
// assume, search).
class HardwareReader {
 public:
  // Adds what `root` holds. A row or a map that was given before is an error.
  // Names of rows of another table are noted as references.
  void Read(const YamlNode& root, TableContext* context);

  // Puts the rows over those of the same id, or behind them; a map that was
  // given replaces the whole map.
  void MergeInto(Hardware* hardware);

 private:
  using Place = std::string;

  // True if `what` was not given before.
  bool Note(std::string_view what, const YamlNode& at, TableContext* context);
  void ReadTables(MapReader* reader, TableContext* context);
  void ReadMaps(MapReader* reader, TableContext* context);
  template <typename Row, typename ReadRow>
  void Rows(std::string_view key, MapReader* reader, TableContext* context,
            std::vector<Row>* rows, ReadRow read);

  Hardware added_;
  std::map<std::string, Place, std::less<>> places_;  // "model wan-2.2-14b"
};

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_HARDWARE_READER_H_
