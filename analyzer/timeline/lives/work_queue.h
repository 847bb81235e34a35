// SPDX-License-Identifier: Apache-2.0
// The work of one process: the queue of prompts, and the work around them.
#ifndef LOGDIAG_TIMELINE_LIVES_WORK_QUEUE_H_
#define LOGDIAG_TIMELINE_LIVES_WORK_QUEUE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/event.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// The prompt that runs, and what was seen since it began.
struct RunningWork {
  Work work;
  bool implicit = false;  // the log begins inside it, or never names prompts
  bool began_after_another = false;  // it waited; nothing of its own began it
  bool interrupt_requested = false;
  std::optional<std::int64_t> interrupt_ns;  // when that was, by the clock
  std::optional<Event> gave_up;  // somebody waited and gave up; then nothing
  bool saved = false;            // a result was written
  bool loads_main = false;       // what it loaded last is no mere auxiliary
  Sightings seen;
  std::optional<ProgressBar> bar;  // the last one of it
  Quote bar_quote;
  std::uint64_t full_bars = 0;      // step bars that reached their total
  std::optional<Event> bad_result;  // a kDegraded marker ...
  std::string bad_phase;            // ... and the phase in which it came
  Quote last_progress;              // its last sign of life
  // What passed between the last redraw of its bar, by the bar's own clock, and
  // the moment at which the bar's line was written.
  double bar_silence_s = 0;
};

// ComfyUI runs one prompt at a time, in the order of the queue. "got prompt" is
// printed when a prompt arrives, so it may belong to one that waits.
class WorkQueue {
 public:
  static constexpr std::size_t kMaxPhases = 32;
  static constexpr std::size_t kMaxWork = 32;
  // Of more prompts that wait only the number is kept.
  static constexpr std::size_t kMaxWaiting = 1024;

  // A prompt arrived at `event`; it runs at once if none does.
  void Queue(const Event& event);
  // Work is going on although no prompt was announced.
  RunningWork& RunImplicit(const Event& event);

  // Null if none runs.
  RunningWork* running() { return running_ ? &*running_ : nullptr; }
  // The prompt that arrived last and is kept, running or waiting; null if none.
  Work* newest();

  // The prompt that arrived last is refused; it leaves the queue. nullopt if
  // none can be meant: none waits, and what runs is past its validation.
  std::optional<Work> RejectNewest(std::uint64_t line);
  // Work begins at `event`. If it is that of the prompt that arrived last,
  // those before it that have no end were taken out of the queue, which no line
  // tells: these, in order.
  std::vector<Work> DropUnseen(const Event& event);
  // The running prompt ends at `event`; the next one begins there.
  std::optional<RunningWork> Finish(const Event& event);
  // The process ended: what ran and what waited, in order.
  std::vector<Work> Abandon();

  // A handler's job or other work that holds prompts, or that no queue holds,
  // begins; one that was open is over.
  RunningWork& BeginOuter(WorkKind kind, const Event& event);
  // Null if none is open.
  RunningWork* outer() { return outer_ ? &*outer_ : nullptr; }

  void EndOuter() { outer_.reset(); }

  // Outer work came to a good end at `line`.
  void NoteDone(std::uint64_t line) { done_line_ = line; }
  // Where that was last; 0 if nowhere.
  std::uint64_t done_line() const { return done_line_; }

  // A bar of steps was printed at `line`, whose work is not known.
  void NoteBar(std::uint64_t line) { bar_line_ = line; }
  // Where that was last; 0 if nowhere.
  std::uint64_t bar_line() const { return bar_line_; }

  // The thread that runs prompts died: they are taken, and none will run.
  void set_worker_dead() { worker_dead_ = true; }
  bool worker_dead() const { return worker_dead_; }

  bool any_waiting() const { return !waiting_.empty() || unkept_ > 0; }

 private:
  // Of a prompt whose turn has come something is seen sooner than this.
  static constexpr double kUnseen_s = 60;
  // Work that a prompt begins at once is told this closely after its arrival.
  static constexpr std::uint64_t kAtOnceLines = 5;
  static constexpr double kAtOnce_s = 5;

  void RunNext(const Event& event);

  std::optional<RunningWork> running_;
  std::optional<RunningWork> outer_;
  bool worker_dead_ = false;
  std::uint64_t bar_line_ = 0;
  std::uint64_t done_line_ = 0;
  std::deque<Work> waiting_;
  std::uint64_t arrived_ = 0;
  std::uint64_t unkept_ = 0;  // wait behind those in waiting_
  // An arrival before which nothing was seen of the prompt that should run.
  std::optional<Event> doubt_;
};

// Nothing but its validation was told of it.
bool IsOnlyQueued(const Work& work);
// Enters `phase`; repeats are left out.
void EnterPhase(const std::string& phase, const Event& event, Work* work);
// Adds to a list of what the prompt worked on; repeats are left out.
void AddWork(const std::string& work, std::vector<std::string>* known);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_WORK_QUEUE_H_
