// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/pattern_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

// Folders in folders; patterns have three.
constexpr std::size_t kMaxDepth = 16;

bool IsYamlName(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension == kYamlExtension || extension == ".yml";
}

bool IsHidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

// What `folder` holds, sorted; what is hidden left out.
std::vector<fs::path> EntriesOf(const fs::path& folder,
                                std::error_code* error) {
  std::vector<fs::path> entries;
  fs::directory_iterator at(folder, *error);
  for (; !*error && at != fs::directory_iterator(); at.increment(*error)) {
    if (!IsHidden(at->path())) entries.push_back(at->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

class Finder {
 public:
  Finder(const fs::path& root, ErrorList* errors) : errors_(errors) {
    std::error_code ignored;
    above_.push_back(fs::canonical(root, ignored));
    Find(root);
  }

  std::vector<fs::path> Take() { return std::move(paths_); }

 private:
  void Find(const fs::path& folder) {
    std::error_code error;
    const std::vector<fs::path> entries = EntriesOf(folder, &error);
    if (error) Fail(folder, "cannot list: " + error.message());
    for (const fs::path& entry : entries) Look(entry);
  }

  void Fail(const fs::path& path, std::string message) {
    errors_->Add({path.string(), std::move(message)});
  }

  void Look(const fs::path& path) {
    std::error_code error;
    const fs::file_type type = fs::status(path, error).type();
    const bool yaml = IsYamlName(path);
    if (type == fs::file_type::directory) {
      if (yaml) {
        Fail(path, "is a folder; give it a name without an extension");
      } else {
        Enter(path);
      }
    } else if (type == fs::file_type::regular) {
      if (yaml && path.extension() != kYamlExtension) {
        Fail(path, "name it .yaml, in small letters, to be read");
      } else if (yaml) {
        paths_.push_back(path);
      }
    } else if (type == fs::file_type::none ||
               type == fs::file_type::not_found) {
      // Without an extension it may have been meant for a folder.
      if (yaml || path.extension().empty()) {
        Fail(path, "is a link that leads nowhere; mend or remove it");
      }
    } else if (yaml) {
      Fail(path,
           "is neither a file nor a link to one; put a file in its place");
    }
  }

  static bool Holds(const fs::path& folder, const fs::path& inner) {
    return std::mismatch(folder.begin(), folder.end(), inner.begin(),
                         inner.end())
               .first == folder.end();
  }

  // A link to a folder above would never end.
  void Enter(const fs::path& path) {
    std::error_code error;
    fs::path real = fs::canonical(path, error);
    if (Holds(real, above_.front()) ||
        std::find(above_.begin(), above_.end(), real) != above_.end()) {
      Fail(path, "is a link to a folder that it stands in; remove it");
    } else if (above_.size() == kMaxDepth) {
      Fail(path, "is a folder in more folders than are looked into (" +
                     std::to_string(kMaxDepth) + "); move it up");
    } else {
      above_.push_back(std::move(real));
      Find(path);
      above_.pop_back();
    }
  }

  ErrorList* errors_;
  std::vector<fs::path> paths_;
  std::vector<fs::path> above_;  // the folders that are being looked into
};

// A trailing slash would leave the folder without a name.
fs::path RootOf(const std::string& folder) {
  fs::path root(folder);
  return root.has_filename() ? root : root.parent_path();
}

// The first `most` bytes of the file, as long as it is one: a FIFO would keep
// whoever opens it waiting.
bool ReadBytes(const std::string& path, std::size_t most,
               std::string* content) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct stat status = {};
  bool good = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  constexpr std::size_t kBlock = 65536;
  while (good && content->size() < most) {
    const std::size_t before = content->size();
    content->resize(std::min(most, before + kBlock));
    const ssize_t got =
        ::read(file, content->data() + before, content->size() - before);
    content->resize(before +
                    static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
    good = got > 0 || errno == EINTR;
  }
  ::close(file);
  return good;
}

}  // namespace

bool Exceed(const std::string& path, std::string_view what, PatternRoom* room,
            ErrorList* errors) {
  room->exceeded = true;
  errors->Add({path, "with this file the folder holds more than " +
                         std::string(what) +
                         "; split the folder. The rest of it was not "
                         "looked at"});
  return false;
}

std::vector<PatternFile> FindPatternFiles(const std::string& folder,
                                          ErrorList* errors) {
  std::vector<PatternFile> files;
  if (folder.empty()) return files;
  const fs::path root = RootOf(folder);
  std::error_code ignored;
  if (fs::symlink_status(root, ignored).type() == fs::file_type::not_found) {
    return files;
  }
  if (!fs::is_directory(root, ignored)) {
    errors->Add({root.string(), "is no folder; put one in its place"});
    return files;
  }
  Finder finder(root, errors);
  for (const fs::path& path : finder.Take()) {
    files.push_back({path.string(),
                     (root.filename() / path.lexically_relative(root)).string(),
                     {}});
  }
  return files;
}

bool ReadPatternFile(PatternFile* file, PatternRoom* room, ErrorList* errors) {
  if (room->exceeded) return false;
  if (room->files == 0) {
    return Exceed(file->path, GroupDigits(PatternRoom().files) + " files", room,
                  errors);
  }
  --room->files;
  if (!ReadBytes(file->path, kMaxPatternFileBytes + 1, &file->content)) {
    errors->Add({file->path, "cannot be read"});
    return false;
  }
  if (file->content.size() > kMaxPatternFileBytes) {
    errors->Add({file->path,
                 "is larger than a file of patterns may be (1 "
                 "MiB); split it"});
    return false;
  }
  if (file->content.size() > room->bytes) {
    return Exceed(file->path, "16 MiB of files", room, errors);
  }
  room->bytes -= file->content.size();
  return true;
}

std::vector<PatternFile> ReadPatternFiles(const std::string& folder,
                                          ErrorList* errors) {
  std::vector<PatternFile> files;
  PatternRoom room;
  for (PatternFile& file : FindPatternFiles(folder, errors)) {
    if (ReadPatternFile(&file, &room, errors)) files.push_back(std::move(file));
  }
  return files;
}

std::vector<std::string> StrayPatternFiles(
    const std::string& folder, const std::vector<std::string_view>& tables) {
  std::vector<std::string> strays;
  std::error_code error;
  const auto note = [&](const fs::path& entry) {
    std::error_code ignored;
    if (IsYamlName(entry) && !fs::is_directory(entry, ignored)) {
      strays.push_back(entry.string());
    }
  };
  for (const fs::path& entry : EntriesOf(RootOf(folder), &error)) {
    note(entry);
    const std::string name = entry.filename().string();
    if (!fs::is_directory(entry, error) ||
        std::find(tables.begin(), tables.end(), name) != tables.end()) {
      continue;
    }
    for (const fs::path& inner : EntriesOf(entry, &error)) note(inner);
  }
  return strays;
}

}  // namespace logdiag
