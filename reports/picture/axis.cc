// SPDX-License-Identifier: Apache-2.0
#include "reports/picture/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>

#include "analyzer/support/timestamp.h"
#include "reports/story/page.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

constexpr double kMinute = 60;

// What people read off a clock without counting.
constexpr auto kRoundSeconds = std::to_array<double>(
    {1,     2,     5,      10,     15,      30,      60,      120,
     300,   600,   900,    1800,   3600,    7200,    10800,   21600,
     43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000});

double RoundLines(double least) {
  double step = 1;
  while (true) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (step * factor >= least) return step * factor;
    }
    step *= 10;
  }
}

double RoundSeconds(double least) {
  const auto* const at =
      std::find_if(kRoundSeconds.begin(), kRoundSeconds.end(),
                   [&](double step) { return step >= least; });
  if (at != kRoundSeconds.end()) return *at;
  return kRoundSeconds.back() * std::ceil(least / kRoundSeconds.back());
}

double SecondsOf(std::int64_t time_ns) {
  return static_cast<double>(time_ns) / static_cast<double>(kNsPerSecond);
}

}  // namespace

Axis::Axis(const Diagnosis& diagnosis) : diagnosis_(&diagnosis) {
  const Timeline& timeline = diagnosis.timeline;
  of_time_ = timeline.first_ns && timeline.last_ns &&
             *timeline.first_ns < *timeline.last_ns &&
             diagnosis.source.clock != "none";
  if (!of_time_) {
    begin_ = 1;
    end_ = static_cast<double>(diagnosis.source.lines);
    return;
  }
  begin_ = SecondsOf(*timeline.first_ns);
  end_ = SecondsOf(*timeline.last_ns);
  const auto note = [this](std::uint64_t line,
                           const std::optional<std::int64_t>& time_ns) {
    if (line != 0 && time_ns) known_.emplace(line, SecondsOf(*time_ns));
  };
  for (const Milestone& milestone : timeline.milestones) {
    note(milestone.line, milestone.time_ns);
  }
  for (const Process& process : timeline.processes) {
    note(process.first_line, process.start_ns);
    note(process.last_line, process.last_ns);
  }
  for (const auto* works : {&timeline.works, &timeline.other_works}) {
    for (const Work& work : *works) {
      note(work.queued_line, work.start_ns);
      note(work.end_line, work.end_ns);
      for (const PhaseSpan& phase : work.phases)
        note(phase.line, phase.time_ns);
    }
  }
  for (const Evidence& item : diagnosis.evidence) {
    note(item.quote.line, item.quote.time_ns);
  }
}

double Axis::ValueOf(std::uint64_t line,
                     std::optional<std::int64_t> time_ns) const {
  if (!of_time_) return static_cast<double>(line);
  if (time_ns) return SecondsOf(*time_ns);
  const auto after = known_.lower_bound(line);
  if (after == known_.begin()) {
    return after == known_.end() ? begin_ : after->second;
  }
  const auto before = std::prev(after);
  if (after == known_.end()) return before->second;
  const double share = static_cast<double>(line - before->first) /
                       static_cast<double>(after->first - before->first);
  return before->second + share * (after->second - before->second);
}

double Axis::ValueUpTo(std::uint64_t line) const {
  if (!of_time_) return static_cast<double>(line);
  const auto after = known_.upper_bound(line);
  return after == known_.begin() ? begin_ : std::prev(after)->second;
}

double Axis::At(double value) const {
  return std::clamp((value - begin_) / (end_ - begin_), 0.0, 1.0);
}

Axis Axis::Between(double from, double to) const {
  Axis part = *this;
  part.begin_ = std::max(begin_, from);
  part.end_ = std::min(end_, to);
  return part;
}

std::vector<Tick> Axis::Ticks(std::size_t most) const {
  const double least = (end_ - begin_) / static_cast<double>(most);
  const double step = of_time_ ? RoundSeconds(least) : RoundLines(least);
  std::vector<Tick> ticks;
  for (double value = std::ceil(begin_ / step) * step;
       value <= end_ && ticks.size() <= most; value += step) {
    ticks.push_back({At(value), TickText(value, step)});
  }
  return ticks;
}

std::string Axis::TickText(double value, double step) const {
  if (!of_time_) return LineRef(static_cast<std::uint64_t>(value));
  std::string text = MomentText(
      diagnosis_->source, static_cast<std::int64_t>(value) * kNsPerSecond);
  // A round value has no fractions, and no seconds between minutes.
  const std::size_t dot = text.find('.');
  if (text.find(':') == std::string::npos) return text;
  if (dot != std::string::npos) text.erase(dot);
  constexpr double kDay = 86'400;
  const std::size_t clock = text.rfind(' ');
  if (clock == std::string::npos) {
    if (step >= kMinute) text.erase(text.rfind(':'));
    return text;
  }
  // The first day is said by the title.
  const bool midnight = std::fmod(value, kDay) == 0;
  if (step >= kDay || midnight) return text.substr(0, clock);
  if (step >= kMinute) text.erase(text.rfind(':'));
  return text.substr(clock + 1);
}

}  // namespace logdiag
