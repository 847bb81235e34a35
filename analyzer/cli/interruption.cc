// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/interruption.h"

#include <signal.h>

namespace logdiag {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};

// A handler reaches nothing that is not global.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void Interrupt(int /*signal*/) {
  interrupted = true;
  for (const int each : kSignals) signal(each, SIG_DFL);
}

}  // namespace

const std::atomic<bool>* CatchInterruptions() {
  for (const int each : kSignals) {
    struct sigaction action {};
    if (sigaction(each, nullptr, &action) != 0 ||
        action.sa_handler == SIG_IGN) {
      continue;
    }
    action = {};
    action.sa_handler = Interrupt;
    action.sa_flags = SA_RESTART;  // what is being written is written whole
    sigaction(each, &action, nullptr);
  }
  return &interrupted;
}

}  // namespace logdiag
