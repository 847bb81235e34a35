// SPDX-License-Identifier: Apache-2.0
// A file that grows, or a pipe that stays open.
#ifndef LOGDIAG_INPUT_FOLLOWED_FILE_H_
#define LOGDIAG_INPUT_FOLLOWED_FILE_H_

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/support/result.h"

namespace logdiag {

// Gives what is there and never waits. A file that is replaced is read to its
// end; then the one that has its name goes on, as soon as something stands in
// it: a writer may hold on to the old one until then. A file that was cut in
// place goes on at its first byte. Both are told in notices, and a line that
// was open there ends.
class FollowedFile {
 public:
  // By path; "-" is standard input. Error if it cannot be opened or read.
  static Result<std::unique_ptr<FollowedFile>> Open(const std::string& path);
  FollowedFile(const FollowedFile&) = delete;
  FollowedFile& operator=(const FollowedFile&) = delete;
  ~FollowedFile();

  // As many bytes as are there, at most `size`; 0 if there are none now.
  Result<std::size_t> Read(char* buffer, std::size_t size);
  // The writers of a pipe are gone. No file ends.
  bool ended() const { return ended_; }

  // Becomes readable when there is something to look at.
  int waits_on() const { return regular_ ? notify_ : descriptor_; }
  // True if that does not tell of everything: then one has to look now and
  // then.
  bool must_look() const { return must_look_; }
  // Takes what waits_on() has told; Read() sees what it was about.
  void Seen();

  // When something was last written, nanoseconds since 1970; nullopt if nobody
  // knows, as with a pipe.
  std::optional<std::int64_t> written_ns() const;
  // What has become of the file since this was last asked.
  std::vector<std::string> TakeNotices();

 private:
  FollowedFile(int descriptor, std::string path);

  // Watches the file and the folder in which another one may take its name.
  void Watch();
  void WatchName();
  // True if there may be more to read: from the start, or from another file.
  bool GoOn();
  bool TakeReplacement(const struct stat& named);
  std::size_t EndLine(char* buffer);
  void Tell(const std::string& what);

  int descriptor_;
  std::string path_;
  bool regular_ = false;
  bool ended_ = false;
  int notify_ = -1;  // of inotify; -1 = there is none
  bool must_look_ = false;
  std::uint64_t offset_ = 0;  // in the file
  std::uint64_t lines_ = 0;   // line feeds given
  bool in_line_ = false;      // what was given last was no line feed
  bool end_line_ = false;     // the line that is open goes no further
  std::vector<std::string> notices_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_FOLLOWED_FILE_H_
