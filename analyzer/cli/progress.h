// SPDX-License-Identifier: Apache-2.0
// Progress on a terminal.
#ifndef LOGDIAG_CLI_PROGRESS_H_
#define LOGDIAG_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

namespace logdiag {

// One line on stderr that rewrites itself; only if stderr is a terminal, only
// after a second, and gone when the object is.
class Progress {
 public:
  Progress(const std::string& name, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(std::uint64_t bytes);

 private:
  std::string name_;
  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_PROGRESS_H_
