// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "reports/picture/canvas.h"
#include "reports/words/names.h"
#include "reports/words/report_values.h"
#include "reports/words/told_line.h"

namespace logdiag {

Lane ContainerLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("containers");
  const auto& processes = canvas.page.diagnosis.timeline.processes;
  if (canvas.page.diagnosis.timeline.counts.containers < 2) return lane;
  for (std::size_t i = 0; i < processes.size();) {
    std::size_t last = i;
    while (last + 1 < processes.size() &&
           processes[last + 1].container == processes[i].container) {
      ++last;
    }
    if (processes[i].container != 0) {
      Slots slots;
      slots.Own("number", std::to_string(processes[i].container));
      Mark mark;
      mark.label = canvas.page.words.Plain("picture.container", slots);
      mark.hint = mark.label;
      mark.line = processes[i].first_line;
      canvas.Add(
          canvas.axis.ValueOf(processes[i].first_line, processes[i].start_ns),
          canvas.axis.ValueOf(processes[last].last_line,
                              processes[last].last_ns),
          mark, &lane);
    }
    i = last + 1;
  }
  return lane;
}

Lane StartLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("starts");
  for (const Process& process : canvas.page.diagnosis.timeline.processes) {
    const bool failed =
        process.end == ProcessEnd::kDied || process.end == ProcessEnd::kSilent;
    Slots slots;
    slots.Own("number", std::to_string(process.session));
    if (process.session == 0) slots.Put("number", {});
    slots.Own("begin", canvas.Clock(process.start_ns));
    slots.Own("until", canvas.Clock(process.last_ns));
    slots.Own("how", canvas.page.words.Word("picture.end",
                                            ProcessEndName(process.end)));
    Mark mark;
    mark.tone = failed ? Tone::kTrouble : Tone::kPlain;
    mark.label = canvas.page.words.Plain("picture.start", slots);
    mark.hint = canvas.page.words.Plain("picture.start.hint", slots);
    mark.line = process.first_line;
    canvas.Add(canvas.axis.ValueOf(process.first_line, process.start_ns),
               canvas.axis.ValueOf(process.last_line, process.last_ns), mark,
               &lane);
  }
  return lane;
}

Lane SilenceLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("silence");
  if (!canvas.axis.IsOfTime()) return lane;
  for (const Gap& gap : canvas.page.diagnosis.timeline.gaps) {
    const double from = canvas.axis.ValueUpTo(gap.line);
    Slots slots;
    slots.Own("time", SecondsText(gap.seconds));
    slots.Own("ref", LineRef(gap.line));
    Mark mark;
    mark.tone = Tone::kSilence;
    mark.label = canvas.page.words.Plain("picture.gap", slots);
    mark.hint = canvas.page.words.Plain("picture.gap.hint", slots);
    mark.line = gap.line;
    canvas.Add(from, from + gap.seconds, mark, &lane);
  }
  return lane;
}

Lane TroubleLane(const Canvas& canvas) {
  Lane lane = canvas.Empty("trouble");
  for (const FailureSummary& failure : canvas.page.diagnosis.failures) {
    const std::uint64_t line =
        failure.verdict ? ToldLine(canvas.page.diagnosis) : failure.told_line;
    const double at = canvas.axis.ValueOf(line, failure.quote.line == line
                                                    ? failure.quote.time_ns
                                                    : std::nullopt);
    Slots slots;
    slots.Put("what", CauseTitle(canvas.page, failure.cause));
    slots.Own("ref", LineRef(line));
    Mark mark;
    mark.tone = failure.verdict    ? Tone::kBad
                : failure.repaired ? Tone::kQuiet
                                   : Tone::kTrouble;
    mark.hint = canvas.page.words.Plain("picture.trouble", slots);
    mark.line = line;
    canvas.Add(at, at, mark, &lane);
  }
  return lane;
}

}  // namespace logdiag
