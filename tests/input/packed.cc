// SPDX-License-Identifier: Apache-2.0
#include "tests/input/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <lz4frame.h>

#include <algorithm>
#include <cstring>

namespace logdiag {
namespace {

la_ssize_t Append(struct archive* /*a*/, void* out, const void* data,
                  std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(data), size);
  return static_cast<la_ssize_t>(size);
}

// Writes `members` with what `prepare` sets up.
template <typename Prepare>
std::string Written(const std::vector<Packed>& members,
                    const Prepare& prepare) {
  std::string out;
  struct archive* a = archive_write_new();
  prepare(a);
  archive_write_set_bytes_in_last_block(a, 1);
  archive_write_open(a, &out, nullptr, Append, nullptr);
  for (const Packed& member : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(
        entry, member.kind == Packed::Kind::kFolder ? AE_IFDIR : AE_IFREG);
    if (member.kind == Packed::Kind::kLink) {
      archive_entry_set_filetype(entry, AE_IFLNK);
      archive_entry_set_symlink(entry, member.text.c_str());
    } else {
      archive_entry_set_size(entry,
                             static_cast<la_int64_t>(member.text.size()));
    }
    archive_write_header(a, entry);
    if (member.kind == Packed::Kind::kFile) {
      archive_write_data(a, member.text.data(), member.text.size());
    }
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  return out;
}

class Owned : public ByteSource {
 public:
  Owned(std::string bytes, bool file)
      : bytes_(std::move(bytes)), source_(FromMemory(bytes_)), file_(file) {}
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    return source_->Read(buffer, size);
  }
  std::optional<std::uint64_t> Size() const override {
    return file_ ? source_->Size() : std::nullopt;
  }
  bool CanReadAt() const override { return file_; }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    return source_->ReadAt(offset, buffer, size);
  }

 private:
  std::string bytes_;
  std::unique_ptr<ByteSource> source_;
  bool file_;
};

}  // namespace

std::string Pack(Codec codec, const std::string& text) {
  // libarchive's own writer of it crashes if there is nothing to write.
  if (codec == Codec::kLz4) {
    std::string out(LZ4F_compressFrameBound(text.size(), nullptr), '\0');
    out.resize(LZ4F_compressFrame(out.data(), out.size(), text.data(),
                                  text.size(), nullptr));
    return out;
  }
  return Written({{"log", text}}, [codec](struct archive* a) {
    archive_write_set_format_raw(a);
    switch (codec) {
      case Codec::kGzip:
        archive_write_add_filter_gzip(a);
        break;
      case Codec::kZstd:
        archive_write_add_filter_zstd(a);
        break;
      case Codec::kXz:
        archive_write_add_filter_xz(a);
        break;
      case Codec::kBzip2:
        archive_write_add_filter_bzip2(a);
        break;
      case Codec::kLz4:
        break;
    }
  });
}

std::string Tar(const std::vector<Packed>& members) {
  return Written(members, archive_write_set_format_pax_restricted);
}

std::string Zip(const std::vector<Packed>& members) {
  return Written(members, archive_write_set_format_zip);
}

std::unique_ptr<ByteSource> PipeOf(const std::string& bytes) {
  return std::make_unique<Owned>(bytes, false);
}

std::unique_ptr<ByteSource> FileOf(const std::string& bytes) {
  return std::make_unique<Owned>(bytes, true);
}

}  // namespace logdiag
