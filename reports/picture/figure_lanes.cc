// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/picture/canvas.h"
#include "reports/words/works.h"

namespace logdiag {
namespace {

// A figure at a value of the axis.
struct Point {
  double at = 0;
  double value = 0;
  std::uint64_t line = 0;
};

std::string Shown(double value) {
  return value >= 1'000 ? fmt::format("{:.0f}", value)
                        : fmt::format("{:.3g}", value);
}

// Of readings on the axis.
std::vector<Point> PointsOf(const Canvas& canvas,
                            const std::vector<Reading>& readings) {
  std::vector<Point> points;
  for (const Reading& reading : readings) {
    const double at = canvas.axis.ValueOf(reading.line, reading.time_ns);
    if (canvas.IsInside(at, at)) {
      points.push_back({at, reading.value, reading.line});
    }
  }
  return points;
}

// The end of a work is when it has told how fast it was.
std::vector<Point> SpeedsOfWorks(const Canvas& canvas) {
  std::vector<Point> points;
  for (const Work& work : WorksInOrder(canvas.page.diagnosis.timeline)) {
    const std::uint64_t line =
        work.end_line != 0 ? work.end_line : work.queued_line;
    const double at = canvas.axis.ValueOf(line, work.end_ns);
    if (work.seconds_per_step && canvas.IsInside(at, at)) {
      points.push_back({at, *work.seconds_per_step, work.queued_line});
    }
  }
  return points;
}

// What is named `name` in reports/texts, from the least to the most of it.
// `scale` makes equal steps of what people take for equal.
Lane LaneOf(const Canvas& canvas, const std::string& name,
            const std::vector<Point>& points, double (*scale)(double)) {
  Lane lane;
  const auto [least, most] = std::minmax_element(
      points.begin(), points.end(),
      [](const Point& a, const Point& b) { return a.value < b.value; });
  Slots slots;
  slots.Own("name", name);
  slots.Own("least", Shown(least->value)).Own("most", Shown(most->value));
  lane.title = canvas.page.words.Plain("picture.lane.figure", slots);
  lane.figures = true;
  const double bottom = scale(least->value);
  const double height = scale(most->value) - bottom;
  for (const Point& point : points) {
    slots.Own("value", Shown(point.value));
    slots.Own("ref", LineRef(point.line));
    Mark mark;
    mark.level = height > 0 ? (scale(point.value) - bottom) / height : 0.5;
    mark.hint = canvas.page.words.Plain("picture.figure.hint", slots);
    mark.line = point.line;
    canvas.Add(point.at, point.at, mark, &lane);
  }
  return lane;
}

// Twice as slow is as far everywhere.
double Powers(double value) { return std::log(value); }
double Plainly(double value) { return value; }

}  // namespace

Lane SpeedLane(const Canvas& canvas) {
  // Fewer tell no course.
  constexpr std::size_t kCourse = 3;
  const Timeline& timeline = canvas.page.diagnosis.timeline;
  std::vector<Point> points = SpeedsOfWorks(canvas);
  if (points.size() < kCourse) points = PointsOf(canvas, timeline.speeds);
  points.erase(
      std::remove_if(points.begin(), points.end(),
                     [](const Point& point) { return point.value <= 0; }),
      points.end());
  if (points.size() < 2) return {};
  return LaneOf(canvas, canvas.page.words.Plain("picture.lane.speed"), points,
                Powers);
}

std::vector<Lane> MemoryLanes(const Canvas& canvas) {
  constexpr std::size_t kMostLanes = 4;
  std::map<std::string, std::vector<Reading>> by_name;
  for (const Reading& reading : canvas.page.diagnosis.timeline.memory) {
    by_name[reading.name].push_back(reading);
  }
  std::vector<Lane> lanes;
  for (const auto& [name, readings] : by_name) {
    const std::vector<Point> points = PointsOf(canvas, readings);
    const bool changes =
        std::any_of(points.begin(), points.end(), [&](const Point& point) {
          return point.value != points.front().value;
        });
    if (!changes || lanes.size() == kMostLanes) continue;
    lanes.push_back(
        LaneOf(canvas, canvas.page.words.Word("fact", name), points, Plainly));
  }
  return lanes;
}

}  // namespace logdiag
