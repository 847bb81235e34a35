// SPDX-License-Identifier: Apache-2.0
// Hands each event to the room it belongs to. Decides nothing itself.
#ifndef LOGDIAG_TIMELINE_ROUTER_H_
#define LOGDIAG_TIMELINE_ROUTER_H_

#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/given.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/endings/hang_proofs.h"
#include "analyzer/timeline/endings/log_end.h"
#include "analyzer/timeline/endings/outer_ends.h"
#include "analyzer/timeline/endings/process_ends.h"
#include "analyzer/timeline/endings/refusals.h"
#include "analyzer/timeline/endings/work_ends.h"
#include "analyzer/timeline/lives/bars.h"
#include "analyzer/timeline/lives/lives.h"
#include "analyzer/timeline/lives/phases.h"
#include "analyzer/timeline/lives/process_starts.h"
#include "analyzer/timeline/lives/signs_of_life.h"
#include "analyzer/timeline/lives/work_starts.h"
#include "analyzer/timeline/record/chronicle.h"
#include "analyzer/timeline/record/noter.h"
#include "analyzer/timeline/timeline_builder.h"
#include "analyzer/timeline/troubles/failure_log.h"
#include "analyzer/timeline/troubles/failure_maker.h"
#include "analyzer/timeline/troubles/floods.h"
#include "analyzer/timeline/troubles/setup_troubles.h"
#include "analyzer/timeline/troubles/tracebacks.h"
#include "analyzer/timeline/troubles/unclaimed.h"

namespace logdiag {

class TimelineBuilder::Router {
 public:
  explicit Router(const Catalogue* catalogue);

  void Add(const Record& record, const std::vector<Event>& events,
           bool understood);
  Story Finish(const std::vector<Event>& events, const Given& given);

 private:
  void Take(const Record& record, const std::vector<Event>& events,
            bool understood);
  void Route(const Event& event);
  void RouteMarker(const Event& event, const MarkerHit& hit);
  void RouteBar(const Event& event, const ProgressBar& bar);
  void RouteTraceback(const Event& event, const Traceback& traceback);
  void RouteProcess(const Event& event, const Marker& marker,
                    const MarkerHit& hit);
  void RouteWork(const Event& event, const Marker& marker,
                 const MarkerHit& hit);
  void RouteOther(const Event& event, const Marker& marker,
                  const MarkerHit& hit);
  void RoutePhase(const Event& event, const Marker& marker);
  void Progress(const Event& event);
  void MarkStated(Failure* failure) const;
  void Forget();

  const Catalogue* catalogue_;
  Lives lives_;
  Chronicle chronicle_;
  FailureLog failures_;
  SignsOfLife signs_;
  FailureMaker maker_;
  Unclaimed unclaimed_;
  Floods floods_;
  Tracebacks tracebacks_;
  SetupTroubles setup_;
  HangProofs hangs_;
  ProcessEnds process_ends_;
  ProcessStarts process_starts_;
  WorkStarts work_starts_;
  WorkEnds work_ends_;
  OuterEnds outer_ends_;
  Refusals refusals_;
  LogEnd log_end_;
  Phases phases_;
  Bars bars_;
  Noter noter_;
  Timeline timeline_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_ROUTER_H_
