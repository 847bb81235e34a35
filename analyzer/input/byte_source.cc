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
  explicit MemorySource(std::string_view bytes) : rest_(bytes) {}

  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, rest_.size());
    if (count > 0) std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

class DescriptorSource : public ByteSource {
 public:
  // Closes `descriptor` at the end, unless it is standard input.
  DescriptorSource(int descriptor, std::string name)
      : descriptor_(descriptor), name_(std::move(name)) {}
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

 private:
  int descriptor_;
  std::string name_;
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

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : path;
  const int descriptor = standard_input
                             ? STDIN_FILENO
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{name, WhyNotOpened(errno)};
  std::unique_ptr<ByteSource> source =
      std::make_unique<DescriptorSource>(descriptor, name);
  struct stat status;
  if (::fstat(descriptor, &status) != 0) {
    return Error{name, std::string("cannot open: ") + std::strerror(errno)};
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
