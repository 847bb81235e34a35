// SPDX-License-Identifier: Apache-2.0
// The command of --on-incident.
#ifndef LOGDIAG_CLI_HOOK_H_
#define LOGDIAG_CLI_HOOK_H_

#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace logdiag {

// Runs one program for each incident, one after the other, with the incident on
// its standard input: no shell, a process group of its own, its output on our
// standard error. Nothing here waits. Whatever goes wrong with it is told and
// stops nothing.
class Hook {
 public:
  using Clock = std::chrono::steady_clock;

  // Sending a message or restarting a pod takes seconds; what takes longer than
  // this waits for something that does not come.
  static constexpr std::chrono::seconds kMostTime{30};
  // More than these are told of and dropped: they come faster than it runs.
  static constexpr std::size_t kMostWaiting = 100;

  // "" = there is none. From here on SIGCHLD interrupts what waits.
  explicit Hook(std::string program);
  Hook(const Hook&) = delete;
  Hook& operator=(const Hook&) = delete;
  // Ends what still runs.
  ~Hook();

  void Add(std::string incident);
  // Goes on as far as it can now: starts, feeds, reaps, and kills what runs too
  // long.
  void GoOn();

  // Goes on until all is done.
  void Finish();

  bool busy() const { return pid_ > 0 || !waiting_.empty(); }
  // When it has to go on at the latest; nullopt if nothing runs.
  std::optional<Clock::time_point> deadline() const;
  // What to wait for so that it can go on.
  void AddTo(std::vector<pollfd>* wanted) const;

 private:
  void Start();
  void Feed();
  void Reap();
  void StopFeeding();
  void Tell(const std::string& what) const;

  std::string program_;
  std::deque<std::string> waiting_;
  std::string input_;  // of what runs
  std::size_t fed_ = 0;
  int pipe_ = -1;  // to its standard input
  pid_t pid_ = 0;  // 0 = nothing runs
  bool killed_ = false;
  Clock::time_point started_;
};

// Why `program` cannot be run, in words; "" if nothing speaks against it.
std::string WhyNotRunnable(const std::string& program);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_HOOK_H_
