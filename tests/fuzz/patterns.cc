// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a user's folder of patterns, checked, loaded and used.
//
// The input holds several files: each begins with a line "=== PATH", PATH as in
// the folder. What stands before the first is a log.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/knowledge/lint.h"
#include "tests/fuzz/built_in.h"
#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "=== ";
constexpr std::size_t kMostFiles = 16;
constexpr std::size_t kMostErrors = 2000;

// A folder of this process alone, emptied and made anew.
fs::path FreshFolder() {
  static const std::string* const folder = [] {
    std::string name = (fs::temp_directory_path() / "fuzz-XXXXXX").string();
    Require(mkdtemp(name.data()) != nullptr, "there is a temporary folder");
    return new std::string(name);
  }();
  fs::remove_all(*folder);
  fs::create_directory(*folder);
  return *folder;
}

// Names that lead nowhere else.
bool IsSafe(std::string_view path) {
  constexpr std::string_view kKnown = "abcdefghijklmnopqrstuvwxyz-_./";
  return !path.empty() && path.size() < 100 && path.front() != '/' &&
         path.find("..") == std::string_view::npos &&
         path.find("//") == std::string_view::npos && path.back() != '/' &&
         path.find_first_not_of(kKnown) == std::string_view::npos;
}

// Writes the files; returns the log.
std::string Unpack(std::string_view input, const fs::path& folder) {
  std::string log;
  std::ofstream file;
  std::size_t files = 0;
  for (const std::string_view line : LinesOf(input)) {
    if (line.starts_with(kMark) && IsSafe(line.substr(kMark.size())) &&
        files < kMostFiles) {
      ++files;
      const fs::path path = folder / line.substr(kMark.size());
      std::error_code ignored;
      fs::create_directories(path.parent_path(), ignored);
      file = std::ofstream(path, std::ios::binary);
    } else if (files > 0) {
      file << line << '\n';
    } else {
      log.append(line).append("\n");
    }
  }
  return log;
}

void CheckErrors(const std::vector<Error>& errors) {
  Require(errors.size() <= kMostErrors, "errors are capped");
  for (const Error& error : errors) {
    Require(!error.message.empty(), "an error says what is wrong");
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const fs::path folder = FreshFolder();
  const std::string log = Unpack(TextOf(data, size), folder);
  Catalogue catalogue = BuiltIn();
  const std::vector<Error> errors = AddDirectory(folder.string(), &catalogue);
  CheckErrors(errors);
  Require(errors.empty() || catalogue.markers == BuiltIn().markers,
          "what does not load changes nothing");
  if (errors.empty()) {
    CheckErrors(Lint(FindFolders(folder.string()), BuiltIn()).errors);
    const auto source = FromMemory(log);
    const auto diagnosis = Analyze(source.get(), "pod.log", catalogue, {});
    Require(!diagnosis.ok() || !diagnosis.value().outcome.empty(),
            "there is a verdict");
  }
  fs::remove_all(folder);
  return 0;
}
