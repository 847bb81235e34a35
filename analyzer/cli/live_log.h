// SPDX-License-Identifier: Apache-2.0
// A log that is followed, as a source that waits for more, and looks at what it
// has given when something may have happened.
#ifndef LOGDIAG_CLI_LIVE_LOG_H_
#define LOGDIAG_CLI_LIVE_LOG_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "analyzer/cli/glance.h"
#include "analyzer/cli/hook.h"
#include "analyzer/cli/snapshot.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/input/followed_file.h"

namespace logdiag {

// Nanoseconds since 1970 by the clock of this machine.
std::int64_t NowNs();

class LiveLog : public ByteSource {
 public:
  using Clock = std::chrono::steady_clock;

  struct Parts {
    FollowedFile* file;
    Hook* hook;
    const std::atomic<bool>* stop;
    // Takes what a look has found. False: it is of no use to go on.
    std::function<bool(const Glance&)> take;
    // Called where the log ends, in each copy and in the original.
    std::function<void()> on_end;
  };

  // All parts must outlive it; `name` is that of the log.
  LiveLog(std::string name, Parts parts);

  // Waits until there is something, in the original. The log ends with the
  // writers of a pipe or when it is to stop; and in each copy that looks at it,
  // where it is now.
  Result<std::size_t> Read(char* buffer, std::size_t size) override;

  const Snapshot& snapshot() const { return snapshot_; }
  // The log goes on no more.
  bool at_end() const { return at_end_; }
  // How long nothing was written; nullopt where the log itself has ended.
  std::optional<std::int64_t> quiet_ns() const;

 private:
  // When to look at the latest; nullopt: when there is news.
  std::optional<Clock::time_point> Due() const;
  // In the copy, the log ends behind this.
  void Look();
  // The log ends: looks for the last time.
  void End();
  // Waits for bytes; 0 where the log ends.
  Result<std::size_t> ReadNext(char* buffer, std::size_t size);
  void Wait();

  std::string name_;
  Parts parts_;
  Snapshot snapshot_;
  bool live_ = false;  // what stood there at first was read
  bool news_ = false;  // since the last look
  bool at_end_ = false;
  std::uint64_t late_bytes_ = 0;  // read when it was to stop
  bool useless_ = false;          // nobody takes what is found
  Clock::time_point news_since_;
  Clock::time_point last_news_;
  std::optional<Clock::time_point> again_;
  std::int64_t arrived_ns_;  // of what came last, since 1970
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_LIVE_LOG_H_
