// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/loader.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/knowledge/merge.h"
#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/knowledge/source_files.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"

namespace logdiag {
namespace {

// "causes/memory/vram-oom.yaml" -> "memory/vram-oom".
std::string InsideTable(const std::string& folder_path) {
  const std::size_t begin = folder_path.find('/') + 1;
  return folder_path.substr(begin,
                            folder_path.size() - begin - kYamlExtension.size());
}

// Both halves of "memory/vram-oom"; the second is "" if there are not two.
std::pair<std::string, std::string> Halves(const std::string& id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string::npos) return {id, ""};
  return {id.substr(0, slash), id.substr(slash + 1)};
}

// "texts/ca.yaml", but not "texts/en.yaml" or "texts/own.yaml": two letters
// name a language, and what the catalogue holds is English.
bool IsTranslation(const std::string& folder_path) {
  const std::size_t slash = folder_path.rfind('/');
  const std::string file = folder_path.substr(slash + 1);
  return file.size() == 2 + kYamlExtension.size() && !file.starts_with("en");
}

// What only a cause, a file of a dialect or a table of hardware has.
const std::vector<std::string_view> kCauseKeys = {"outcomes", "explain",
                                                  "evidence", "summary"};
const std::vector<std::string_view> kDialectKeys = {"unit", "markers",
                                                    "evidence"};
const std::vector<std::string_view> kHardwareKeys = {
    "gpus",   "vram_states", "dtypes",     "text_encoders", "vaes",  "models",
    "assume", "spellings",   "card_words", "constants",     "search"};

class FolderLoader {
 public:
  explicit FolderLoader(std::vector<Error>* errors) : files_(errors) {}

  void LoadMarkers(const std::string& folder) {
    Each(folder, {"markers"}, [this](const YamlNode& root, Context* context) {
      AddMarkers(root, "", context);
    });
  }
  // A table of rows with ids under `key`; `what` names a row in errors.
  template <typename Row>
  void LoadRows(const std::string& folder, std::string_view key,
                std::string_view what,
                std::vector<Row> (*read)(const YamlNode&, TableContext*),
                std::vector<Row> Catalogue::*rows) {
    Each(folder, {key}, [&](const YamlNode& root, Context* context) {
      for (Row& row : read(root, context)) {
        Add(std::move(row), what, &(added_.rows.*rows));
      }
    });
  }
  void LoadCauses(const std::string& folder) {
    Each(folder, kCauseKeys, [this](const YamlNode& root, Context* context) {
      const std::string id = InsideTable(context->folder_path);
      const auto [family, slug] = Halves(id);
      if (!IsName(family, '-') || !IsName(slug, '-')) {
        context->sink->Fail(root,
                            "a cause must stand in causes/<family>/<slug>.yaml,"
                            " both names lower-kebab-case; move this file");
      }
      Add(ReadCause(root, id, context), "cause", &added_.rows.causes);
    });
  }
  void LoadEvidence(const std::string& folder) {
    Each(folder, {"evidence"}, [this](const YamlNode& root, Context* context) {
      AddEvidence(root, context);
    });
  }
  void LoadMessages(const std::string& folder) {
    Each(folder, {"messages"}, [this](const YamlNode& root, Context* context) {
      Messages messages = ReadMessages(root, context);
      for (Marker& marker : messages.markers) {
        Add(std::move(marker), "marker", &added_.rows.markers);
      }
      for (AddedEvidence& item : messages.evidence) {
        added_.evidence.push_back(std::move(item));
      }
    });
  }
  void LoadDialects(const std::string& folder) {
    Each(folder, kDialectKeys, [this](const YamlNode& root, Context* context) {
      LoadDialectFile(root, context);
    });
  }
  void LoadTexts(const std::string& folder) {
    std::map<std::string, std::string> places;
    Each(folder, {"texts"}, [&](const YamlNode& root, Context* context) {
      if (IsTranslation(context->folder_path)) return;
      for (TextEntry& entry : ReadTexts(root, context)) {
        const auto [at, fresh] = places.emplace(entry.key, entry.origin);
        if (!fresh) FailTwice("text", entry.key, entry.origin, at->second);
        added_.rows.texts[entry.key] = std::move(entry.text);
      }
    });
  }
  void LoadHardware(const std::string& folder) {
    Each(folder, kHardwareKeys, [this](const YamlNode& root, Context* context) {
      added_.hardware.Read(root, context);
    });
  }

