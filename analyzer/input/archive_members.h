// SPDX-License-Identifier: Apache-2.0
// The members of a tar or zip archive, in order, read and never extracted.
#ifndef LOGDIAG_INPUT_ARCHIVE_MEMBERS_H_
#define LOGDIAG_INPUT_ARCHIVE_MEMBERS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/input/byte_source.h"
#include "analyzer/support/result.h"

struct archive;  // libarchive's

namespace logdiag {

class ArchiveMembers {
 public:
  // `source` must outlive this one. One that can be read at any place is read
  // by its directory, if it has one, and what is not wanted is passed over.
  explicit ArchiveMembers(ByteSource* source);
  ~ArchiveMembers();
  ArchiveMembers(const ArchiveMembers&) = delete;
  ArchiveMembers& operator=(const ArchiveMembers&) = delete;

  // Goes to the next ordinary file: directories, links, devices are passed
  // over. False at the end and at an error.
  bool Next();

  // Of the member at hand: its path, made printable and at most 1,024 bytes of
  // it, and whether a password is needed.
  const std::string& name() const { return name_; }
  bool encrypted() const { return encrypted_; }
  // At most `size` bytes of it; 0 at its end. An error may be of this member
  // alone.
  Result<std::size_t> Read(char* buffer, std::size_t size);

  // Set if the archive could not be read to its end.
  const std::optional<Error>& error() const { return error_; }

 private:
  friend struct ArchiveCallbacks;

  // Sees to it that rest_ holds bytes; false at the member's end or an error.
  bool Refill();
  // What the source said; else what libarchive says of the archive.
  void Fail();
  // Where, and libarchive's words.
  std::string Why() const;

  ByteSource* source_;
  struct archive* archive_;
  std::vector<char> block_;  // what libarchive has been given
  std::uint64_t position_ = 0;
  std::optional<Error> source_error_;
  std::string_view rest_;  // of the member's block at hand
  std::optional<Error> member_error_;
  std::string name_;
  bool encrypted_ = false;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_ARCHIVE_MEMBERS_H_
