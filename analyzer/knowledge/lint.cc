// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/lint.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/knowledge/excerpt.h"
#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/knowledge/placeholders.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/knowledge/yaml_node.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

std::string FirstFolder(std::initializer_list<fs::path> folders) {
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    if (fs::is_directory(folder, ignored)) {
      return folder.lexically_normal().string();
    }
  }
  return "";
}

const YamlNode* ValueOf(const YamlNode& map, std::string_view key) {
  for (const auto& [name, value] : map.entries) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

std::string TextOf(const YamlNode* map, std::string_view key) {
  const YamlNode* value = map == nullptr ? nullptr : ValueOf(*map, key);
  return value == nullptr ? "" : value->text;
}

std::string Place(const std::string& path, const YamlNode& at) {
  return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

// What the fixtures show of each cause.
struct FixtureCoverage {
  bool fixture = false;
  bool near_miss = false;
};

class Linter {
 public:
  Linter(const LintFolders& folders, const Catalogue& known)
      : folders_(folders), known_texts_(&known.texts) {
    if (!IsWhole(folders.patterns)) catalogue_ = known;
  }

  LintReport Run() {
    report_.errors =
        AddFolders(FoldersIn(folders_.patterns, folders_.texts), &catalogue_);
    if (!report_.errors.empty()) return std::move(report_);
    FindOwnRows();
    if (causes_.empty() && markers_.empty() && remedies_.empty() &&
        dialects_.empty() && !HasTable("evidence") && !HasTable("secrets") &&
        !HasTable("quotations") && !HasTable("documents") &&
        !HasTable("witnesses")) {
      report_.errors.push_back(
          {folders_.patterns,
           "holds no markers, causes or remedies; name the folder that has "
           "markers/, causes/, remedies/, dialects/, evidence/, secrets/, "
           "quotations/, documents/ or witnesses/ in it"});
      return std::move(report_);
    }
    CheckFixtures();
    CheckUses();
    CheckPlaceholders();
    CheckDialects();
    CheckLanguages();
    CheckStrays();
    return std::move(report_);
  }

 private:
  // An origin begins with the name of the table's folder; errors need the way
  // to it.
  void FailAt(const std::string& origin, std::string message) {
    report_.errors.push_back(
        {(fs::path(folders_.patterns) / origin).string(), std::move(message)});
  }

  template <typename Row>
  std::vector<const Row*> Own(const std::vector<Row>& rows) {
    std::vector<const Row*> own;
    for (const Row& row : rows) {
      const std::string_view origin = row.origin;
      const std::string file(origin.substr(0, origin.find(".yaml:")));
      std::error_code ignored;
      const fs::path path = fs::path(folders_.patterns) / (file + ".yaml");
      if (fs::exists(path, ignored)) own.push_back(&row);
    }
    return own;
  }

  void FindOwnRows() {
    causes_ = Own(catalogue_.causes);
    markers_ = Own(catalogue_.markers);
    remedies_ = Own(catalogue_.remedies);
    dialects_ = Own(catalogue_.dialects);
    report_.causes = causes_.size();
    report_.markers = markers_.size();
    report_.remedies = remedies_.size();
    report_.dialects = dialects_.size();
  }

  void CheckFixtures() {
    std::map<std::string, FixtureCoverage> shown;
    ErrorList errors(&report_.errors);
    const auto files = ReadPatternFiles(folders_.fixtures, &errors);
    errors.TellRest();
    for (const PatternFile& file : files) {
      if (fs::path(file.path).filename() != "case.yaml") continue;
      ++report_.fixtures;
      NoteFixture(file, &shown);
    }
    for (const Cause* cause : causes_) {
      const FixtureCoverage& seen = shown[cause->id];
      if (!seen.fixture) {
        FailAt(cause->origin,
               "no fixture shows \"" + cause->id +
                   "\"; add fixtures/<family>/<name>/ with pod.log, "
                   "near-miss.log and case.yaml");
      } else if (!seen.near_miss) {
        FailAt(cause->origin, "no fixture of \"" + cause->id +
                                  "\" has a near-miss.log; add the look-alike "
                                  "that must not be taken for it");
      }
    }
  }

  void NoteFixture(const PatternFile& file,
                   std::map<std::string, FixtureCoverage>* shown) {
    const Result<YamlNode> root = ParseYaml(file.content, file.path);
    if (!root.ok()) {
      report_.errors.push_back(root.error());
      return;
    }
    const std::string cause = TextOf(&root.value(), "cause");
    if (cause.empty()) {
      // Nothing is shown of what may be somebody's other file.
      report_.errors.push_back(
          {file.path + ":1:1",
           "this is no case: it needs the keys \"outcome\" and \"cause\""});
      return;
    }
    CheckVerdict(file, root.value());
    const fs::path folder = fs::path(file.path).parent_path();
    std::error_code ignored;
    if (!fs::exists(folder / "pod.log", ignored)) {
      Fail(file, root.value(), "there is no pod.log beside this file");
      return;
    }
    FixtureCoverage& seen = (*shown)[cause];
    seen.fixture = true;
    const YamlNode* near_miss = ValueOf(root.value(), "near_miss");
    if (near_miss == nullptr ||
        !fs::exists(folder / "near-miss.log", ignored)) {
      return;
    }
    CheckVerdict(file, *near_miss);
    if (TextOf(near_miss, "cause") == cause &&
        TextOf(near_miss, "outcome") == TextOf(&root.value(), "outcome")) {
      Fail(file, *near_miss,
           "the near miss has the verdict of the case; it must have another");
      return;
    }
    seen.near_miss = true;
  }

  // That `at` names an outcome and a cause that exist.
  void CheckVerdict(const PatternFile& file, const YamlNode& at) {
    const std::string outcome = TextOf(&at, "outcome");
    const Names outcomes = OutcomeNames();
    if (std::find(outcomes.begin(), outcomes.end(), outcome) ==
        outcomes.end()) {
      Fail(file, at, "there is no outcome \"" + outcome + "\"");
    }
    const std::string cause = TextOf(&at, "cause");
    if (cause != "none" && cause != "unknown" &&
        catalogue_.FindCause(cause) == nullptr) {
      Fail(file, at, "there is no cause \"" + cause + "\"");
    }
  }

  void Fail(const PatternFile& file, const YamlNode& at, std::string message) {
    Error error{Place(file.path, at), std::move(message)};
    error.excerpt = Excerpt(file.content, at.line, at.column);
    report_.errors.push_back(std::move(error));
  }

  static void NoteMarkers(const Condition& condition,
                          std::set<std::string>* used) {
    used->insert(condition.markers.begin(), condition.markers.end());
    used->insert(condition.absent.begin(), condition.absent.end());
  }

  void CheckUses() {
    std::set<std::string> markers;
    std::set<std::string> remedies;
    for (const Cause& cause : catalogue_.causes) {
      for (const EvidenceItem& item : cause.evidence) {
        NoteMarkers(item.when, &markers);
      }
      remedies.insert(cause.remedies.begin(), cause.remedies.end());
      remedies.insert(cause.later.begin(), cause.later.end());
      for (const Avoidance& avoid : cause.avoid) remedies.insert(avoid.remedy);
    }
    for (const Remedy& remedy : catalogue_.remedies) {
      if (remedy.when) NoteMarkers(*remedy.when, &markers);
      for (const Objection& objection : remedy.unless) {
        NoteMarkers(objection.when, &markers);
      }
    }
    for (const Marker* marker : markers_) {
      if (marker->role != Role::kSymptom || markers.contains(marker->id)) {
        continue;
      }
      FailAt(marker->origin,
             "no cause asks for the symptom \"" + marker->id +
                 "\"; add it to the evidence of one, or make it a note");
    }
    for (const Remedy* remedy : remedies_) {
      if (remedies.contains(remedy->id)) continue;
      FailAt(remedy->origin, "no cause names the remedy \"" + remedy->id +
                                 "\"; add it to one, or remove it");
    }
  }

  // A value that nothing fills is shown as "?", or its part never.
  void CheckPlaceholders() {
    ErrorList errors(&report_.errors);
    const auto files = ReadPatternFiles(folders_.patterns, &errors);
    errors.TellRest();
    for (StrayPlaceholder& stray : FindStrayPlaceholders(catalogue_)) {
      const std::string_view origin = stray.origin;
      constexpr std::string_view kYaml = ".yaml:";
      const std::size_t yaml = origin.find(kYaml);
      if (yaml == origin.npos) continue;
      const fs::path path = fs::path(folders_.patterns) /
                            origin.substr(0, yaml + kYaml.size() - 1);
      const auto file =
          std::find_if(files.begin(), files.end(), [&](const PatternFile& f) {
            return fs::path(f.path).lexically_normal() ==
                   path.lexically_normal();
          });
      // What is built in answers for itself.
      if (file == files.end()) continue;
      YamlNode at;
      FindPlaceholder(file->content, origin.substr(yaml + kYaml.size()),
                      stray.name, &at);
      Fail(*file, at, std::move(stray.message));
    }
  }

  // Where `name` stands in its braces, in the row that begins at `from`
  // ("12:5").
  static void FindPlaceholder(std::string_view content, std::string_view from,
                              const std::string& name, YamlNode* at) {
    at->line = std::max(1, std::atoi(std::string(from).c_str()));
    at->column = 1;
    std::size_t begin = 0;
    for (int line = 1; line < at->line; ++line) {
      begin = content.find('\n', begin) + 1;
    }
    std::size_t found = content.find("{" + name + "}", begin);
    if (found == content.npos) found = content.find(":" + name + "}", begin);
    if (found == content.npos) return;
    const std::string_view before = content.substr(0, found);
    at->line =
        1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    at->column = static_cast<int>(found - (before.rfind('\n') + 1)) + 1;
  }

  void CheckStrays() {
    ErrorList errors(&report_.errors);
    for (std::string& path : StrayFiles(folders_.patterns)) {
      errors.Add({std::move(path),
                  "is in no folder that is read; move it to markers/, "
                  "causes/<family>/, remedies/ or another table"});
    }
    errors.TellRest();
  }

  bool HasTable(const char* name) const {
    std::error_code ignored;
    return fs::is_directory(fs::path(folders_.patterns) / name, ignored);
  }

  // A log of a program that has no line of its own would count as foreign. A
  // dialect without main scripts is that of programs that nobody knows.
  void CheckDialects() {
    for (const Dialect* dialect : dialects_) {
      const bool known = std::any_of(
          catalogue_.markers.begin(), catalogue_.markers.end(),
          [&](const Marker& m) { return m.program == dialect->id && m.own; });
      if (known || dialect->mains.empty()) continue;
      FailAt(dialect->origin,
             "no marker tells a log of \"" + dialect->id +
                 "\"; add one with \"own: true\" to its folder");
    }
  }

  // Every language says all that English says, and no more.
  void CheckLanguages() {
    const auto codes = LanguagesIn(folders_.patterns, folders_.texts);
    report_.languages = codes.size() + 1;
    for (const std::string& code : codes) {
      Language language{code, {}, {}};
      std::vector<Error> errors =
          AddLanguage(folders_.patterns, folders_.texts, &language);
      for (Error& error : errors) report_.errors.push_back(std::move(error));
      if (!errors.empty()) continue;
      for (const std::string& complaint : ComplaintsOn(std::move(language))) {
        report_.errors.push_back({"language " + code, complaint});
      }
    }
  }

  // A folder that adds to what is known answers for its own texts only.
  std::vector<std::string> ComplaintsOn(Language language) const {
    if (IsWhole(folders_.patterns)) return CompareWords(catalogue_, language);
    Catalogue own;
    for (const auto& [key, text] : catalogue_.texts) {
      const auto known = known_texts_->find(key);
      if (known == known_texts_->end() || known->second != text) {
        own.texts.emplace(key, text);
      }
    }
    for (auto it = language.texts.begin(); it != language.texts.end();) {
      it = known_texts_->contains(it->first) && !own.texts.contains(it->first)
               ? language.texts.erase(it)
               : std::next(it);
    }
    language.sentences.clear();
    return CompareWords(own, language);
  }

  const LintFolders& folders_;
  const std::map<KnownText, KnownText, std::less<>>* known_texts_;
  Catalogue catalogue_;
  std::vector<const Cause*> causes_;
  std::vector<const Marker*> markers_;
  std::vector<const Remedy*> remedies_;
  std::vector<const Dialect*> dialects_;
  LintReport report_;
};

}  // namespace

LintFolders FindFolders(const std::string& patterns) {
  const fs::path root(patterns);
  LintFolders folders;
  folders.patterns = patterns;
  folders.texts = FirstFolder({root / "texts", root / ".." / "reports/texts"});
  folders.fixtures = FirstFolder({root / "fixtures", root / ".." / "fixtures"});
  return folders;
}

LintReport Lint(const LintFolders& folders, const Catalogue& known) {
  return Linter(folders, known).Run();
}

}  // namespace logdiag