  void Finish(Catalogue* catalogue) {
    MergeInto(std::move(added_), &files_, catalogue);
    files_.Finish();
  }

 private:
  using Context = TableContext;
  using Keys = std::vector<std::string_view>;

  template <typename Read>
  void Each(const std::string& folder, const Keys& keys, Read read) {
    files_.ForEach(folder, keys, read);
  }

  void AddMarkers(const YamlNode& root, const std::string& program,
                  TableContext* context) {
    for (Marker& marker : ReadMarkers(root, context)) {
      marker.program = program;
      Add(std::move(marker), "marker", &added_.rows.markers);
    }
  }

  void AddEvidence(const YamlNode& root, TableContext* context) {
    for (AddedEvidence& item : ReadEvidenceFile(root, context)) {
      added_.evidence.push_back(std::move(item));
    }
  }

  void LoadDialectFile(const YamlNode& root, TableContext* context) {
    const auto [program, file] = Halves(InsideTable(context->folder_path));
    const bool in_place =
        IsName(program, '-') && file.find('/') == std::string::npos;
    if (in_place && file == "dialect") {
      Add(ReadDialect(root, program, context), "dialect",
          &added_.rows.dialects);
    } else if (in_place && file.starts_with("markers")) {
      NoteProgram(root, program, context);
      AddMarkers(root, program, context);
    } else if (in_place && file.starts_with("evidence")) {
      NoteProgram(root, program, context);
      AddEvidence(root, context);
    } else {
      context->sink->Fail(root,
                          "a dialect is dialects/<program>/, its name "
                          "lower-kebab-case, and holds dialect.yaml, "
                          "markers*.yaml and evidence*.yaml; move this file");
    }
  }

  // A folder without a dialect.yaml must be that of a known dialect.
  void NoteProgram(const YamlNode& root, const std::string& program,
                   TableContext* context) {
    if (!programs_.insert(program).second) return;
    context->references->push_back(
        {Table::kDialect, program, context->sink->Place(root)});
  }

  template <typename Row>
  void Add(Row row, std::string_view what, std::vector<Row>* rows) {
    if (!row.id.empty()) {
      const std::string key = std::string(what) + " " + row.id;
      const auto [at, fresh] = origins_.emplace(key, row.origin);
      if (!fresh) {
        FailTwice(what, row.id, files_.FullPlace(row.origin),
                  files_.FullPlace(at->second));
      }
    }
    rows->push_back(std::move(row));
  }

  void FailTwice(std::string_view what, std::string_view id, std::string where,
                 std::string_view first) {
    files_.errors()->Add(
        {std::move(where), std::string(what) + " \"" + std::string(id) +
                               "\" is already defined at " +
                               std::string(first) + "; rename or remove one"});
  }

  Additions added_;
  SourceFiles files_;
  std::map<std::string, std::string> origins_;  // "marker got-prompt" -> where
  std::set<std::string> programs_;              // whose folders hold files
};

constexpr auto kTables = std::to_array<std::string_view>(
    {"markers", "dialects", "frames", "causes", "evidence", "remedies",
     "machines", "messages", "secrets", "quotations", "documents", "witnesses",
     "hardware", "texts"});
constexpr char kTableNames[] =
    "markers/, dialects/, frames/, causes/, evidence/, messages/, remedies/, "
    "machines/, secrets/, quotations/, documents/, witnesses/, hardware/";

// Of what is built in, once a folder adds to it.
std::string LocalVersion(const std::string& version) {
  constexpr std::string_view kLocal = "+local";
  if (version.empty() || version.ends_with(kLocal)) return version;
  return version + std::string(kLocal);
}

}  // namespace

