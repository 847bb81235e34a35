// SPDX-License-Identifier: Apache-2.0
#include "reports/words/report_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/words/told_line.h"

namespace logdiag {
namespace {

// The shortest delay between a death and the next start that was measured on
// RunPod; the longest was 19.3 s.
constexpr double kShortestRestartSeconds = 1.95;

void Set(std::string_view name, std::string value, Values* values) {
  if (!value.empty()) values->insert_or_assign(std::string(name), value);
}

void SetCount(std::string_view name, std::uint64_t count, Values* values) {
  values->insert_or_assign(std::string(name), GroupDigits(count));
}

// As SetCount, for figures where 0 means unknown.
void SetKnown(std::string_view name, std::uint64_t figure, Values* values) {
  if (figure != 0) SetCount(name, figure, values);
}

void SetLine(std::string_view name, std::uint64_t line, Values* values) {
  if (line != 0) Set(name, std::to_string(line), values);
}

void AddFacts(const Facts& facts, Values* values) {
  for (const auto& [name, fact] : facts) {
    Set(name, fact.value, values);
    SetLine(name + "_line", fact.line, values);
  }
}

void AddCounts(const Diagnosis& diagnosis, Values* values) {
  const Counts& counts = diagnosis.timeline.counts;
  SetKnown("sessions", counts.sessions, values);
  SetKnown("containers", counts.containers, values);
  SetKnown("prompts", counts.prompts, values);
  SetCount("executed", counts.executed, values);
  SetKnown("failed", counts.failed, values);
  SetKnown("interrupted", counts.interrupted, values);
  const std::uint64_t ended =
      counts.executed + counts.failed + counts.interrupted;
  if (counts.prompts > ended) SetCount("open", counts.prompts - ended, values);
  if (counts.prompts >= counts.executed) {
    SetCount("lost", counts.prompts - counts.executed, values);
  }
}

// Before this, a time is the uptime of another clock than the log's.
constexpr std::int64_t kEarliestDate = 365LL * 86'400 * kNsPerSecond;
constexpr std::int64_t kFirstDay = 730;  // 1972-01-01, in days since 1970
constexpr std::size_t kYearSize = 5;     // "1972-"
constexpr std::size_t kDateSize = 11;    // "1972-01-01 "

std::string UptimeText(std::int64_t time_ns) {
  return fmt::format("{:.3f} s", static_cast<double>(time_ns) /
                                     static_cast<double>(kNsPerSecond));
}

// The time of day in `text`, with the days since the first one.
std::string ClockText(std::int64_t time_ns, const std::string& text) {
  constexpr std::int64_t kDay = 86'400 * kNsPerSecond;
  const std::int64_t days = time_ns / kDay - kFirstDay;
  const std::string clock = text.substr(kDateSize);
  return days > 0 ? fmt::format("+{} d {}", days, clock) : clock;
}

std::string Zoned(const LogSource& source,
                  std::optional<std::int64_t> time_ns) {
  std::string text = MomentText(source, time_ns);
  if (!text.empty() && source.clock == "utc") text += " UTC";
  return text;
}

// The time of the line nearest before or at `line` that has one.
std::optional<std::int64_t> TimeAt(const Diagnosis& diagnosis,
                                   std::uint64_t line) {
  std::optional<std::int64_t> time;
  std::uint64_t best = 0;
  const auto offer = [&](std::uint64_t at, std::optional<std::int64_t> ns) {
    if (ns && at <= line && at >= best) {
      best = at;
      time = ns;
    }
  };
  for (const Milestone& m : diagnosis.timeline.milestones) {
    offer(m.line, m.time_ns);
  }
  for (const Quote& quote : diagnosis.timeline.tail) {
    offer(quote.line, quote.time_ns);
  }
  for (const Evidence& e : diagnosis.evidence) {
    offer(e.quote.line, e.quote.time_ns);
  }
  if (diagnosis.incident) {
    const Failure& incident = *diagnosis.incident;
    offer(incident.headline.line, incident.headline.time_ns);
    offer(incident.quote.line, incident.quote.time_ns);
    for (const Quote& quote : diagnosis.incident->context) {
      offer(quote.line, quote.time_ns);
    }
  }
  return time;
}

// How often it started, whoever counted it.
void AddStarts(const Timeline& timeline, Values* values) {
  const Counts& counts = timeline.counts;
  const std::uint64_t starts =
      std::max({counts.sessions, counts.containers, timeline.restarts});
  if (starts > 1) SetCount("starts", starts, values);
}

void AddTimes(const Diagnosis& diagnosis, Values* values) {
  const Timeline& timeline = diagnosis.timeline;
  if (timeline.first_ns && timeline.last_ns &&
      *timeline.last_ns > *timeline.first_ns) {
    const std::int64_t span = *timeline.last_ns - *timeline.first_ns;
    // Of what takes longer than a breath nobody counts the milliseconds.
    constexpr std::int64_t kBreath = 10 * kNsPerSecond;
    Set("span",
        FormatDuration(span < kBreath ? span
                                      : span / kNsPerSecond * kNsPerSecond),
        values);
  }
  Set("first_time", Zoned(diagnosis.source, timeline.first_ns), values);
  Set("last_time", Zoned(diagnosis.source, timeline.last_ns), values);
  Set("end_time",
      Zoned(diagnosis.source, TimeAt(diagnosis, EndLine(diagnosis))), values);
  Set("told_time",
      Zoned(diagnosis.source, TimeAt(diagnosis, ToldLine(diagnosis))), values);
}

// The first line of the phase that the incident's prompt was in.
const PhaseSpan* LastPhase(const Diagnosis& diagnosis) {
  for (const Work& prompt : diagnosis.timeline.works) {
    if (prompt.number == diagnosis.incident->prompt && !prompt.phases.empty()) {
      return &prompt.phases.back();
    }
  }
  return nullptr;
}

// What the clock says about the death that a restart `gap` seconds later
// shows. A record that docker wrote because the stream broke off carries the
// time of the death; otherwise the restart's own length bounds it.
void AddDeathTime(const Diagnosis& diagnosis, double gap, Values* values) {
  const Quote& last = diagnosis.incident->quote;
  if (last.unterminated && diagnosis.source.clock_resolution_ns == 1) {
    Set("death_time", Zoned(diagnosis.source, last.time_ns), values);
  } else {
    Set("death_latest",
        SecondsText(std::max(0.0, gap - kShortestRestartSeconds)), values);
  }
  const PhaseSpan* phase = LastPhase(diagnosis);
  if (phase == nullptr || !phase->time_ns || !last.time_ns) return;
  const double since =
      gap + static_cast<double>(*last.time_ns - *phase->time_ns) /
                static_cast<double>(kNsPerSecond);
  SetLine("phase_line", phase->line, values);
  Set("phase_gap", SecondsText(since), values);
  Set("phase_death_latest",
      SecondsText(std::max(0.0, since - kShortestRestartSeconds)), values);
}

std::size_t LastSlash(std::string_view path) {
  return path.find_last_of("/\\");
}

void AddPlace(const Diagnosis& diagnosis, Values* values) {
  if (!diagnosis.exception || !diagnosis.exception->place) return;
  const Frame& place = *diagnosis.exception->place;
  Set("place", ShortPath(place.file), values);
  SetLine("place_line", static_cast<std::uint64_t>(place.line), values);
  Set("function", place.function, values);
}

// How far the work was that runs where the log ends.
void AddOpenWork(const Diagnosis& diagnosis, Values* values) {
  const std::vector<Work>& works = diagnosis.timeline.works;
  if (works.empty() || works.back().state != WorkState::kRunning ||
      diagnosis.phase != "sampling") {
    return;
  }
  const Work& work = works.back();
  if (work.steps_total > 0 && work.steps_done >= work.steps_total) {
    Set("full_bar", fmt::format("{}/{}", work.steps_done, work.steps_total),
        values);
  }
}

void AddIncident(const Diagnosis& diagnosis, Values* values) {
  if (!diagnosis.incident) return AddOpenWork(diagnosis, values);
  const Failure& incident = *diagnosis.incident;
  SetKnown("session", incident.session, values);
  if (incident.restart_gap_s && *incident.restart_gap_s > 0) {
    const double gap = *incident.restart_gap_s;
    Set("restart_gap", SecondsText(gap), values);
    AddDeathTime(diagnosis, gap, values);
  }
  if (incident.silence_s) {
    Set("silence_time", SecondsText(*incident.silence_s), values);
  }
  if (incident.bar) {
    // A bar that is full belongs to what came before.
    const bool full = incident.bar->done >= incident.bar->total;
    // One with a label may be of anything.
    const bool sampled =
        diagnosis.phase == "sampling" && incident.bar->label.empty();
    if (!full || sampled) {
      Set(full ? "full_bar" : "bar",
          fmt::format("{}/{}", incident.bar->done, incident.bar->total),
          values);
    }
    SetLine("bar_line", incident.bar_line, values);
  }
  if (incident.same_point_deaths > 1) {
    SetCount("deaths", incident.same_point_deaths, values);
  }
  for (const Work& work : diagnosis.timeline.other_works) {
    const bool within =
        work.queued_line <= incident.first_line &&
        (work.end_line == 0 || work.end_line >= incident.first_line);
    if (within && work.kind == WorkKind::kTraining &&
        diagnosis.phase == "sampling") {
      Set("phase_word", "training", values);
    }
  }
  Set("node", incident.node, values);
  Set("pack", incident.pack, values);
  Set("work", fmt::format("{}", fmt::join(incident.work, ", ")), values);
  for (const Process& process : diagnosis.timeline.processes) {
    if (process.number == incident.process + 1) {
      SetLine("next_start_line", process.first_line, values);
    }
  }
}

std::optional<std::int64_t> WholeFact(const Facts& facts,
                                      std::string_view name) {
  const auto found = facts.find(name);
  if (found == facts.end()) return std::nullopt;
  const auto number = ReadNumber(found->second.value);
  constexpr double kLargest = 1e6;  // of a frame count or a side in pixels
  if (!number || *number < 1 || *number > kLargest) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

// Video models take 4k+1 frames; sides are whole multiples of 16 pixels.
std::int64_t ValidFrames(std::int64_t frames) {
  return std::max<std::int64_t>((frames - 1) / 4 * 4 + 1, 1);
}

std::int64_t ValidSide(double side) {
  return std::max<std::int64_t>(static_cast<std::int64_t>(side) / 16 * 16, 16);
}

void AddSmallerJobs(const Facts& facts, Values* values) {
  constexpr double kSmaller = 0.73;  // about half of the pixels
  const auto frames = WholeFact(facts, "frames");
  const auto width = WholeFact(facts, "width");
  const auto height = WholeFact(facts, "height");
  if (frames && *frames > 8) {
    Set("fewer_frames", std::to_string(ValidFrames(*frames / 2 + 1)), values);
    Set("few_frames", std::to_string(ValidFrames(*frames / 4 + 3)), values);
  }
  if (!width || !height) return;
  Set("smaller_width",
      std::to_string(ValidSide(static_cast<double>(*width) * kSmaller)),
      values);
  Set("smaller_height",
      std::to_string(ValidSide(static_cast<double>(*height) * kSmaller)),
      values);
  if (!frames) return;
  // One token covers 4 frames (after the first one) of 16 by 16 pixels.
  const std::int64_t latents = (*frames - 1) / 4 + 1;
  const std::int64_t across = *width / 16;
  const std::int64_t down = *height / 16;
  Set("latent_frames", std::to_string(latents), values);
  Set("grid_width", std::to_string(across), values);
  Set("grid_height", std::to_string(down), values);
  SetKnown("tokens_computed",
           static_cast<std::uint64_t>(latents * across * down), values);
}

}  // namespace

std::string MomentText(const LogSource& source,
                       std::optional<std::int64_t> time_ns) {
  if (!time_ns || source.clock.empty() || source.clock == "none") return "";
  if (source.clock == "monotonic") return UptimeText(*time_ns);
  constexpr std::int64_t kFinest = 1'000'000;  // a millisecond reads well
  const std::string text =
      FormatTime(*time_ns, std::max(source.clock_resolution_ns, kFinest));
  if (source.clock == "no-year") return text.substr(kYearSize);
  if (source.clock == "no-date") return ClockText(*time_ns, text);
  return IsDate(source, *time_ns) ? text : "";
}

bool IsDate(const LogSource& source, std::int64_t time_ns) {
  return (source.clock == "utc" || source.clock == "local") &&
         time_ns >= kEarliestDate;
}

std::string ShortPath(std::string_view path) {
  constexpr std::string_view kPacks = "custom_nodes";
  const std::size_t packs = path.rfind(kPacks);
  std::string_view tail = path;
  if (packs != path.npos && packs + kPacks.size() + 1 < path.size()) {
    tail = path.substr(packs + kPacks.size() + 1);
  } else if (const std::size_t name = LastSlash(path); name != path.npos) {
    const std::size_t folder = LastSlash(path.substr(0, name));
    if (folder != path.npos) tail = path.substr(folder + 1);
  }
  std::string shown(tail);
  std::replace(shown.begin(), shown.end(), '\\', '/');
  return shown;
}

std::string SecondsText(double seconds) {
  return FormatDuration(static_cast<std::int64_t>(
      std::llround(seconds * static_cast<double>(kNsPerSecond))));
}

Values ReportValues(const Diagnosis& diagnosis) {
  Values values = diagnosis.values;
  AddFacts(diagnosis.facts, &values);
  AddCounts(diagnosis, &values);
  AddStarts(diagnosis.timeline, &values);
  AddTimes(diagnosis, &values);
  AddSmallerJobs(diagnosis.facts, &values);
  AddPlace(diagnosis, &values);
  AddIncident(diagnosis, &values);
  Set("outcome", diagnosis.outcome, &values);
  Set("cause", diagnosis.cause, &values);
  const std::size_t slash = diagnosis.cause.find('/');
  Set("cause_slug",
      slash == std::string::npos ? diagnosis.cause
                                 : diagnosis.cause.substr(slash + 1),
      &values);
  Set("phase", diagnosis.phase, &values);
  SetLine("line", EndLine(diagnosis), &values);
  SetLine("told_line", ToldLine(diagnosis), &values);
  Set("file", std::string(BaseName(diagnosis.source.path)), &values);
  // Logs of several folders often have one name.
  Set("file_path", diagnosis.source.path, &values);
  SetKnown("bytes", diagnosis.source.bytes, &values);
  SetKnown("lines", diagnosis.source.lines, &values);
  return values;
}

}  // namespace logdiag
