// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/file_list.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/input/byte_source.h"
#include "analyzer/support/hash.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> WholeNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number)
                                             : std::nullopt;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || IsDigit(c);
  }) && !IsDigit(text.front());
}

}  // namespace

std::optional<Shard> ReadShard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const auto part = WholeNumber(std::string_view(text).substr(0, slash));
  const auto count = WholeNumber(std::string_view(text).substr(slash + 1));
  if (!part || !count || *part < 1 || *part > *count) return std::nullopt;
  return Shard{*part, *count};
}

bool IsIn(const Shard& shard, const std::string& file) {
  RunningHash hash;
  hash.Add(file);
  return hash.value() % shard.count == shard.part - 1;
}

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool NamesFolder(const std::string& path) {
  return path.ends_with('/') || IsFolder(path);
}

std::vector<std::string> FilesBelow(const std::string& folder,
                                    std::vector<Error>* errors) {
  std::vector<std::string> files;
  std::error_code error;
  auto at = fs::recursive_directory_iterator(folder, error);
  const auto hidden = [](const fs::path& path) {
    return path.filename().string().starts_with('.');
  };
  while (!error && at != fs::end(at)) {
    std::error_code of_entry;
    if (hidden(at->path())) {
      at.disable_recursion_pending();
    } else if (at->is_directory(of_entry)) {
      std::error_code of_folder;
      fs::directory_iterator probe(at->path(), of_folder);
      if (of_folder) {
        errors->push_back({at->path().string(),
                           "cannot be looked into: " + of_folder.message()});
        at.disable_recursion_pending();
      }
    } else if (at->is_regular_file(of_entry)) {
      files.push_back(at->path().string());
    }
    at.increment(error);
  }
  if (error) {
    errors->push_back({folder, "cannot be looked into: " + error.message()});
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<SurveyFile> FilesOf(const std::vector<std::string>& named,
                                std::vector<Error>* errors) {
  std::vector<SurveyFile> files;
  for (const std::string& name : named) {
    if (!IsFolder(name)) {
      files.push_back({name, false});
      continue;
    }
    const std::size_t before = errors->size();
    const std::vector<std::string> below = FilesBelow(name, errors);
    if (below.empty() && errors->size() == before) {
      errors->push_back({name, "there is no file in this folder"});
    }
    for (const std::string& path : below) files.push_back({path, true});
  }
  return files;
}

Result<std::vector<std::string>> ReadFileList(const std::string& list,
                                              bool by_nul) {
  auto source = OpenFile(list);
  if (!source.ok()) return source.error();
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  std::string text;
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + kPiece);
    const auto got = source.value()->Read(text.data() + before, kPiece);
    if (!got.ok()) return Error{list, got.error().message};
    text.resize(before + got.value());
    if (got.value() == 0) break;
  }
  const bool has_nul = Contains(text, std::string_view("\0", 1));
  if (has_nul && !by_nul) {
    return Error{list, "the names in it end in a NUL; add -0"};
  }
  if (by_nul && !has_nul && Contains(text, "\n")) {
    return Error{list, "the names in it stand on lines; leave -0 out"};
  }
  std::vector<std::string> files;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end =
        std::min(rest.find(by_nul ? '\0' : '\n'), rest.size());
    std::string_view name = rest.substr(0, end);
    if (!by_nul && name.ends_with('\r')) name.remove_suffix(1);
    if (!name.empty()) files.emplace_back(name);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (files.empty()) return Error{list, "it names no file"};
  return files;
}

Result<NamePattern> NamePattern::Of(const std::string& text) {
  std::string regex = "(?:^|/)";
  bool any = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      regex += Regex::Quoted(std::string_view(text).substr(at, 1));
      continue;
    }
    const std::size_t end = text.find('}', at);
    const std::string name =
        end == text.npos ? "" : text.substr(at + 1, end - at - 1);
    if (!IsName(name)) {
      return Error{"", "\"" + text + "\" names no traits; write it as " +
                           "{host}/{pod}.log, the end of a path"};
    }
    regex += "(?P<" + name + ">[^/]+?)";
    any = true;
    at = end;
  }
  std::string why;
  auto compiled = Regex::Compile(regex + "$", &why);
  if (any && compiled) return NamePattern(text, *std::move(compiled));
  return Error{
      "", "\"" + text + "\" names no traits" + (why.empty() ? "" : ": " + why)};
}

std::map<std::string, std::string> NamePattern::Traits(
    const std::string& file) const {
  std::map<std::string, std::string> traits;
  const auto captures = regex_.Find(file);
  if (!captures) return traits;
  for (const auto& [name, value] : *captures) traits.emplace(name, value);
  return traits;
}

}  // namespace logdiag
