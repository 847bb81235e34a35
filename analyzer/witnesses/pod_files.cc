// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/pod_files.h"

#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace logdiag {
namespace {

SourceFile LeftOut(std::string name, std::string why) {
  SourceFile file;
  file.name = std::move(name);
  file.role = SourceFile::Role::kLeftOut;
  file.what = std::move(why);
  return file;
}

// All of `source`; Error if it cannot be read, or is more than `most` bytes.
Result<std::string> ReadAll(ByteSource* source, std::size_t most) {
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  std::string text;
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + kPiece);
    const auto got = source->Read(text.data() + before, kPiece);
    if (!got.ok()) return got.error();
    text.resize(before + got.value());
    if (got.value() == 0) return text;
    if (text.size() > most) {
      return Error{"", "it is too long to be kept; give it as a plain file"};
    }
  }
}

class Opener {
 public:
  explicit Opener(const InputOptions& options) : options_(options) {}

  void Open(const std::string& path) {
    auto opened = Logs::Open(path, options_);
    if (!opened.ok()) {
      found_.left_out.push_back(LeftOut(path, opened.error().message));
      // What is no log was read, and is known to be none.
      std::error_code error;
      found_.left_out.back().unread = !std::filesystem::exists(path, error) ||
                                      access(path.c_str(), R_OK) != 0;
      return;
    }
    Logs& logs = *opened.value();
    if (!logs.is_archive()) {
      TakeFile(path, &logs);
      return;
    }
    while (const std::optional<Logs::Log> log = logs.Next()) {
      TakePassedOver(&logs);
      TakeMember(path, *log);
    }
    TakePassedOver(&logs);
    if (logs.error()) {
      found_.left_out.push_back(LeftOut(path, logs.error()->message));
      found_.left_out.back().unread = true;
    }
  }

  PodFiles Take() { return std::move(found_); }

 private:
  void TakeFile(const std::string& path, Logs* logs) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) {
      found_.files.push_back({path, path});
      return;
    }
    // A pipe gives its bytes once.
    if (const auto log = logs->Next()) TakeText({path, path, true}, *log);
  }

  void TakeMember(const std::string& path, const Logs::Log& log) {
    TakeText({path + ":" + log.member, path, true}, log);
  }

  void TakeText(PodFile file, const Logs::Log& log) {
    Result<std::string> text = ReadAll(log.source, kMostPacked - packed_);
    if (!text.ok()) {
      found_.left_out.push_back(LeftOut(file.name, text.error().message));
      found_.left_out.back().unread = true;
      return;
    }
    file.text = std::move(text).value();
    packed_ += file.text.size();
    found_.files.push_back(std::move(file));
  }

  void TakePassedOver(Logs* logs) {
    for (const Error& error : logs->TakeLeftOut()) {
      found_.left_out.push_back(LeftOut(error.where, error.message));
    }
  }

  const InputOptions& options_;
  PodFiles found_;
  std::size_t packed_ = 0;
};

}  // namespace

Result<std::unique_ptr<PodFileReader>> PodFileReader::Open(
    const PodFile& file, const InputOptions& options) {
  std::unique_ptr<PodFileReader> reader(new PodFileReader());
  if (file.packed) {
    reader->memory_ = FromMemory(file.text);
    reader->source_ = reader->memory_.get();
    return reader;
  }
  auto opened = Logs::Open(file.path, options);
  if (!opened.ok()) return opened.error();
  reader->logs_ = std::move(opened).value();
  const std::optional<Logs::Log> log = reader->logs_->Next();
  if (!log) return Error{file.name, "it cannot be read again"};
  reader->source_ = log->source;
  return reader;
}

PodFiles OpenPodFiles(const std::vector<std::string>& paths,
                      const InputOptions& options) {
  Opener opener(options);
  for (const std::string& path : paths) opener.Open(path);
  return opener.Take();
}

}  // namespace logdiag
