// SPDX-License-Identifier: Apache-2.0
// Floods: one line of trouble that a server without work says again and again.
#ifndef LOGDIAG_TIMELINE_TROUBLES_FLOODS_H_
#define LOGDIAG_TIMELINE_TROUBLES_FLOODS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"

namespace logdiag {

class Floods {
 public:
  // A shape of line that comes so often is a finding.
  static constexpr std::uint64_t kFlood = 10;

  // All must outlive it.
  Floods(const Catalogue* catalogue, Lives* lives, FailureLog* failures,
         const FailureMaker* maker)
      : catalogue_(catalogue),
        lives_(lives),
        failures_(failures),
        maker_(maker) {}

  // A record and the events that were found in it.
  void Take(const Record& record, const std::vector<Event>& events);
  // Work begins, or the process is over: what was a flood is kept.
  void Close();

 private:
  static constexpr std::size_t kMaxShapes = 64;
  // Nothing else goes on if at least one record in so many is of the shape.
  static constexpr std::uint64_t kShare = 3;

  struct Shape {
    Event first;
    std::uint64_t count = 0;
    Sightings seen;
    std::uint64_t begun = 0;       // which of the records it was first ...
    std::uint64_t last = 0;        // ... and last
    std::optional<Failure> flood;  // as soon as it is one
  };

  bool Idle();
  bool TellsOfTrouble(const Record& record,
                      const std::vector<Event>& events) const;

  const Catalogue* catalogue_;
  Lives* lives_;
  FailureLog* failures_;
  const FailureMaker* maker_;
  std::uint64_t records_ = 0;
  std::map<std::uint64_t, Shape> shapes_;  // by hash
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_FLOODS_H_
