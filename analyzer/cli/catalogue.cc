// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/catalogue.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/knowledge/names.h"
#include "analyzer/support/text.h"

namespace logdiag {
std::string Plain(std::string_view text) {
  constexpr std::size_t kMaxShown = 8000;
  return Printable(text, kMaxShown);
}

void PrintError(const Error& error) {
  Error shown{Plain(error.where), ""};
  // Lists have lines of their own, set off: no word may pass for a message.
  for (std::string_view rest = error.message; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    shown.message += Plain(rest.substr(0, end));
    const bool more = end < rest.size();
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (more) shown.message += rest.starts_with(' ') ? "\n" : "\n  ";
  }
  std::fprintf(stderr, "logdiag: %s\n%s", shown.ToString().c_str(),
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
  std::fprintf(stderr, "logdiag: replaced: %s\n", Plain(rows).c_str());
}

// Whoever wrote a pattern should know that nobody reads it.
void TellStrays(const std::string& directory) {
  constexpr std::size_t kMaxNamed = 5;
  const std::vector<std::string> strays = StrayFiles(directory);
  if (strays.empty()) return;
  std::string files;
  for (std::size_t i = 0; i < std::min(strays.size(), kMaxNamed); ++i) {
    files += (files.empty() ? "" : ", ") + strays[i];
  }
  if (strays.size() > kMaxNamed) {
    files += " and " + GroupDigits(strays.size() - kMaxNamed) + " more";
  }
  std::fprintf(stderr,
               "logdiag: not read, as they are in no folder of patterns: %s\n",
               Plain(files).c_str());
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

// The folder of a user's own patterns, as the XDG base directories have it.
std::string UserPatterns() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  // A path that is not absolute counts as not set there.
  if (config != nullptr && *config == '/') {
    return std::string(config) + "/logdiag/patterns";
  }
  const char* home = std::getenv("HOME");
  return std::string(home == nullptr ? "" : home) + "/.config/logdiag/patterns";
}

// What --patterns means by `folder`.
std::string FolderOf(const std::string& folder) {
  return folder == "user" ? UserPatterns() : folder;
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
  for (const std::string& named : options.pattern_dirs) {
    const std::string directory = FolderOf(named);
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
  for (const std::string& named : options.pattern_dirs) {
    const std::string directory = FolderOf(named);
    for (const Error& error : AddDirectory(directory, catalogue)) {
      PrintError(error);
      good = false;
    }
    if (!options.quiet) TellStrays(directory);
    catalogue->folders.push_back(directory);
  }
  if (good && !options.quiet) TellReplaced(*catalogue);
  return good;
}

std::string_view NearestCause(const Catalogue& catalogue, std::string_view id) {
  std::vector<std::string_view> ids;
  std::vector<std::string_view> slugs;
  for (const Cause& cause : catalogue.causes) {
    ids.push_back(cause.id);
    slugs.push_back(ids.back().substr(ids.back().find('/') + 1));
  }
  const std::string_view nearest = Nearest(id, ids);
  if (!nearest.empty()) return nearest;
  // The family was left out.
  const auto slug = std::find(slugs.begin(), slugs.end(), Nearest(id, slugs));
  return slug == slugs.end()
             ? std::string_view()
             : ids[static_cast<std::size_t>(slug - slugs.begin())];
}

const Cause* FindCauseOrSay(const Catalogue& catalogue, const std::string& id) {
  if (const Cause* cause = catalogue.FindCause(id)) return cause;
  std::error_code ignored;
  if (std::filesystem::is_regular_file(id, ignored)) {
    PrintError({"", "\"" + id +
                        "\" is a file; the cause comes first, as in `logdiag "
                        "explain memory/vram-oom pod.log`"});
    return nullptr;
  }
  const std::string_view nearest = NearestCause(catalogue, id);
  PrintError(
      {"", "there is no cause \"" + id + "\"; " +
               (nearest.empty()
                    ? "`logdiag patterns list` names them all"
                    : "did you mean \"" + std::string(nearest) + "\"?")});
  return nullptr;
}

}  // namespace logdiag
