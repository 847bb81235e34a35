// SPDX-License-Identifier: Apache-2.0
// The logs that a file holds: itself, what it unpacks to, or its members.
#ifndef LOGDIAG_INPUT_LOGS_H_
#define LOGDIAG_INPUT_LOGS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/input/archive_members.h"
#include "analyzer/input/byte_budget.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/input/file_kind.h"
#include "analyzer/support/result.h"

namespace logdiag {

struct InputOptions {
  // Of text, all logs of the file together.
  std::uint64_t max_bytes = kDefaultMaxBytes;
  const std::atomic<bool>* stop = nullptr;  // see OpenFile()
};

class Logs {
 public:
  struct Log {
    std::string member;  // its name in the archive; "" if it is none's
    ByteSource* source;  // until the next call of Next()
  };

  // By path, or "-". Error if it cannot be opened or read, or is no log and
  // holds none.
  static Result<std::unique_ptr<Logs>> Open(const std::string& path,
                                            const InputOptions& options);
  // The logs in `source`, as if it were the file `name`.
  static Result<std::unique_ptr<Logs>> Of(std::unique_ptr<ByteSource> source,
                                          const std::string& name,
                                          const InputOptions& options);

  // nullopt behind the last one, and when the rest cannot be read.
  std::optional<Log> Next();

  // True if it is an archive, with any number of logs in it.
  bool is_archive() const { return members_ != nullptr; }
  // Members that were passed over on the way to the log that Next() gave, and
  // why, since this was last asked.
  std::vector<Error> TakeLeftOut();
  // False if a log was not read to its end, or one could not be read at all.
  bool whole() const { return whole_ && !error_; }
  // Set if the rest of the archive cannot be read.
  const std::optional<Error>& error() const { return error_; }

 private:
  // What a log is read through, the innermost first: each reads the one before.
  using Layers = std::vector<std::unique_ptr<ByteSource>>;
  class Member;
  class Watched;

  Logs(const std::string& name, const InputOptions& options);

  // Lays the layers of the file; Error if it is no log and holds none.
  Status Prepare(std::unique_ptr<ByteSource> source);
  // The log of the member at hand; nullopt, and perhaps a reason in left_out_,
  // if it is none.
  std::optional<Log> OpenMember();
  // Passes over what is left of the member at hand.
  void Drain();
  void LeaveOut(const std::string& why);

  std::string name_;
  ByteMeter read_;       // bytes of the file
  ByteBudget unpacked_;  // of the archive, by the codec around it
  ByteBudget text_;      // of logs
  Layers file_;
  Layers member_;
  ByteSource* log_ = nullptr;  // the only one of a file that is no archive
  std::unique_ptr<ArchiveMembers> members_;
  std::uint64_t given_ = 0;  // logs of the archive
  std::vector<Error> left_out_;
  std::uint64_t left_out_count_ = 0;
  bool whole_ = true;
  std::optional<Error> error_;
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_LOGS_H_
