// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/language.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "analyzer/knowledge/pattern_files.h"
#include "analyzer/knowledge/source_files.h"
#include "analyzer/knowledge/table_reader.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

std::string FolderOf(const std::string& patterns, std::string_view code) {
  return (fs::path(patterns) / "languages" / code).string();
}

bool IsCode(const std::string& name) {
  return name.size() == 2 && name != "en" &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

// One pair of a file: "en" and the language's code as keys.
void ReadPair(const YamlNode& row, const std::string& code,
              TableContext* context, Language* language) {
  MapReader reader(row, "a sentence", context->sink);
  if (!reader.ok()) return;
  const std::string english = reader.RequiredTemplate("en");
  const std::string words = reader.RequiredTemplate(code);
  reader.Finish();
  if (english.empty() || words.empty()) return;
  language->sentences.insert_or_assign(KnownText(english), KnownText(words));
}

void ReadTextsOf(const std::string& folder, Language* language,
                 SourceFiles* files) {
  files->ForEach(
      folder, {"texts"}, [&](const YamlNode& root, TableContext* context) {
        const std::string name = fs::path(context->folder_path).stem().string();
        if (name != language->code.view()) return;
        for (TextEntry& entry : ReadTexts(root, context)) {
          language->texts.insert_or_assign(KnownText(entry.key),
                                           KnownText(entry.text));
        }
      });
}

// Names in braces, in order; "{code:x}" is another way of showing x.
std::multiset<std::string> Placeholders(std::string_view text) {
  std::multiset<std::string> names;
  for (std::size_t at = text.find('{'); at != text.npos;
       at = text.find('{', at)) {
    if (text.substr(at, 2) == "{{") {
      at += 2;
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == text.npos) break;
    names.emplace(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return names;
}

// Complains of what only one of the two maps has, and of other placeholders.
void Compare(std::string_view what,
             const std::map<KnownText, KnownText, std::less<>>& english,
             const std::map<KnownText, KnownText, std::less<>>& words,
             std::vector<std::string>* complaints) {
  const auto complain = [&](std::string_view key, const char* why) {
    complaints->push_back(std::string(what) + " \"" + std::string(key) + "\" " +
                          why);
  };
  for (const auto& [key, text] : english) {
    const auto found = words.find(key);
    if (found == words.end()) {
      complain(key, "is missing");
    } else if (Placeholders(text) != Placeholders(found->second)) {
      complain(key, "has other {placeholders} than the English");
    }
  }
  for (const auto& [key, text] : words) {
    if (!english.contains(key)) complain(key, "is not needed; remove it");
  }
}

}  // namespace

std::vector<std::string> LanguagesIn(const std::string& patterns,
                                     const std::string& texts) {
  std::set<std::string> codes;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(texts, ignored)) {
    if (entry.path().extension() != kYamlExtension) continue;
    const std::string name = entry.path().stem().string();
    if (IsCode(name)) codes.insert(name);
  }
  for (const auto& entry :
       fs::directory_iterator(fs::path(patterns) / "languages", ignored)) {
    const std::string name = entry.path().filename().string();
    if (IsCode(name)) codes.insert(name);
  }
  return {codes.begin(), codes.end()};
}

std::vector<Error> AddLanguage(const std::string& patterns,
                               const std::string& texts, Language* language) {
  std::vector<Error> errors;
  SourceFiles files(&errors);
  const std::string code(language->code.view());
  Language added = *language;
  ReadTextsOf(texts, &added, &files);
  files.ForEach(
      FolderOf(patterns, code), {"sentences"},
      [&](const YamlNode& root, TableContext* context) {
        for (const YamlNode& row : RowsOf(root, "sentences", context)) {
          ReadPair(row, code, context, &added);
        }
      });
  files.Finish();
  if (errors.empty()) *language = std::move(added);
  return errors;
}

std::vector<KnownText> SentencesOf(const Catalogue& catalogue) {
  std::set<KnownText, std::less<>> sentences;
  const auto add = [&](const KnownText& text) {
    if (!text.empty()) sentences.insert(text);
  };
  for (const Cause& cause : catalogue.causes) {
    add(cause.title);
    add(cause.summary);
    for (const KnownText& headline : cause.headlines) add(headline);
    for (const EvidenceItem& item : cause.evidence) add(item.says);
    for (const Avoidance& avoid : cause.avoid) add(avoid.says);
    for (const KnownText& confirm : cause.confirm) add(confirm);
  }
  for (const Remedy& remedy : catalogue.remedies) {
    add(remedy.name);
    add(remedy.text);
    add(remedy.risk);
    add(remedy.check);
    for (const Objection& objection : remedy.unless) add(objection.says);
  }
  return {sentences.begin(), sentences.end()};
}

std::vector<std::string> CompareWords(const Catalogue& catalogue,
                                      const Language& language) {
  std::map<KnownText, KnownText, std::less<>> english;
  for (const KnownText& text : SentencesOf(catalogue)) {
    english.emplace(text, text);
  }
  std::vector<std::string> complaints;
  Compare("the text", catalogue.texts, language.texts, &complaints);
  Compare("the sentence", english, language.sentences, &complaints);
  return complaints;
}

}  // namespace logdiag
