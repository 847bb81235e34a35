// SPDX-License-Identifier: Apache-2.0
// Fuzz target: records -> events -> timeline -> diagnosis, with a clock that
// the input moves.
//
// Each line is a record. One that begins "@N " (N may be negative) comes N
// seconds after the one before, another 0.1; "!k " ... say who wrote it.
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "analyzer/diagnose/diagnoser.h"
#include "analyzer/scan/scanner.h"
#include "analyzer/timeline/timeline_builder.h"
#include "tests/fuzz/built_in.h"
#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

// What the timeline keeps at most (timeline/record/chronicle.h, failure_log.h,
// process_line.h), with room for what is open when the log ends.
constexpr std::size_t kWorks = 501;
constexpr std::size_t kOthers = 101;
constexpr std::size_t kFailures = 49;
constexpr std::size_t kProcesses = 65;
constexpr std::size_t kGaps = 5;
constexpr std::size_t kTail = 8;
constexpr std::size_t kFindings = 20;
constexpr std::int64_t kTenthNs = 100'000'000;
constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kMostSeconds = 10'000'000;

// Takes "@N " and "!k " off the front of `*line`.
void ReadFront(std::string_view* line, Record* record, std::int64_t* now_ns) {
  if (line->starts_with('@')) {
    std::int64_t seconds = 0;
    const char* end = line->data() + line->size();
    const auto read = std::from_chars(line->data() + 1, end, seconds);
    if (read.ec == std::errc() && std::abs(seconds) <= kMostSeconds) {
      *now_ns += seconds * kSecondNs - kTenthNs;
      *line = {read.ptr, static_cast<std::size_t>(end - read.ptr)};
      if (line->starts_with(' ')) line->remove_prefix(1);
    }
  }
  record->source = Source::kContainer;
  if (line->size() < 3 || line->front() != '!' || (*line)[2] != ' ') return;
  switch ((*line)[1]) {
    case 'y':
      record->source = Source::kSystem;
      break;
    case 'b':
      record->source = Source::kBuild;
      break;
    case 'v':
      record->source = Source::kSupervisor;
      break;
    case 'k':
      record->source = Source::kKernel;
      break;
    default:
      return;
  }
  line->remove_prefix(3);
}

Story StoryOf(std::string_view text, bool clock) {
  Scanner scanner(&BuiltIn());
  TimelineBuilder builder(&BuiltIn());
  std::vector<Event> events;
  Record record;
  std::int64_t now_ns = 1'750'000'000 * kSecondNs;
  const std::vector<std::string_view> lines = LinesOf(text);
  for (std::string_view line : lines) {
    now_ns += kTenthNs;
    ReadFront(&line, &record, &now_ns);
    record.body = line;
    record.offset += record.line > 0 ? line.size() + 1 : 0;
    ++record.line;
    record.unterminated = record.line == lines.size() && !text.ends_with('\n');
    if (clock) {
      record.clock = Clock::kUtc;
      record.resolution_ns = 1;
      record.time_ns = now_ns;
    }
    events.clear();
    const bool understood = scanner.Scan(record, &events);
    builder.Add(record, events, understood);
  }
  events.clear();
  scanner.Finish(&events);
  return builder.Finish(events, Given());
}

void CheckQuote(const Quote& quote, std::uint64_t lines) {
  Require(quote.line <= lines, "a quote is of a line that was read");
}

void Check(const Timeline& timeline, std::uint64_t lines) {
  Require(timeline.works.size() <= kWorks, "prompts are capped");
  Require(timeline.other_works.size() <= kOthers, "other work is capped");
  Require(timeline.failures.size() <= kFailures, "failures are capped");
  Require(timeline.processes.size() <= kProcesses, "processes are capped");
  Require(timeline.gaps.size() <= kGaps, "gaps are capped");
  Require(timeline.tail.size() <= kTail, "the tail is capped");
  for (const Failure& failure : timeline.failures) {
    Require(failure.first_line <= failure.last_line, "a failure goes forward");
    Require(failure.last_line <= lines, "a failure is of lines that were read");
    CheckQuote(failure.quote, lines);
    CheckQuote(failure.headline, lines);
    for (const Quote& quote : failure.context) CheckQuote(quote, lines);
  }
  std::uint64_t number = 0;
  for (const Process& process : timeline.processes) {
    Require(process.number > number, "processes are numbered");
    number = process.number;
    Require(process.first_line <= process.last_line, "a process goes forward");
  }
  for (const Gap& gap : timeline.gaps) {
    Require(std::isfinite(gap.seconds) && gap.seconds >= 0, "a gap is a time");
  }
}

void Check(const Diagnosis& diagnosis, std::uint64_t lines) {
  Require(!diagnosis.outcome.empty() && !diagnosis.cause.empty(),
          "there is a verdict");
  Require(diagnosis.posterior >= 0 && diagnosis.posterior <= 1,
          "a probability is one");
  Require(diagnosis.findings.size() <= kFindings, "findings are capped");
  for (const Evidence& evidence : diagnosis.evidence) {
    CheckQuote(evidence.quote, lines);
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const std::string_view text = TextOf(data, size);
  const std::uint64_t lines = LinesOf(text).size();
  for (const bool clock : {true, false}) {
    Story story = StoryOf(text, clock);
    Check(story.timeline, lines);
    Check(
        Diagnose(BuiltIn(), std::move(story.timeline), std::move(story.facts)),
        lines);
  }
  return 0;
}
