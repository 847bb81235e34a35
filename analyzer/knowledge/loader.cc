#include "analyzer/knowledge/loader.h"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/knowledge/excerpt.h"
#include "analyzer/knowledge/hardware_reader.h"
#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/given.h"

namespace logdiag {
namespace {

using Index = std::map<std::string, std::size_t, std::less<>>;

// Where the rows of a table are, by id.
template <typename Row>
Index IndexOf(const std::vector<Row>& rows) {
  Index index;
  for (std::size_t i = 0; i < rows.size(); ++i) index.emplace(rows[i].id, i);
  return index;
}

// The facts that markers set, by name; the numbers mean nothing.
Index FactsOf(const std::vector<Marker>& markers) {
  Index index;
  for (const Marker& marker : markers) {
    for (const FactCapture& capture : marker.facts) index[capture.fact] = 0;
    if (!marker.fixed_fact.empty()) index[marker.fixed_fact] = 0;
  }
  for (const std::string_view fact : kGivenFacts) index.emplace(fact, 0);
  for (const std::string_view fact : kBudgetFacts) index.emplace(fact, 0);
  return index;
}

// Puts new rows over old ones of the same id, or behind them.
template <typename Row>
void Merge(std::vector<Row> added, std::vector<Row>* rows) {
  const auto index = IndexOf(*rows);
  for (Row& row : added) {
    const auto old = index.find(row.id);
    if (old == index.end()) {
      rows->push_back(std::move(row));
    } else {
      (*rows)[old->second] = std::move(row);
    }
  }
}

class FolderLoader {
 public:
  explicit FolderLoader(std::vector<Error>* errors) : errors_(errors) {}

  void LoadMarkers(const std::string& folder) {
    ForEachFile(folder, [this](const YamlNode& root, TableContext* context) {
      for (Marker& marker : ReadMarkers(root, context)) {
        Add(std::move(marker), "marker", &added_.markers);
      }
    });
  }
  void LoadFrames(const std::string& folder) {
    ForEachFile(folder, [this](const YamlNode& root, TableContext* context) {
      for (FrameRule& rule : ReadFrames(root, context)) {
        Add(std::move(rule), "frame rule", &added_.frames);
      }
    });
  }
  void LoadRemedies(const std::string& folder) {
    ForEachFile(folder, [this](const YamlNode& root, TableContext* context) {
      for (Remedy& remedy : ReadRemedies(root, context)) {
        Add(std::move(remedy), "remedy", &added_.remedies);
      }
    });
  }
  void LoadCauses(const std::string& folder) {
    ForEachFile(folder, [this](const YamlNode& root, TableContext* context) {
      // "causes/memory/vram-oom.yaml" -> "memory/vram-oom".
      const std::string& path = context->folder_path;
      const std::size_t begin = path.find('/') + 1;
      const std::string id =
          path.substr(begin, path.size() - begin - kExtension.size());
      const std::size_t slash = id.find('/');
      if (slash == std::string::npos || !IsName(id.substr(0, slash), '-') ||
          !IsName(id.substr(slash + 1), '-')) {
        context->sink->Fail(root,
                            "a cause must stand in causes/<family>/<slug>.yaml,"
                            " both names lower-kebab-case; move this file");
      }
      Add(ReadCause(root, id, context), "cause", &added_.causes);
    });
  }
  void LoadTexts(const std::string& folder) {
    std::map<std::string, std::string> places;
    ForEachFile(folder, [&](const YamlNode& root, TableContext* context) {
      if (IsTranslation(context->folder_path)) return;
      for (TextEntry& entry : ReadTexts(root, context)) {
        const auto [at, fresh] = places.emplace(entry.key, entry.origin);
        if (!fresh) FailTwice("text", entry.key, entry.origin, at->second);
        added_.texts[entry.key] = std::move(entry.text);
      }
    });
  }
  void LoadHardware(const std::string& folder) {
    ForEachFile(folder, [this](const YamlNode& root, TableContext* context) {
      hardware_.Read(root, context);
    });
  }

  // Moves everything into `catalogue`, and then checks that what is named
  // exists there.
  void MergeInto(Catalogue* catalogue) {
    Merge(std::move(added_.markers), &catalogue->markers);
    Merge(std::move(added_.frames), &catalogue->frames);
    Merge(std::move(added_.causes), &catalogue->causes);
    Merge(std::move(added_.remedies), &catalogue->remedies);
    hardware_.MergeInto(&catalogue->hardware);
    for (auto& [key, text] : added_.texts) {
      catalogue->texts[key] = std::move(text);
    }
    CheckReferences(IndexOf(catalogue->dialects), Table::kDialect, "dialect");
    CheckReferences(IndexOf(catalogue->markers), Table::kMarker, "marker");
    CheckReferences(IndexOf(catalogue->causes), Table::kCause, "cause");
    CheckReferences(IndexOf(catalogue->remedies), Table::kRemedy, "remedy");
    CheckReferences(FactsOf(catalogue->markers), Table::kFact, "fact");
    const Hardware& hardware = catalogue->hardware;
    CheckReferences(IndexOf(hardware.models), Table::kModel, "model");
    CheckReferences(IndexOf(hardware.dtypes), Table::kDtype, "dtype");
    CheckReferences(IndexOf(hardware.text_encoders), Table::kEncoder,
                    "text encoder");
    CheckReferences(IndexOf(hardware.vaes), Table::kVae, "VAE");
  }

