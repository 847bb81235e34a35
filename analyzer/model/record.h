// SPDX-License-Identifier: Apache-2.0
// What the first stages hand on: physical lines, and the records found in them.
#ifndef LOGDIAG_MODEL_RECORD_H_
#define LOGDIAG_MODEL_RECORD_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace logdiag {

// One physical line, split on LF. A view: valid until the next line is read.
struct Line {
  std::string_view text;     // without its LF; a CR before it is kept
  std::uint64_t number = 0;  // 1-based
  std::uint64_t offset = 0;  // 0-based byte offset of its first byte
  bool terminated = true;    // false: the input ended without a LF
  bool cut = false;          // longer than kMaxLineBytes; the rest was skipped
};

// Lines longer than this are cut for analysis.
inline constexpr std::uint64_t kMaxLineBytes = 1 << 20;

// docker writes a line in pieces of this size, each with the stamp of the
// first.
inline constexpr std::uint64_t kDockerPieceBytes = 16 * 1024;

enum class Clock {
  kNone,
  kUtc,        // says 'Z' or an offset
  kLocal,      // naive: the unnamed local zone of the writer
  kMonotonic,  // seconds since the host booted (dmesg)
  kNoYear,     // naive, and the year is not stated: 1972 stands in for it
  kNoDate,     // time of day alone: the first one lies on 1972-01-01
};

// What a logger said of how bad the message is.
enum class Level {
  kNone,  // it said nothing, or nothing that is known
  kDebug,
  kInfo,
  kWarning,
  kError,
  kCritical,
};

// Who wrote the record.
enum class Source {
  kContainer,   // stdout or stderr of the container
  kSystem,      // the platform's agent (RunPod system log)
  kBuild,       // an image build
  kSupervisor,  // a process supervisor inside the container
  kKernel,      // dmesg, kern.log, journald lines of the kernel
};

// One message: a line with its envelopes peeled off, pieces joined. One line
// may hold several records (a second writer's stamp in mid-line); one record
// may span several lines (json-file and CRI partials). Views: valid until the
// next record.
struct Record {
  std::string_view body;     // '\r' redraws kept, ANSI removed, no CR at end
  std::uint64_t line = 0;    // physical line where it begins, 1-based
  std::uint64_t offset = 0;  // byte offset of that line
  std::optional<std::int64_t> time_ns;
  std::int64_t resolution_ns = 0;
  Clock clock = Clock::kNone;
  Source source = Source::kContainer;
  Level level = Level::kNone;  // as the innermost logger said
  // No LF ended it: the writer died or another writer broke in.
  bool unterminated = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_RECORD_H_
