// SPDX-License-Identifier: Apache-2.0
// What failed.
#ifndef LOGDIAG_TIMELINE_TROUBLES_FAILURE_LOG_H_
#define LOGDIAG_TIMELINE_TROUBLES_FAILURE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/timeline.h"

namespace logdiag {

// True if nothing but words tell of the failure: no stack.
inline bool IsWordsOnly(const Failure& failure) {
  return !failure.traceback || failure.traceback->chain.empty() ||
         failure.traceback->chain.front().last_frames.empty();
}

inline bool IsDeath(const Failure& failure) {
  return failure.kind == FailureKind::kSilence ||
         failure.kind == FailureKind::kDeath;
}

// So many records without trouble show that a program goes on. A launcher's
// words about a death are fewer.
inline constexpr std::uint64_t kCalmRecords = 8;

// True if the program went on after a trouble that it only spoke of.
inline bool WentOn(const Failure& trouble) {
  return IsWordsOnly(trouble) && trouble.calm >= kCalmRecords;
}

// One failure is open at a time: it still gathers the lines that tell about it.
class FailureLog {
 public:
  // The first ones and the last ones are kept; unrepaired ones longest. What
  // says the same as a kept one is counted there (`repeats`).
  static constexpr std::size_t kKeptFirst = 8;
  static constexpr std::size_t kKeptLast = kFailuresKept - kKeptFirst;

  // A failure told in several lines goes on gathering for this many more.
  static constexpr std::uint64_t kGatherLines = 60;

  // Closes what is open and opens `failure`.
  Failure& Open(Failure failure);
  // The open failure; null if there is none.
  Failure* open() { return open_ ? &*open_ : nullptr; }
  void Close();
  // A trouble that nobody has claimed: it gathers beside the open failure, so
  // that it takes nothing from it.
  Failure& OpenTrouble(Failure trouble);
  // Null if there is none, or it is of an earlier process.
  Failure* trouble() { return trouble_ ? &*trouble_ : nullptr; }
  // It was claimed: another failure tells it.
  void DropTrouble() { trouble_.reset(); }
  void CloseTrouble();

  // Adds a failure without opening it.
  void Add(Failure failure);

  // Adds `event` to the lines of the failures that it may be about.
  void Gather(const Event& event);

  // The import failure of `pack`, if one was added; null otherwise.
  Failure* FindImport(const std::string& pack);
  // The line where the newest failure (open or not) begins; 0 if none.
  std::uint64_t newest_line() const { return newest_line_; }

  // The failure that was added or opened last; null if there is none.
  Failure* newest();
  // The failure with which process `number` ended; null if there is none.
  Failure* EndOf(std::uint64_t number);
  // Whether anything but an import that began at `line` or later failed and
  // nothing has repaired it.
  bool UnrepairedSince(std::uint64_t line) const;
  // Whether anything but an import failed and nothing has repaired it.
  bool HasUnrepaired() const;

  // Unrepaired deaths (told or silent) in `phase` so far.
  std::uint64_t DeathsIn(const std::string& phase) const;

  // Calls `apply` on everything that is kept or open.
  template <typename Apply>
  void ForEach(const Apply& apply) {
    for (Failure& failure : kept_) apply(failure);
    if (open_) apply(*open_);
    if (trouble_) apply(*trouble_);
  }

  // In line order.
  std::vector<Failure> Take();

 private:
  // The last words before a failure stand this close to it.
  static constexpr std::uint64_t kLeadsTo = 40;

  void Absorb(Failure* failure);
  void Keep(Failure failure);

  std::optional<Failure> open_;
  std::optional<Failure> trouble_;
  std::vector<Failure> kept_;
  std::uint64_t newest_line_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_FAILURE_LOG_H_
