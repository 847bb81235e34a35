// SPDX-License-Identifier: Apache-2.0
// Failures on the way to ready: packs that do not import, steps of an install,
// a download or a build that fail.
#ifndef LOGDIAG_TIMELINE_TROUBLES_SETUP_TROUBLES_H_
#define LOGDIAG_TIMELINE_TROUBLES_SETUP_TROUBLES_H_

#include <cstdint>

#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"
#include "analyzer/timeline/troubles/tracebacks.h"

namespace logdiag {

class SetupTroubles {
 public:
  // All must outlive it.
  SetupTroubles(Lives* lives, Chronicle* chronicle, FailureLog* failures,
                FailureMaker* maker, Tracebacks* tracebacks)
      : lives_(lives),
        chronicle_(chronicle),
        failures_(failures),
        maker_(maker),
        tracebacks_(tracebacks) {}

  void OnImportFailed(const Event& event, const MarkerHit& hit);
  void OnStepFailed(const Event& event, const Marker& marker);

 private:
  // Reasons of a failed step are printed at most this many lines above it.
  static constexpr std::uint64_t kStepLines = 100;
  // The reason of a failed import follows its traceback this closely.
  static constexpr std::uint64_t kImportLines = 8;

  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
  FailureMaker* maker_;
  Tracebacks* tracebacks_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_SETUP_TROUBLES_H_
