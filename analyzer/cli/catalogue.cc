// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/catalogue.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/knowledge/names.h"

namespace logdiag {

void PrintError(const Error& error) {
  std::fprintf(stderr, "logdiag: %s\n%s", error.ToString().c_str(),
               error.excerpt.c_str());
}

bool Print(const std::string& text) {
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (written == text.size() && std::fflush(stdout) == 0) return true;
  PrintError({"standard output", "the report could not be written whole"});
  return false;
}

namespace {

// Whoever reads the report should know that what is built in does not count.
void TellReplaced(const Catalogue& catalogue) {
  if (catalogue.replaced.empty()) return;
  std::string rows;
  for (const Replacement& row : catalogue.replaced) {
    if (!rows.empty()) rows += ", ";
    rows += row.what + " " + row.id + " (by " + row.by + ")";
  }
  std::fprintf(stderr, "logdiag: replaced: %s\n", rows.c_str());
}

// The language of the reader, by LC_ALL, LC_MESSAGES and LANG in this order.
std::string LocaleLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string(value).substr(0, 2);
  }
  return "";
}

std::string Listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += ", " + name;
  return list;
}

}  // namespace

bool LoadWords(const Options& options, Language* language) {
  const bool asked = options.language != "auto";
  const std::string code = asked ? options.language : LocaleLanguage();
  if (code == "en") return true;
  Result<Language> built_in = LoadBuiltInLanguage(code);
  if (!built_in.ok()) {
    PrintError(built_in.error());
    return false;
  }
  *language = std::move(built_in).value();
  language->code = code;
  bool good = true;
  for (const std::string& directory : options.pattern_dirs) {
    for (const Error& error :
         AddLanguage(directory, directory + "/texts", language)) {
      PrintError(error);
      good = false;
    }
  }
  const bool known = !language->texts.empty();
  if (!known) *language = Language();
  if (!known && asked) {
    PrintError({"--lang", "\"" + code + "\" is no language that is known; " +
                              "there are en" + Listed(BuiltInLanguages()) +
                              ", and auto"});
    return false;
  }
  return good;
}

bool LoadPatterns(const Options& options, Catalogue* catalogue) {
  Result<Catalogue> built_in = LoadBuiltIn();
  if (!built_in.ok()) {
    PrintError(built_in.error());
    return false;
  }
  *catalogue = std::move(built_in).value();
  bool good = true;
  for (const std::string& directory : options.pattern_dirs) {
    for (const Error& error : AddDirectory(directory, catalogue)) {
      PrintError(error);
      good = false;
    }
    catalogue->folders.push_back(directory);
  }
  if (good && !options.quiet) TellReplaced(*catalogue);
  return good;
}

const Cause* FindCauseOrSay(const Catalogue& catalogue, const std::string& id) {
  if (const Cause* cause = catalogue.FindCause(id)) return cause;
  std::vector<std::string_view> ids;
  for (const Cause& cause : catalogue.causes) ids.push_back(cause.id);
  const std::string_view nearest = Nearest(id, ids);
  PrintError(
      {"", "there is no cause \"" + id + "\"; " +
               (nearest.empty()
                    ? "`logdiag patterns list` names them all"
                    : "did you mean \"" + std::string(nearest) + "\"?")});
  return nullptr;
}

}  // namespace logdiag
