// SPDX-License-Identifier: Apache-2.0
// Which phase the process and its work are in.
#ifndef LOGDIAG_TIMELINE_LIVES_PHASES_H_
#define LOGDIAG_TIMELINE_LIVES_PHASES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"

namespace logdiag {

// A phase of a process on its way to ready.
bool IsStartPhase(std::string_view phase);
// A phase in which work is done.
bool IsWorkPhase(std::string_view phase);

class Phases {
 public:
  Phases(Lives* lives, Chronicle* chronicle)
      : lives_(lives), chronicle_(chronicle) {}

  // A line says that `phase` begins, or that it began at `begun_ns`.
  void Move(const Event& event, const std::string& phase) {
    Move(event, phase, event.time_ns);
  }
  void Move(const Event& event, const std::string& phase,
            std::optional<std::int64_t> begun_ns);

 private:
  Lives* lives_;
  Chronicle* chronicle_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_PHASES_H_
