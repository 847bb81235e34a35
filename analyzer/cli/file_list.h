// SPDX-License-Identifier: Apache-2.0
// The files of a survey: folders and lists, and what their names tell.
#ifndef LOGDIAG_CLI_FILE_LIST_H_
#define LOGDIAG_CLI_FILE_LIST_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/regex.h"
#include "analyzer/support/result.h"

namespace logdiag {

// Of `count` parts the one that is taken, from 1 on.
struct Shard {
  std::uint64_t part = 1;
  std::uint64_t count = 1;
};

// "2/8"; nullopt if it is none.
std::optional<Shard> ReadShard(const std::string& text);

// By a hash of the name, so that each file is in one part of them, on any
// machine and whatever else there is.
bool IsIn(const Shard& shard, const std::string& file);

// A file of a survey. What is only found in a folder need not be a log.
struct SurveyFile {
  std::string path;
  bool found = false;
};

bool IsFolder(const std::string& path);

// A folder that is there, or what can only be one.
bool NamesFolder(const std::string& path);

// The regular files below `folder`, by name; those that begin with a dot are
// passed over. What cannot be read is added to `errors`.
std::vector<std::string> FilesBelow(const std::string& folder,
                                    std::vector<Error>* errors);

// What is named, and in place of a folder the files below it; one that holds
// none is an error, too.
std::vector<SurveyFile> FilesOf(const std::vector<std::string>& named,
                                std::vector<Error>* errors);

// The names in the file `list` ("-" = standard input), a line each, or ended by
// a NUL each. Error if there is none, or if they end in another way.
Result<std::vector<std::string>> ReadFileList(const std::string& list,
                                              bool by_nul);

// What "{host}/{pod}.log" tells by the end of a path.
class NamePattern {
 public:
  // Error, with the reason, if the text has no {name} or is no pattern.
  static Result<NamePattern> Of(const std::string& text);

  std::map<std::string, std::string> Traits(const std::string& file) const;
  const std::string& text() const { return text_; }

 private:
  NamePattern(std::string text, Regex regex)
      : text_(std::move(text)), regex_(std::move(regex)) {}

  std::string text_;
  Regex regex_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_FILE_LIST_H_
