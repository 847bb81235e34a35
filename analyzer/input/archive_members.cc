// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/archive_members.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// When a member is damaged, libarchive drops what it made of the whole block.
constexpr std::size_t kMemberBlockBytes = 8 * 1024;
constexpr std::size_t kMostNameBytes = 1024;

// As stored; names in UTF-8 have no other form in the locale of programs that
// set none.
std::string NameOf(struct archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  return Printable(name == nullptr ? "(no name)" : name, kMostNameBytes);
}

}  // namespace

struct ArchiveCallbacks {
  static bool Anywhere(const ArchiveMembers& members) {
    return members.source_->CanReadAt() && members.source_->Size();
  }

  static la_ssize_t Read(struct archive* a, void* data, const void** block) {
    auto* members = static_cast<ArchiveMembers*>(data);
    std::vector<char>& bytes = members->block_;
    const auto got = Anywhere(*members)
                         ? members->source_->ReadAt(members->position_,
                                                    bytes.data(), bytes.size())
                         : members->source_->Read(bytes.data(), bytes.size());
    if (!got.ok()) {
      members->source_error_ = got.error();
      archive_set_error(a, EIO, "the source failed");
      return ARCHIVE_FATAL;
    }
    members->position_ += got.value();
    *block = bytes.data();
    return static_cast<la_ssize_t>(got.value());
  }

  static la_int64_t Skip(struct archive* /*a*/, void* data, la_int64_t bytes) {
    auto* members = static_cast<ArchiveMembers*>(data);
    const std::uint64_t rest = *members->source_->Size() - members->position_;
    const auto skipped = std::min(rest, static_cast<std::uint64_t>(bytes));
    members->position_ += skipped;
    return static_cast<la_int64_t>(skipped);
  }

  static la_int64_t Seek(struct archive* /*a*/, void* data, la_int64_t offset,
                         int whence) {
    auto* members = static_cast<ArchiveMembers*>(data);
    const auto size = static_cast<la_int64_t>(*members->source_->Size());
    la_int64_t from = 0;
    if (whence == SEEK_CUR) from = static_cast<la_int64_t>(members->position_);
    if (whence == SEEK_END) from = size;
    const la_int64_t to = std::clamp<la_int64_t>(from + offset, 0, size);
    members->position_ = static_cast<std::uint64_t>(to);
    return to;
  }
};

ArchiveMembers::ArchiveMembers(ByteSource* source)
    : source_(source), archive_(archive_read_new()), block_(kMemberBlockBytes) {
  archive_read_support_format_tar(archive_);
  archive_read_support_format_zip(archive_);
  archive_read_set_read_callback(archive_, ArchiveCallbacks::Read);
  if (ArchiveCallbacks::Anywhere(*this)) {
    archive_read_set_skip_callback(archive_, ArchiveCallbacks::Skip);
    archive_read_set_seek_callback(archive_, ArchiveCallbacks::Seek);
  }
  archive_read_set_callback_data(archive_, this);
  if (archive_read_open1(archive_) != ARCHIVE_OK) Fail();
}

ArchiveMembers::~ArchiveMembers() { archive_read_free(archive_); }

std::string ArchiveMembers::Why() const {
  const char* words = archive_error_string(archive_);
  std::string_view why = words == nullptr ? "" : words;
  why = why.substr(0, why.find_last_not_of('\n') + 1);
  return AtByte(position_) +
         (why.empty() ? "" : " (" + Printable(why, kMostNameBytes) + ")");
}

void ArchiveMembers::Fail() {
  error_ = source_error_ ? *source_error_
                         : Error{"", "the archive is damaged or cut" + Why()};
}

bool ArchiveMembers::Next() {
  while (!error_) {
    struct archive_entry* entry = nullptr;
    const int code = archive_read_next_header(archive_, &entry);
    if (code == ARCHIVE_EOF) return false;
    if (code == ARCHIVE_RETRY) continue;
    if (code == ARCHIVE_FAILED || code == ARCHIVE_FATAL) {
      Fail();
      return false;
    }
    if (archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != nullptr) {
      continue;
    }
    rest_ = {};
    member_error_.reset();
    name_ = NameOf(entry);
    encrypted_ = archive_entry_is_encrypted(entry) != 0;
    return true;
  }
  return false;
}

// By blocks, as archive_read_data() forgets what it has when an error follows.
// What lies between blocks is a hole of a sparse file.
bool ArchiveMembers::Refill() {
  while (rest_.empty() && !member_error_) {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int code = archive_read_data_block(archive_, &data, &size, &offset);
    if (code == ARCHIVE_EOF) return false;
    if (code == ARCHIVE_FATAL || source_error_) {
      Fail();
      return false;
    }
    if (code != ARCHIVE_OK) {
      // The members behind this one can be read.
      member_error_ = Error{"", "the member is damaged" + Why()};
    }
    // A sum that is wrong comes with the last bytes.
    rest_ = std::string_view(static_cast<const char*>(data), size);
  }
  return !rest_.empty();
}

Result<std::size_t> ArchiveMembers::Read(char* buffer, std::size_t size) {
  if (error_) return *error_;
  if (!Refill()) {
    if (error_) return *error_;
    if (member_error_) return *member_error_;
    return std::size_t{0};
  }
  const std::size_t count = std::min(size, rest_.size());
  std::memcpy(buffer, rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

}  // namespace logdiag
