// SPDX-License-Identifier: Apache-2.0
// The files of one pod, each of which can be read again from its start.
#ifndef LOGDIAG_WITNESSES_POD_FILES_H_
#define LOGDIAG_WITNESSES_POD_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "analyzer/input/byte_source.h"
#include "analyzer/input/logs.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/result.h"

namespace logdiag {

// One file, or one member of an archive.
struct PodFile {
  std::string name;  // with its member
  std::string path;
  bool packed = false;  // in an archive or a pipe; then `text` is all of it
  std::string text = {};
};

// A file that is being read.
class PodFileReader {
 public:
  // Error if it cannot be read. `file` must outlive the reader.
  static Result<std::unique_ptr<PodFileReader>> Open(
      const PodFile& file, const InputOptions& options);

  ByteSource* source() { return source_; }

 private:
  PodFileReader() = default;

  std::unique_ptr<Logs> logs_;
  std::unique_ptr<ByteSource> memory_;
  ByteSource* source_ = nullptr;
};

struct PodFiles {
  std::vector<PodFile> files;
  std::vector<SourceFile> left_out;  // what could not be read, and why
};

// The files at `paths`, which are no folders. What an archive or a pipe holds
// is kept in memory, so of these no more than kMostPacked is read.
inline constexpr std::size_t kMostPacked = std::size_t{256} << 20;
PodFiles OpenPodFiles(const std::vector<std::string>& paths,
                      const InputOptions& options);

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_POD_FILES_H_
