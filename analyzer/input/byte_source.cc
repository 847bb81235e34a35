// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "analyzer/support/text.h"

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

  std::optional<std::uint64_t> Size() const override { return bytes_.size(); }
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
  struct Traits {
    bool seekable = false;
    std::optional<std::uint64_t> size;  // of a regular file
    const std::atomic<bool>* stop = nullptr;
  };
  // Closes `descriptor` at the end, unless it is standard input.
  DescriptorSource(int descriptor, std::string name, Traits traits)
      : descriptor_(descriptor), name_(std::move(name)), traits_(traits) {}
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;
  ~DescriptorSource() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    if (error_) return *error_;
    if (ended_) return std::size_t{0};
    if (traits_.size) {
      size = static_cast<std::size_t>(
          std::min<std::uint64_t>(size, *traits_.size - offset_));
    }
    if (traits_.stop != nullptr && !traits_.seekable) WaitForBytes();
    const Result<std::size_t> got =
        TryAgain(offset_, [&] { return ::read(descriptor_, buffer, size); });
    if (!got.ok()) {
      error_ = got.error();
      return got;
    }
    offset_ += got.value();
    ended_ = got.value() == 0;
    if (ended_ && traits_.size && offset_ < *traits_.size) {
      error_ = Error{
          name_,
          "the file became shorter while it was read: " + GroupDigits(offset_) +
              " of " + GroupDigits(*traits_.size) + " bytes were there"};
      return *error_;
    }
    return got;
  }

  std::optional<std::uint64_t> Size() const override { return traits_.size; }
  bool CanReadAt() const override { return traits_.seekable; }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    return TryAgain(offset, [&] {
      return ::pread(descriptor_, buffer, size, static_cast<off_t>(offset));
    });
  }

 private:
  // Returns early if it is to stop.
  void WaitForBytes() const {
    constexpr int kLookAgainMs = 200;
    pollfd wanted{descriptor_, POLLIN, 0};
    while (traits_.stop == nullptr || !*traits_.stop) {
      const int ready = ::poll(&wanted, 1, kLookAgainMs);
      if (ready > 0 || (ready < 0 && errno != EINTR)) return;
    }
  }

  // What `read` reads; signals that are none to stop do not matter.
  template <typename Reader>
  Result<std::size_t> TryAgain(std::uint64_t offset, const Reader& read) {
    for (;;) {
      if (traits_.stop != nullptr && *traits_.stop) {
        return Error{name_, "stopped by a signal" + AtByte(offset)};
      }
      const ssize_t count = read();
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno == EINTR) continue;
      // Whoever shares the pipe has made it non-blocking.
      if (errno == EAGAIN && !traits_.seekable) {
        WaitForBytes();
        continue;
      }
      return Error{name_, std::string("cannot read: ") + std::strerror(errno) +
                              AtByte(offset)};
    }
  }

  int descriptor_;
  std::string name_;
  Traits traits_;
  std::uint64_t offset_ = 0;
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

std::string AtByte(std::uint64_t offset) {
  return " at byte " + GroupDigits(offset);
}

Result<int> OpenDescriptor(const std::string& path) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : path;
  const int descriptor = standard_input
                             ? STDIN_FILENO
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{name, WhyNotOpened(errno)};
  struct stat status;
  std::string wrong;
  if (::fstat(descriptor, &status) != 0) {
    wrong = std::string("cannot open: ") + std::strerror(errno);
  } else if (S_ISDIR(status.st_mode)) {
    wrong = "is a directory; give the log file in it";
  }
  if (wrong.empty()) return descriptor;
  if (!standard_input) ::close(descriptor);
  return Error{name, wrong};
}

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path,
                                             const std::atomic<bool>* stop) {
  const Result<int> opened = OpenDescriptor(path);
  if (!opened.ok()) return opened.error();
  const int descriptor = opened.value();
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  DescriptorSource::Traits traits;
  traits.stop = stop;
  // Standard input may be a file of which a part has been read.
  traits.seekable =
      known && S_ISREG(status.st_mode) && ::lseek(descriptor, 0, SEEK_CUR) == 0;
  // Those that the kernel makes up, as in /proc, say that they are empty.
  if (traits.seekable && status.st_size > 0) {
    traits.size = static_cast<std::uint64_t>(status.st_size);
  }
  std::unique_ptr<ByteSource> source = std::make_unique<DescriptorSource>(
      descriptor, path == "-" ? "standard input" : path, traits);
  return source;
}

std::unique_ptr<ByteSource> FromMemory(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

}  // namespace logdiag
