// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace logdiag {
namespace {

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes), rest_(bytes) {}

  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, rest_.size());
    if (count > 0) std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

  bool CanReadAt() const override { return true; }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    return MemorySource(
               bytes_.substr(std::min<std::uint64_t>(offset, bytes_.size())))
        .Read(buffer, size);
  }

 private:
  std::string_view bytes_;
  std::string_view rest_;
};

class DescriptorSource : public ByteSource {
 public:
  // Closes `descriptor` at the end, unless it is standard input.
  DescriptorSource(int descriptor, std::string name, bool seekable)
      : descriptor_(descriptor), name_(std::move(name)), seekable_(seekable) {}
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;
  ~DescriptorSource() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    if (error_) return *error_;
    if (ended_) return std::size_t{0};
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, buffer, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
      error_ =
          Error{name_, std::string("cannot read: ") + std::strerror(errno)};
      return *error_;
    }
    ended_ = count == 0;
    return static_cast<std::size_t>(count);
  }

  bool CanReadAt() const override { return seekable_; }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    ssize_t count = 0;
    do {
      count = ::pread(descriptor_, buffer, size, static_cast<off_t>(offset));
    } while (count < 0 && errno == EINTR);
    if (count >= 0) return static_cast<std::size_t>(count);
    return Error{name_, std::string("cannot read: ") + std::strerror(errno)};
  }

 private:
  int descriptor_;
  std::string name_;
  bool seekable_;
  bool ended_ = false;
  std::optional<Error> error_;
};

// Why `path` could not be opened, and what to do about it.
std::string WhyNotOpened(int error) {
  switch (error) {
    case ENOENT:
      return "no such file; check the path, or use - for standard input";
    case EACCES:
      return "permission denied; make the file readable or copy it first";
    default:
      return std::string("cannot open: ") + std::strerror(error);
  }
}

}  // namespace

Result<std::size_t> ByteSource::ReadAt(std::uint64_t /*offset*/,
                                       char* /*buffer*/, std::size_t /*size*/) {
  return Error{"", "cannot be read twice"};
}

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : path;
  const int descriptor = standard_input
                             ? STDIN_FILENO
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{name, WhyNotOpened(errno)};
  struct stat status;
  const bool known = ::fstat(descriptor, &status) == 0;
  const int why = errno;
  // Standard input may be a file of which a part has been read.
  const bool seekable =
      known && S_ISREG(status.st_mode) && ::lseek(descriptor, 0, SEEK_CUR) == 0;
  std::unique_ptr<ByteSource> source =
      std::make_unique<DescriptorSource>(descriptor, name, seekable);
  if (!known) {
    return Error{name, std::string("cannot open: ") + std::strerror(why)};
  }
  if (S_ISDIR(status.st_mode)) {
    return Error{name, "is a directory; give the log file in it"};
  }
  return source;
}

std::unique_ptr<ByteSource> FromMemory(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

}  // namespace logdiag