PatternFolders FoldersIn(const std::string& patterns,
                         const std::string& texts) {
  const std::filesystem::path root(patterns);
  PatternFolders folders;
  folders.markers = (root / "markers").string();
  folders.causes = (root / "causes").string();
  folders.remedies = (root / "remedies").string();
  folders.texts = texts;
  folders.frames = (root / "frames").string();
  folders.hardware = (root / "hardware").string();
  folders.dialects = (root / "dialects").string();
  folders.evidence = (root / "evidence").string();
  folders.machines = (root / "machines").string();
  folders.messages = (root / "messages").string();
  folders.secrets = (root / "secrets").string();
  folders.quotations = (root / "quotations").string();
  folders.documents = (root / "documents").string();
  folders.witnesses = (root / "witnesses").string();
  return folders;
}

std::vector<Error> AddFolders(const PatternFolders& folders,
                              Catalogue* catalogue) {
  std::vector<Error> errors;
  FolderLoader loader(&errors);
  loader.LoadMarkers(folders.markers);
  loader.LoadDialects(folders.dialects);
  loader.LoadRows(folders.frames, "frames", "frame rule", ReadFrames,
                  &Catalogue::frames);
  loader.LoadRows(folders.remedies, "remedies", "remedy", ReadRemedies,
                  &Catalogue::remedies);
  loader.LoadRows(folders.machines, "machines", "machine", ReadMachines,
                  &Catalogue::machines);
  loader.LoadRows(folders.secrets, "secrets", "secret", ReadSecrets,
                  &Catalogue::secrets);
  loader.LoadRows(folders.quotations, "quotations", "quotation", ReadQuotations,
                  &Catalogue::quotations);
  loader.LoadRows(folders.documents, "documents", "document", ReadDocuments,
                  &Catalogue::documents);
  loader.LoadRows(folders.witnesses, "witnesses", "witness", ReadWitnesses,
                  &Catalogue::witnesses);
  loader.LoadCauses(folders.causes);
  loader.LoadEvidence(folders.evidence);
  loader.LoadMessages(folders.messages);
  loader.LoadHardware(folders.hardware);
  loader.LoadTexts(folders.texts);
  Catalogue merged = *catalogue;
  loader.Finish(&merged);
  if (errors.empty()) *catalogue = std::move(merged);
  return errors;
}

std::vector<std::string> StrayFiles(const std::string& directory) {
  std::vector<std::string_view> known(kTables.begin(), kTables.end());
  known.insert(known.end(), {"languages", "fixtures", "schema"});
  return StrayPatternFiles(directory, known);
}

bool IsWhole(const std::string& patterns) {
  std::error_code ignored;
  return std::filesystem::is_directory(
      std::filesystem::path(patterns) / "schema", ignored);
}

std::vector<Error> AddDirectory(const std::string& directory,
                                Catalogue* catalogue) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path root(directory);
  if (!fs::is_directory(root, ignored)) {
    return {{directory,
             std::string("is not a directory; give the folder that holds ") +
                 kTableNames + " or texts/"}};
  }
  const bool any =
      std::any_of(kTables.begin(), kTables.end(), [&](std::string_view table) {
        // One that is no folder is told of when it is read.
        return fs::exists(fs::symlink_status(root / table, ignored));
      });
  if (!any) {
    return {{directory,
             std::string("holds none of ") + kTableNames + " and texts/"}};
  }
  Catalogue start;
  start.texts = catalogue->texts;
  if (!IsWhole(directory)) start = *catalogue;
  std::vector<Error> errors =
      AddFolders(FoldersIn(directory, (root / "texts").string()), &start);
  if (!errors.empty()) return errors;
  start.version = LocalVersion(catalogue->version);
  *catalogue = std::move(start);
  return errors;
}

}  // namespace logdiag
