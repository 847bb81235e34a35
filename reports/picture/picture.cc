// SPDX-License-Identifier: Apache-2.0
#include "reports/picture/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/picture/canvas.h"
#include "reports/words/names.h"
#include "reports/words/told_line.h"

namespace logdiag {
namespace {

constexpr std::size_t kMostTicks = 5;  // that a telephone has room for
// A part that is more of the log than this needs no picture of its own.
constexpr double kSmallPart = 0.5;

std::optional<std::int64_t> TimeOfVerdict(const Diagnosis& diagnosis) {
  if (const Evidence* root = RootOf(diagnosis)) {
    return root->quote.time_ns;
  }
  const Failure& incident = *diagnosis.incident;
  const std::uint64_t line = ToldLine(diagnosis);
  for (const Quote* quote : {&incident.headline, &incident.quote}) {
    if (quote->line == line) return quote->time_ns;
  }
  return std::nullopt;
}

Picture Draw(const Canvas& canvas, std::string_view title) {
  const Diagnosis& diagnosis = canvas.page.diagnosis;
  Picture picture;
  Slots slots;
  if (canvas.axis.IsOfTime()) {
    const auto clock = [&](double seconds) {
      return canvas.Clock(
          std::llround(seconds * static_cast<double>(kNsPerSecond)));
    };
    slots.Own("begin", clock(canvas.axis.begin()));
    slots.Own("end", clock(canvas.axis.end()));
  }
  picture.title = canvas.page.words.Plain(title, slots);
  picture.ticks = canvas.axis.Ticks(kMostTicks);
  for (auto* const lane_of : {ContainerLane, StartLane, WorkLane, PhaseLane,
                              SilenceLane, TroubleLane, SpeedLane}) {
    Lane lane = lane_of(canvas);
    if (!lane.marks.empty()) picture.lanes.push_back(std::move(lane));
  }
  for (Lane& lane : MemoryLanes(canvas)) {
    picture.lanes.push_back(std::move(lane));
  }
  // The first and the last ones are kept.
  if (diagnosis.timeline.counts.prompts > diagnosis.timeline.works.size()) {
    Slots kept;
    kept.Own("kept", GroupDigits(diagnosis.timeline.works.size()));
    picture.note = canvas.page.words.Plain("picture.note", kept);
  }
  if (diagnosis.incident) {
    const std::uint64_t line = ToldLine(diagnosis);
    const double value = canvas.axis.ValueOf(line, TimeOfVerdict(diagnosis));
    if (canvas.IsInside(value, value)) {
      picture.rules.push_back({canvas.axis.At(value), LineRef(line)});
    }
  }
  return picture;
}

// The work that failed and what followed; without one, the lines around the
// failure. Some room on both sides shows what it was next to.
std::optional<Axis> AroundIncident(const Diagnosis& diagnosis,
                                   const Axis& whole) {
  if (!diagnosis.incident) return std::nullopt;
  const Failure& incident = *diagnosis.incident;
  const std::uint64_t told = ToldLine(diagnosis);
  const std::uint64_t begin =
      incident.begun_line != 0 ? std::min(incident.begun_line, told) : told;
  const std::uint64_t end = std::max(incident.last_line, told);
  const double from = whole.ValueOf(begin, std::nullopt);
  const double to = std::max({whole.ValueOf(end, std::nullopt),
                              whole.ValueOf(told, TimeOfVerdict(diagnosis)),
                              whole.ValueOf(EndLine(diagnosis), std::nullopt)});
  constexpr double kRoom = 0.15;       // of the part
  constexpr double kLeastRoom = 0.01;  // of the log
  const double room =
      std::max((to - from) * kRoom, (whole.end() - whole.begin()) * kLeastRoom);
  Axis part = whole.Between(from - room, to + room);
  if (part.end() - part.begin() > (whole.end() - whole.begin()) * kSmallPart) {
    return std::nullopt;
  }
  return part;
}

// Each phase of the job as the range that it needs, against the card.
Picture BudgetPicture(const Page& page) {
  const Budget& budget = *page.diagnosis.budget;
  constexpr double kMibPerGib = 1024;
  Picture picture;
  picture.title = page.words.Plain("picture.memory");
  double most = 0;
  for (const PhaseNeed& phase : budget.phases) {
    most = std::max(most, phase.need.ceiling);
  }
  if (budget.usable) most = std::max(most, budget.usable->max_mib);
  if (most <= 0) return picture;
  constexpr double kHeadroom = 1.05;
  const double size = most * kHeadroom;
  const auto gib = [](double mib) {
    return fmt::format("{:.3g}", mib / kMibPerGib);
  };
  for (std::size_t i = 0; i < kMostTicks; ++i) {
    const double step = std::ceil(size / kMibPerGib / kMostTicks) * kMibPerGib;
    const double value = step * static_cast<double>(i);
    if (value <= size) picture.ticks.push_back({value / size, gib(value)});
  }
  for (const PhaseNeed& phase : budget.phases) {
    Slots slots;
    slots.Own("phase", page.words.Word("phase", PhaseName(phase.phase)));
    slots.Own("low", gib(phase.need.floor));
    slots.Own("high", gib(phase.need.ceiling));
    slots.Own("central", gib(phase.need.central));
    Mark mark;
    mark.from = phase.need.floor / size;
    mark.to = phase.need.ceiling / size;
    mark.tone = budget.usable && phase.need.floor > budget.usable->max_mib
                    ? Tone::kBad
                    : Tone::kPlain;
    mark.label = page.words.Plain("picture.need", slots);
    mark.hint = page.words.Plain("picture.need.hint", slots);
    Lane lane;
    lane.title = page.words.Word("phase", PhaseName(phase.phase));
    lane.marks.push_back(std::move(mark));
    picture.lanes.push_back(std::move(lane));
  }
  if (budget.usable) {
    Slots slots;
    slots.Own("usable", gib(budget.usable->min_mib));
    picture.rules.push_back({budget.usable->min_mib / size,
                             page.words.Plain("picture.limit", slots)});
  }
  return picture;
}

}  // namespace

std::vector<Picture> Pictures(const Page& page) {
  std::vector<Picture> pictures;
  const Axis whole(page.diagnosis);
  if (page.outline != Outline::kForeign && whole.IsDrawable()) {
    Picture all = Draw({page, whole}, "picture.whole");
    if (!all.lanes.empty()) pictures.push_back(std::move(all));
    if (const auto part = AroundIncident(page.diagnosis, whole)) {
      Picture around = Draw({page, *part}, "picture.incident");
      if (!around.lanes.empty()) pictures.push_back(std::move(around));
    }
  }
  if (page.diagnosis.budget && IsAboutMemory(page)) {
    Picture budget = BudgetPicture(page);
    if (!budget.lanes.empty()) pictures.push_back(std::move(budget));
  }
  return pictures;
}

}  // namespace logdiag
