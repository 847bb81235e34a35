// SPDX-License-Identifier: Apache-2.0
// patterns/ and reports/texts -> a validated Catalogue. The only home of
// yaml-cpp.
#ifndef LOGDIAG_KNOWLEDGE_LOADER_H_
#define LOGDIAG_KNOWLEDGE_LOADER_H_

#include <string>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/result.h"

namespace logdiag {

// What was built into the binary; parses no YAML. Lives in the library
// logdiag_builtin, which the rest of knowledge/ is needed to build.
Result<Catalogue> LoadBuiltIn();

// Where the YAML files of each table are. A folder that is not there, or "",
// holds none.
struct PatternFolders {
  std::string markers;
  std::string causes;
  std::string remedies;
  std::string texts;
  std::string frames;
  std::string hardware = {};
  std::string dialects = {};
  std::string evidence = {};  // for causes that stand elsewhere
  std::string messages = {};
  std::string machines = {};
  std::string secrets = {};
  std::string quotations = {};
  std::string documents = {};
  std::string witnesses = {};
};

// The tables of `patterns`, by the names that they have there.
PatternFolders FoldersIn(const std::string& patterns, const std::string& texts);

// Adds what the folders hold to `catalogue`. An id that is already there is
// replaced if the new row says `replaces: true`, which Catalogue::replaced
// notes; else it is an error, as is an id given twice in the folders. Every
// error found is returned, not only the first; then `catalogue` is unchanged.
// Error::where is `file:line:column`, with `file` as reached from the folder as
// given. Samples are matched and references resolved, so what loads is sound.
std::vector<Error> AddFolders(const PatternFolders& folders,
                              Catalogue* catalogue);

// A folder that holds schema/ is the source of a whole catalogue. It stands
// alone; any other one adds to what is known.
bool IsWhole(const std::string& patterns);

// YAML files of `directory` that no table holds, so that nobody reads them.
std::vector<std::string> StrayFiles(const std::string& directory);

// AddFolders for the tables of `directory` and for `directory`/texts; if it is
// whole, its rows take the place of all rows of `catalogue`, texts excepted. A
// directory that holds no table is an error.
std::vector<Error> AddDirectory(const std::string& directory,
                                Catalogue* catalogue);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_LOADER_H_
