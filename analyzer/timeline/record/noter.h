// SPDX-License-Identifier: Apache-2.0
// Enters what a marker says into the books: facts, and the sightings of the
// log, the process, the work and the failure that it is about.
#ifndef LOGDIAG_TIMELINE_RECORD_NOTER_H_
#define LOGDIAG_TIMELINE_RECORD_NOTER_H_

#include <string>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/troubles/failure_log.h"

namespace logdiag {

class Noter {
 public:
  // All must outlive it.
  Noter(const Catalogue* catalogue, Lives* lives, Chronicle* chronicle,
        FailureLog* failures)
      : catalogue_(catalogue),
        lives_(lives),
        chronicle_(chronicle),
        failures_(failures) {}

  // Whether the marker that this one needs was seen in the same work.
  bool Counts(const Marker& marker);
  void TakeFacts(const Event& event, const Marker& marker,
                 const MarkerHit& hit);
  void Note(const Event& event);

 private:
  void NoteWork(const MarkerHit& hit);
  void NoteMemory(const Event& event, const std::string& fact,
                  const std::string& value);
  void NoteHost(const Event& event, const std::string& fact,
                const std::string& value);

  const Catalogue* catalogue_;
  Lives* lives_;
  Chronicle* chronicle_;
  FailureLog* failures_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_NOTER_H_
