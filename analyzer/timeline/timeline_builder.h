// SPDX-License-Identifier: Apache-2.0
// Events -> what happened: containers, processes, prompts, phases, gaps,
// failures. The fold of the pipeline; memory does not grow with the log.
#ifndef LOGDIAG_TIMELINE_TIMELINE_BUILDER_H_
#define LOGDIAG_TIMELINE_TIMELINE_BUILDER_H_

#include <memory>
#include <optional>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/given.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

struct Story {
  Timeline timeline;
  Facts facts;
  // After so many more seconds without a sign of life, what is open would be
  // proved to hang; nullopt if nothing is open, or nothing would prove it.
  std::optional<double> hang_in_s = {};
};

class TimelineBuilder {
 public:
  // `catalogue` must outlive the builder.
  explicit TimelineBuilder(const Catalogue* catalogue);
  ~TimelineBuilder();

  // One record and the events the scan found with it, in log order.
  // `understood`: as the scan says, with or without events.
  void Add(const Record& record, const std::vector<Event>& events,
           bool understood);
  // The events that were still open at the end of the input, and what the user
  // knows about that end.
  Story Finish(const std::vector<Event>& events, const Given& given);

 private:
  class Router;
  std::unique_ptr<Router> router_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TIMELINE_BUILDER_H_
