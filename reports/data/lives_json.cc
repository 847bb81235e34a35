// SPDX-License-Identifier: Apache-2.0
#include "reports/data/lives_json.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/severity.h"
#include "reports/words/fingerprint.h"
#include "reports/words/names.h"
#include "reports/words/works.h"

namespace logdiag {
namespace {

constexpr int kMilliseconds = 3;

Json IncidentLines(const Page& page, const FailureSummary& failure) {
  std::vector<Evidence> lines =
      failure.verdict ? page.diagnosis.evidence : failure.evidence;
  const bool shown = std::any_of(
      lines.begin(), lines.end(),
      [&](const Evidence& e) { return e.quote.line == failure.quote.line; });
  if (!shown && failure.quote.line != 0) {
    Evidence line;
    line.quote = failure.quote;
    lines.push_back(std::move(line));
  }
  return ListOf(lines, [&](const Evidence& item) {
    return EvidenceJson(page, item, true);
  });
}

Json IncidentJson(const Page& page, const FailureSummary& failure) {
  Json json = Json::object();
  if (failure.verdict) json["verdict"] = true;
  json["kind"] = failure.kind;
  json["severity"] = SeverityName(SeverityOf(failure));
  json["outcome"] = failure.outcome;
  json["cause"] = failure.cause;
  Put("title", PlainText(Capitalized(CauseTitle(page, failure.cause))), &json);
  json["confidence"] = ConfidenceName(failure.confidence);
  json["probability"] = Rounded(failure.posterior, kMilliseconds);
  json["fingerprint"] = failure.verdict
                            ? Fingerprint(page.diagnosis)
                            : Fingerprint(failure.outcome, failure.cause,
                                          failure.phase, failure.quote.text);
  Put("phase", failure.phase, &json);
  PutKnown("session", failure.session, &json);
  PutKnown("prompt", failure.prompt, &json);
  PutQuote(failure.quote, &json);
  PutTime("time", page.diagnosis.source, failure.quote.time_ns, &json);
  json["repaired"] = failure.repaired;
  if (failure.exception) json["exception"] = ExceptionJson(*failure.exception);
  json["evidence"] = IncidentLines(page, failure);
  return json;
}

// The session whose lines hold `line`; 0 if its start was not seen, or if it is
// none of those that were kept.
std::uint64_t SessionAt(const Timeline& timeline, std::uint64_t line) {
  for (const Process& process : timeline.processes) {
    if (process.first_line <= line && line <= process.last_line) {
      return process.session;
    }
  }
  return 0;
}

// "31.20 seconds" or "0:12:34".
std::optional<double> ReadDuration(std::string_view text) {
  std::optional<double> seconds;
  for (bool more = true; more;) {
    const auto part = ReadNumber(text);
    if (!part || *part < 0) return std::nullopt;
    seconds = seconds.value_or(0) * 60 + *part;
    const std::size_t colon = text.find(':');
    more = colon != std::string_view::npos;
    if (more) text.remove_prefix(colon + 1);
  }
  return seconds;
}

// What the program itself measured, else what passed by the log's clock.
void PutWorkSeconds(const Work& work, Json* json) {
  if (const auto printed = ReadDuration(work.duration)) {
    (*json)["seconds"] = Rounded(*printed, kMilliseconds);
  } else {
    PutSeconds("seconds", work.start_ns, work.end_ns, json);
  }
}

Json WorkItemJson(const Diagnosis& diagnosis, const Work& work) {
  Json json = {{"kind", WorkKindName(work.kind)}};
  PutKnown("number", work.number, &json);
  PutKnown("session", SessionAt(diagnosis.timeline, work.queued_line), &json);
  json["result"] = WorkStateName(work.state);
  PutKnown("line", work.queued_line, &json);
  PutKnown("end_line", work.end_line, &json);
  PutTime("started_at", diagnosis.source, work.start_ns, &json);
  PutTime("ended_at", diagnosis.source, work.end_ns, &json);
  PutWorkSeconds(work, &json);
  if (work.steps_total > 0) {
    json["steps_done"] = work.steps_done;
    json["steps_total"] = work.steps_total;
  }
  if (work.seconds_per_step) {
    json["seconds_per_step"] = Rounded(*work.seconds_per_step, kMilliseconds);
  }
  if (!work.work.empty()) json["what"] = ListOf(work.work, Shown);
  return json;
}

Json SessionJson(const LogSource& source, const Process& process) {
  const bool ended = process.end != ProcessEnd::kRunning;
  Json json = {{"process", process.number}};
  PutKnown("session", process.session, &json);
  PutKnown("container", process.container, &json);
  json["end"] = ProcessEndName(process.end);
  Put("phase", process.phase, &json);
  json["prompts"] = process.prompts;
  PutKnown("line", process.first_line, &json);
  PutKnown("ready_line", process.ready_line, &json);
  PutKnown("last_line", process.last_line, &json);
  if (process.end_quote) PutKnown("end_line", process.end_quote->line, &json);
  PutTime("started_at", source, process.start_ns, &json);
  if (ended) PutTime("ended_at", source, process.last_ns, &json);
  PutSeconds("seconds", process.start_ns, process.last_ns, &json);
  return json;
}

Json EventJson(const LogSource& source, const Milestone& milestone) {
  Json json = Json::object();
  PutKnown("line", milestone.line, &json);
  PutTime("time", source, milestone.time_ns, &json);
  PutKnown("session", milestone.session, &json);
  Put("phase", milestone.phase, &json);
  Put("event", milestone.event, &json);
  Put("detail", milestone.detail, &json);
  return json;
}

}  // namespace

Json ExceptionJson(const Exception& exception) {
  Json json = {{"type", Shown(exception.type)}};
  Put("message", exception.message, &json);
  PutKnown("log_line", exception.line, &json);
  if (exception.place) {
    Put("file", exception.place->file, &json);
    if (exception.place->line > 0) json["line"] = exception.place->line;
    Put("function", exception.place->function, &json);
  }
  Put("pack", exception.pack, &json);
  Put("node", exception.node, &json);
  return json;
}

Json EvidenceJson(const Page& page, const Evidence& evidence,
                  bool with_offset) {
  Json json = Json::object();
  PutKnown("line", evidence.quote.line, &json);
  if (with_offset && evidence.quote.line != 0) {
    json["offset"] = evidence.quote.offset;
  }
  Put("text", evidence.quote.text, &json);
  Put("says", PlainText(page.words.Fill(evidence.says)), &json);
  json["weight_db"] = evidence.weight_db;
  if (evidence.given) json["given"] = true;
  return json;
}

Json IncidentsJson(const Page& page) {
  std::vector<FailureSummary> failures = page.diagnosis.failures;
  std::stable_partition(failures.begin(), failures.end(),
                        [](const FailureSummary& f) { return f.verdict; });
  return ListOf(failures, [&](const FailureSummary& failure) {
    return IncidentJson(page, failure);
  });
}

Json SessionsJson(const Diagnosis& diagnosis) {
  return ListOf(diagnosis.timeline.processes, [&](const Process& process) {
    return SessionJson(diagnosis.source, process);
  });
}

Json WorkJson(const Diagnosis& diagnosis) {
  return ListOf(WorksInOrder(diagnosis.timeline), [&](const Work& work) {
    return WorkItemJson(diagnosis, work);
  });
}

Json EventsJson(const Diagnosis& diagnosis) {
  return ListOf(diagnosis.timeline.milestones, [&](const Milestone& event) {
    return EventJson(diagnosis.source, event);
  });
}

}  // namespace logdiag
