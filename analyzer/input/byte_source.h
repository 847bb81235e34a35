// SPDX-License-Identifier: Apache-2.0
// Where bytes come from: a file, standard input, or memory.
#ifndef LOGDIAG_INPUT_BYTE_SOURCE_H_
#define LOGDIAG_INPUT_BYTE_SOURCE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/support/result.h"

namespace logdiag {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads at most `size` bytes into `buffer`; 0 means the end. After an error
  // or the end, further reads give the same. The message of an error says at
  // which byte.
  virtual Result<std::size_t> Read(char* buffer, std::size_t size) = 0;

  // How many bytes there are in all; nullopt if only reading them tells.
  virtual std::optional<std::uint64_t> Size() const { return std::nullopt; }

  // True for regular files and memory: ReadAt() reads any part again.
  virtual bool CanReadAt() const { return false; }
  // Reads at most `size` bytes that begin at `offset` of what Read() gives; 0
  // means the end. Read() goes on where it was.
  virtual Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                                     std::size_t size);
};

// What looks on while another source is read: all but Read() is that one's.
// `source` must outlive it.
class OverSource : public ByteSource {
 public:
  explicit OverSource(ByteSource* source) : source_(source) {}

  std::optional<std::uint64_t> Size() const override { return source_->Size(); }
  bool CanReadAt() const override { return source_->CanReadAt(); }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    return source_->ReadAt(offset, buffer, size);
  }

 protected:
  ByteSource* source_;
};

// " at byte 1,234", counted from 0: the end of messages.
std::string AtByte(std::uint64_t offset);

// The descriptor of `path`, to be read; "-" is standard input. Error if it is
// missing, unreadable or a directory.
Result<int> OpenDescriptor(const std::string& path);

// A regular file, pipe or device by path; "-" is standard input. Error if it
// is missing, unreadable or a directory. A regular file is as long as it was
// when it was opened: what is written behind that is not read, and an end
// before it is an error. As soon as `*stop` is true, reads are errors, too, and
// one that waits ends.
Result<std::unique_ptr<ByteSource>> OpenFile(
    const std::string& path, const std::atomic<bool>* stop = nullptr);

// `bytes` must outlive the source.
std::unique_ptr<ByteSource> FromMemory(std::string_view bytes);

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_BYTE_SOURCE_H_
