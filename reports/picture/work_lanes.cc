// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/picture/canvas.h"
#include "reports/words/names.h"
#include "reports/words/works.h"

namespace logdiag {
namespace {

constexpr std::size_t kMostRows = 3;  // of works at the same time
// Marks that are thinner, or nearer to each other, are one on a screen.
constexpr double kThin = 0.003;

Tone ToneOf(WorkState state) {
  switch (state) {
    case WorkState::kExecuted:
      return Tone::kGood;
    case WorkState::kFailed:
    case WorkState::kRejected:
    case WorkState::kLost:
      return Tone::kTrouble;
    case WorkState::kInterrupted:
      return Tone::kQuiet;
    case WorkState::kRunning:
    case WorkState::kQueued:
      break;
  }
  return Tone::kPlain;
}

double Begin(const Canvas& canvas, const Work& work) {
  return canvas.axis.ValueOf(work.queued_line, work.start_ns);
}

// Work without an end lasted until its process ended.
double End(const Canvas& canvas, const Work& work) {
  if (work.end_line != 0)
    return canvas.axis.ValueOf(work.end_line, work.end_ns);
  const auto& processes = canvas.page.diagnosis.timeline.processes;
  for (const Process& process : processes) {
    if (work.queued_line >= process.first_line &&
        work.queued_line <= process.last_line) {
      return canvas.axis.ValueOf(process.last_line, process.last_ns);
    }
  }
  return canvas.axis.end();
}

bool IsVerdicts(const Canvas& canvas, const Work& work) {
  const auto& incident = canvas.page.diagnosis.incident;
  return incident && incident->begun_line != 0 &&
         incident->begun_line == work.queued_line;
}

Slots SlotsOf(const Canvas& canvas, const Work& work) {
  Slots slots;
  slots.Own("kind",
            canvas.page.words.Word("picture.kind", WorkKindName(work.kind)));
  slots.Own("number", std::to_string(work.number));
  slots.Own("state",
            canvas.page.words.Word("picture.state", WorkStateName(work.state)));
  slots.Own("begin", canvas.Clock(work.start_ns));
  slots.Own("until", canvas.Clock(work.end_ns));
  if (work.steps_total > 0) {
    slots.Own("steps", fmt::format("{}/{}", work.steps_done, work.steps_total));
  }
  if (work.seconds_per_step) {
    slots.Own("speed", fmt::format("{:.3g}", *work.seconds_per_step));
  }
  return slots;
}

// Thin marks of one tone that touch become one, which says how many it is.
void Join(const Canvas& canvas, Lane* lane) {
  std::vector<Mark> joined;
  std::vector<std::size_t> counts;
  for (Mark& mark : lane->marks) {
    const auto same =
        std::find_if(joined.rbegin(), joined.rend(),
                     [&](const Mark& other) { return other.row == mark.row; });
    const bool joins = same != joined.rend() && same->tone == mark.tone &&
                       mark.tone != Tone::kBad && mark.to - mark.from < kThin &&
                       mark.from - same->to < kThin;
    if (!joins) {
      joined.push_back(std::move(mark));
      counts.push_back(1);
      continue;
    }
    const auto index =
        static_cast<std::size_t>(std::distance(same, joined.rend()) - 1);
    same->to = std::max(same->to, mark.to);
    Slots slots;
    slots.Own("count", GroupDigits(++counts[index]));
    slots.Own("first", LineRef(same->line));
    slots.Own("last", LineRef(mark.line));
    same->label = canvas.page.words.Plain("picture.many", slots);
    same->hint = canvas.page.words.Plain("picture.many.hint", slots);
  }
  lane->marks = std::move(joined);
}

}  // namespace

Lane WorkLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("work");
  std::vector<double> free_from(kMostRows, -1);
  for (const Work& work : WorksInOrder(canvas.page.diagnosis.timeline)) {
    const Slots slots = SlotsOf(canvas, work);
    Mark mark;
    mark.tone = IsVerdicts(canvas, work) ? Tone::kBad : ToneOf(work.state);
    mark.label = canvas.page.words.Plain("picture.work", slots);
    mark.hint = canvas.page.words.Plain("picture.work.hint", slots);
    mark.line = work.queued_line;
    if (!canvas.Add(Begin(canvas, work), End(canvas, work), mark, &lane)) {
      continue;
    }
    Mark& added = lane.marks.back();
    const auto row =
        std::find_if(free_from.begin(), free_from.end(),
                     [&](double end) { return end <= added.from + kThin / 2; });
    added.row = row == free_from.end()
                    ? kMostRows - 1
                    : static_cast<std::size_t>(row - free_from.begin());
    free_from[added.row] = std::max(free_from[added.row], added.to);
    lane.rows = std::max(lane.rows, added.row + 1);
  }
  Join(canvas, &lane);
  return lane;
}

// Of the verdict's work, or of the only one.
Lane PhaseLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("phases");
  const std::vector<Work> works = WorksInOrder(canvas.page.diagnosis.timeline);
  const auto of_verdict =
      std::find_if(works.begin(), works.end(),
                   [&](const Work& work) { return IsVerdicts(canvas, work); });
  if (of_verdict == works.end() && works.size() != 1) return lane;
  const Work& work = of_verdict == works.end() ? works.front() : *of_verdict;
  for (std::size_t i = 0; i < work.phases.size(); ++i) {
    const PhaseSpan& phase = work.phases[i];
    const bool last = i + 1 == work.phases.size();
    const double to = last ? End(canvas, work)
                           : canvas.axis.ValueOf(work.phases[i + 1].line,
                                                 work.phases[i + 1].time_ns);
    Slots slots;
    slots.Own("phase", canvas.page.words.Word("phase", phase.phase));
    slots.Own("ref", LineRef(phase.line));
    slots.Own("begin", canvas.Clock(phase.time_ns));
    Mark mark;
    mark.tone = Tone::kPhase;
    mark.label = canvas.page.words.Plain("picture.phase", slots);
    mark.hint = canvas.page.words.Plain("picture.phase.hint", slots);
    mark.line = phase.line;
    canvas.Add(canvas.axis.ValueOf(phase.line, phase.time_ns), to, mark, &lane);
  }
  return lane;
}

}  // namespace logdiag