  // Shows each error its line.
  void AddExcerpts() {
    for (Error& error : *errors_) {
      const std::size_t column = error.where.rfind(':');
      if (column == std::string::npos || column == 0) continue;
      const std::size_t line = error.where.rfind(':', column - 1);
      if (line == std::string::npos) continue;
      const auto content = content_of_.find(error.where.substr(0, line));
      if (content == content_of_.end()) continue;
      error.excerpt =
          Excerpt(content->second, std::atoi(error.where.c_str() + line + 1),
                  std::atoi(error.where.c_str() + column + 1));
    }
  }

 private:
  static constexpr std::string_view kExtension = ".yaml";

  void ForEachFile(
      const std::string& folder,
      const std::function<void(const YamlNode&, TableContext*)>& read) {
    for (PatternFile& file : ReadPatternFiles(folder, errors_)) {
      Result<YamlNode> root = ParseYaml(file.content, file.path);
      content_of_[file.path] = std::move(file.content);
      if (!root.ok()) {
        errors_->push_back(root.error());
        continue;
      }
      ErrorSink sink(file.path, errors_);
      TableContext context{&sink, file.folder_path, &references_};
      path_of_[file.folder_path] = file.path;
      read(root.value(), &context);
    }
  }

  template <typename Row>
  void Add(Row row, std::string_view what, std::vector<Row>* rows) {
    if (!row.id.empty()) {
      const std::string key = std::string(what) + " " + row.id;
      const auto [at, fresh] = origins_.emplace(key, row.origin);
      if (!fresh) {
        FailTwice(what, row.id, FullPlace(row.origin), FullPlace(at->second));
      }
    }
    rows->push_back(std::move(row));
  }

  void FailTwice(std::string_view what, std::string_view id, std::string where,
                 std::string_view first) {
    errors_->push_back(
        {std::move(where), std::string(what) + " \"" + std::string(id) +
                               "\" is already defined at " +
                               std::string(first) + "; rename or remove one"});
  }

  // An origin leaves out how the folder was reached; errors need it.
  std::string FullPlace(const std::string& origin) const {
    const std::size_t column = origin.rfind(':');
    const std::size_t line = origin.rfind(':', column - 1);
    return path_of_.at(origin.substr(0, line)) + origin.substr(line);
  }

  void CheckReferences(const Index& index, Table table, std::string_view what) {
    std::vector<std::string_view> names;
    for (const auto& [id, row] : index) names.push_back(id);
    for (const Reference& reference : references_) {
      if (reference.table != table || index.contains(reference.id)) continue;
      const std::string_view nearest = Nearest(reference.id, names);
      errors_->push_back(
          {reference.where,
           "there is no " + std::string(what) + " \"" + reference.id + "\"" +
               (nearest.empty()
                    ? "; define it or remove the name"
                    : "; did you mean \"" + std::string(nearest) + "\"?")});
    }
  }

  // "texts/ca.yaml", but not "texts/en.yaml" or "texts/own.yaml": two letters
  // name a language, and what the catalogue holds is English.
  static bool IsTranslation(const std::string& folder_path) {
    const std::size_t slash = folder_path.rfind('/');
    const std::string file = folder_path.substr(slash + 1);
    return file.size() == 2 + kExtension.size() && !file.starts_with("en");
  }

  Catalogue added_;
  HardwareReader hardware_;
  std::vector<Reference> references_;
  std::map<std::string, std::string> origins_;  // "marker got-prompt" -> where
  std::map<std::string, std::string> path_of_;  // by folder_path
  std::map<std::string, std::string> content_of_;  // by path
  std::vector<Error>* errors_;
};

}  // namespace

std::vector<Error> AddFolders(const PatternFolders& folders,
                              Catalogue* catalogue) {
  std::vector<Error> errors;
  FolderLoader loader(&errors);
  loader.LoadMarkers(folders.markers);
  loader.LoadFrames(folders.frames);
  loader.LoadRemedies(folders.remedies);
  loader.LoadCauses(folders.causes);
  loader.LoadHardware(folders.hardware);
  loader.LoadTexts(folders.texts);
  Catalogue merged = *catalogue;
  loader.MergeInto(&merged);
  loader.AddExcerpts();
  if (errors.empty()) *catalogue = std::move(merged);
  return errors;
}

std::vector<Error> AddDirectory(const std::string& directory,
                                Catalogue* catalogue) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path root(directory);
  if (!fs::is_directory(root, ignored)) {
    return {{directory,
             "is not a directory; give the folder that holds "
             "markers/, frames/, causes/, remedies/, hardware/ or texts/"}};
  }
  bool any = false;
  for (const char* folder :
       {"markers", "frames", "causes", "remedies", "hardware", "texts"}) {
    any = any || fs::is_directory(root / folder, ignored);
  }
  if (!any) {
    return {{directory,
             "holds none of markers/, frames/, causes/, remedies/, hardware/ "
             "and texts/"}};
  }
  return AddFolders({(root / "markers").string(), (root / "causes").string(),
                     (root / "remedies").string(), (root / "texts").string(),
                     (root / "frames").string(), (root / "hardware").string()},
                    catalogue);
}

}  // namespace logdiag
