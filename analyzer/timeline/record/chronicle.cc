// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/chronicle.h"

#include <utility>

namespace logdiag {

std::string CaptureOf(const MarkerHit& hit, std::string_view name) {
  for (const auto& [group, value] : hit.captures) {
    if (group == name) return value;
  }
  return "";
}

void Chronicle::Take(const Record& record, const std::string& phase) {
  gaps_.Add(record, phase);
  tail.Add(record);
  if (record.source == Source::kContainer) own_tail.Add(record);
}

void Chronicle::AddMilestone(const Event& event, const Process* process,
                             std::string_view key, std::string detail) {
  Milestone milestone;
  milestone.line = event.line;
  milestone.time_ns = event.time_ns;
  if (process != nullptr) {
    milestone.process = process->number;
    milestone.session = process->session;
    milestone.phase = process->phase;
  }
  if (milestone.phase.empty()) milestone.phase = "unknown";
  milestone.event = std::string(key);
  milestone.detail = std::move(detail);
  milestones_.Add(std::move(milestone));
}

void Chronicle::KeepWorks(std::vector<Work> works) {
  for (Work& work : works) works_.Add(std::move(work));
}

void Chronicle::KeepOther(Work work, WorkState state) {
  work.state = state;
  others_.Add(std::move(work));
}

LineTail::Boundary Chronicle::BeforeBanner(std::uint64_t line) const {
  const LineTail::Boundary boundary = own_tail.BeforeBanner(line);
  // A log of the platform alone has no other lines.
  return boundary.last.line != 0 ? boundary : tail.BeforeBanner(line);
}

Event Chronicle::EndOfLog() const {
  Event end;
  end.line = clock.last_line();
  end.time_ns = clock.now_ns();
  const std::vector<Quote> last = tail.Before(0, 1);
  if (!last.empty()) {
    end.offset = last.back().offset;
    end.text = last.back().text;
  }
  return end;
}

void Chronicle::Store(Timeline* timeline) {
  timeline->works = works_.Take();
  timeline->other_works = others_.Take();
  timeline->milestones_dropped = milestones_.dropped();
  timeline->milestones = milestones_.Take();
  timeline->memory = memory.Take();
  timeline->speeds = speeds.Take();
  timeline->gaps = gaps_.Longest();
  timeline->tail = tail.Before(0, kContextLines);
  timeline->seen = std::move(seen);
  timeline->counts = counts;
  timeline->clock = clock.clock();
  timeline->first_ns = clock.first_ns();
  timeline->last_ns = clock.last_ns();
}

}  // namespace logdiag
