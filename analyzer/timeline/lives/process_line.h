// SPDX-License-Identifier: Apache-2.0
// Containers and processes: where one ends and the next begins.
#ifndef LOGDIAG_TIMELINE_LIVES_PROCESS_LINE_H_
#define LOGDIAG_TIMELINE_LIVES_PROCESS_LINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "analyzer/model/event.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

class ProcessLine {
 public:
  // The first ones and the last ones are kept; sightings only of the last.
  static constexpr std::size_t kKeptFirst = 16;
  static constexpr std::size_t kKeptLast = 48;
  static constexpr std::size_t kKeptSightings = 6;

  // The process that runs; null before anything was seen.
  Process* current() { return current_ ? &*current_ : nullptr; }
  // The same; begins one whose start was not seen if there is none.
  Process& Ensure(const Event& event);

  // Several lines tell of one container start (create, start, banner). True if
  // `event` is another one of the start that is under way.
  bool SameContainerStart(const Event& event);
  void BeginContainer(const Event& event);

  // Whether a mark of a start, whichever it is, begins a process: none runs
  // whose start was seen.
  bool BeginsProcess() const;
  // A process begins. If its container has shown no process yet, the entry
  // that stands for the container becomes the process.
  void BeginProcess(const Event& event);

  // Something other than the start of a container happened.
  void Settle() { container_starts_.clear(); }

  // Moves the current process to the list.
  void Keep();
  std::vector<Process> Take();

  std::uint64_t containers() const { return containers_; }
  std::uint64_t sessions() const { return sessions_; }

 private:
  std::optional<Process> current_;
  std::uint64_t containers_ = 0;
  std::uint64_t processes_ = 0;
  std::uint64_t sessions_ = 0;
  // Markers seen of the container start under way; empty = none is.
  std::set<std::size_t> container_starts_;
  std::vector<Process> kept_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_PROCESS_LINE_H_
