// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/followed_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "analyzer/input/byte_source.h"
#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// Kinds of file systems on which inotify tells of every write, as the kernel
// alone writes there: ext, XFS, Btrfs, tmpfs, ZFS, F2FS. On network and layered
// ones others may write.
constexpr std::array<std::uint64_t, 6> kToldOf = {
    0xEF53, 0x58465342, 0x9123683E, 0x01021994, 0x2FC12FC1, 0xF2F52010};

bool TellsAll(int descriptor) {
  struct statfs system {};
  if (::fstatfs(descriptor, &system) != 0) return false;
  const auto kind = static_cast<std::uint64_t>(system.f_type) & 0xFFFFFFFF;
  return std::find(kToldOf.begin(), kToldOf.end(), kind) != kToldOf.end();
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

FollowedFile::FollowedFile(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

FollowedFile::~FollowedFile() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  if (notify_ >= 0) ::close(notify_);
}

Result<std::unique_ptr<FollowedFile>> FollowedFile::Open(
    const std::string& path) {
  const Result<int> opened = OpenDescriptor(path);
  if (!opened.ok()) return opened.error();
  std::unique_ptr<FollowedFile> file(
      new FollowedFile(opened.value(), path == "-" ? "" : path));
  struct stat status {};
  if (::fstat(opened.value(), &status) != 0) {
    return Error{path, std::string("cannot open: ") + std::strerror(errno)};
  }
  file->regular_ = S_ISREG(status.st_mode);
  if (file->regular_) file->Watch();
  return file;
}

void FollowedFile::Watch() {
  must_look_ = true;
  // Of a file on standard input no name is known.
  if (path_.empty()) return;
  notify_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (notify_ < 0) return;
  const int folder = ::inotify_add_watch(notify_, FolderOf(path_).c_str(),
                                         IN_CREATE | IN_MOVED_TO | IN_ONLYDIR);
  WatchName();
  must_look_ = folder < 0 || !TellsAll(descriptor_);
}

void FollowedFile::WatchName() {
  if (notify_ < 0) return;
  if (::inotify_add_watch(notify_, path_.c_str(), IN_MODIFY) < 0 &&
      errno != ENOENT) {
    must_look_ = true;
  }
}

void FollowedFile::Seen() {
  if (notify_ < 0) return;
  alignas(inotify_event) std::array<char, 4096> events;
  while (::read(notify_, events.data(), events.size()) > 0) {
  }
}

std::size_t FollowedFile::EndLine(char* buffer) {
  end_line_ = false;
  if (!in_line_) return 0;
  in_line_ = false;
  ++lines_;
  *buffer = '\n';
  return 1;
}

Result<std::size_t> FollowedFile::Read(char* buffer, std::size_t size) {
  for (;;) {
    if (end_line_ && EndLine(buffer) > 0) return std::size_t{1};
    if (!regular_) {
      pollfd wanted{descriptor_, POLLIN, 0};
      if (ended_ || ::poll(&wanted, 1, 0) <= 0) return std::size_t{0};
    }
    const ssize_t count = ::read(descriptor_, buffer, size);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
      return std::size_t{0};
    }
    if (count < 0) {
      return Error{path_, std::string("cannot read: ") + std::strerror(errno) +
                              AtByte(offset_)};
    }
    if (count > 0) {
      const auto got = static_cast<std::size_t>(count);
      offset_ += got;
      lines_ +=
          static_cast<std::uint64_t>(std::count(buffer, buffer + got, '\n'));
      in_line_ = buffer[got - 1] != '\n';
      return got;
    }
    ended_ = !regular_;
    if (ended_ || !GoOn()) return std::size_t{0};
  }
}

bool FollowedFile::GoOn() {
  // Asked for first: what is written to the old file before is seen below.
  struct stat named {};
  const bool is_named = !path_.empty() && ::stat(path_.c_str(), &named) == 0;
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return false;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > offset_) return true;
  if (size < offset_) {
    Tell("was cut short; reading goes on at its first byte");
    ::lseek(descriptor_, 0, SEEK_SET);
    offset_ = 0;
    end_line_ = true;
    return true;
  }
  const bool replaced =
      is_named && S_ISREG(named.st_mode) &&
      (named.st_ino != status.st_ino || named.st_dev != status.st_dev);
  return replaced && TakeReplacement(named);
}

bool FollowedFile::TakeReplacement(const struct stat& named) {
  if (named.st_size == 0) {
    WatchName();
    return false;
  }
  const int descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  Tell("was replaced; reading goes on in the new file");
  ::close(descriptor_);
  descriptor_ = descriptor;
  offset_ = 0;
  end_line_ = true;
  WatchName();
  return true;
}

void FollowedFile::Tell(const std::string& what) {
  const std::uint64_t first = lines_ + (in_line_ ? 2 : 1);
  notices_.push_back(what + ", which is line " + GroupDigits(first) +
                     " of what was read");
}

std::optional<std::int64_t> FollowedFile::written_ns() const {
  struct stat status {};
  if (!regular_ || ::fstat(descriptor_, &status) != 0) return std::nullopt;
  return static_cast<std::int64_t>(status.st_mtim.tv_sec) * kNsPerSecond +
         status.st_mtim.tv_nsec;
}

std::vector<std::string> FollowedFile::TakeNotices() {
  return std::exchange(notices_, {});
}

}  // namespace logdiag
