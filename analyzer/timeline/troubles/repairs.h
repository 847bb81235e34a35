// SPDX-License-Identifier: Apache-2.0
// What a later success, start or sign of life says of earlier failures.
#ifndef LOGDIAG_TIMELINE_TROUBLES_REPAIRS_H_
#define LOGDIAG_TIMELINE_TROUBLES_REPAIRS_H_

#include <cstdint>

#include "analyzer/model/timeline.h"
#include "analyzer/timeline/troubles/failure_log.h"

namespace logdiag {

// A view of the log, made where it is needed.
class Repairs {
 public:
  // A later success of any kind counts as repair from this many on
  // (taxonomy rule: three or more prompts that succeed after it).
  static constexpr std::uint64_t kSuccessesThatRepair = 3;

  // `log` must outlive it.
  explicit Repairs(FailureLog* log) : log_(log) {}

  // The work with this number in this process goes on at `line`: whatever was
  // in trouble in it was caught.
  void OnProgress(std::uint64_t process, std::uint64_t work,
                  std::uint64_t line);
  // `work` finished well at `line`.
  void OnSuccess(const Work& work, std::uint64_t line);
  // An install, a download or a manager's task, `work`, ended well at `line`:
  // what failed in it did not matter.
  void OnSetUp(const Work& work, std::uint64_t line);
  // The process became ready at `line`: what failed on the way did not matter.
  void OnReady(std::uint64_t process, std::uint64_t line);

  // A process that was said to be dead works on at `line`: it was a child.
  void OnSurvived(std::uint64_t process, std::uint64_t line);
  // A container starts at `line`: what the platform could not do is done.
  void OnContainerStart(std::uint64_t line);

  // An image build came to its end at `line`: steps that failed were allowed
  // to.
  void OnImageBuilt(std::uint64_t line);

 private:
  FailureLog* log_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_REPAIRS_H_
