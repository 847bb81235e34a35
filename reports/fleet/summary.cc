// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/summary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "analyzer/support/hash.h"
#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/data/report_json.h"
#include "reports/words/works.h"

namespace logdiag {
namespace {

constexpr const char* kSchema = "logdiag.summary/1";
// What nearly all lines have room for; FitALine() sees to the others.
constexpr std::size_t kMaxLogName = 240;
constexpr std::size_t kMaxTitle = 160;
constexpr std::size_t kMaxTrait = 40;

// Facts of the log by the names that a fleet has for them.
constexpr std::array<std::pair<std::string_view, const char*>, 6> kTraits = {
    {{"gpu", "card"},
     {"driver", "driver"},
     {"comfyui", "comfyui"},
     {"torch", "torch"},
     {"cuda", "cuda"},
     {"model_family", "model"}}};

constexpr std::string_view kPack = "pack";

std::int64_t Between(std::optional<std::int64_t> from,
                     std::optional<std::int64_t> to) {
  return from && to ? std::max<std::int64_t>(0, *to - *from) : 0;
}

std::uint64_t LostSeconds(const Diagnosis& diagnosis) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const Timeline& timeline = diagnosis.timeline;
  const bool calendar =
      timeline.clock == Clock::kUtc || timeline.clock == Clock::kLocal;
  if (!calendar) return 0;
  std::int64_t lost = 0;
  for (const Work& work : WorksInOrder(timeline)) {
    if (work.state == WorkState::kFailed || work.state == WorkState::kLost) {
      lost += Between(work.start_ns, work.end_ns);
    }
  }
  if (diagnosis.outcome == "hang" && diagnosis.incident) {
    lost += Between(diagnosis.incident->quote.time_ns, timeline.last_ns);
  }
  return static_cast<std::uint64_t>(lost / kSecond);
}

std::string CutText(std::string_view text, std::size_t most) {
  return LogText(text, most).shown();
}

std::string TextOf(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>()
                                                   : "";
}

// As far as they fit: the user's own first.
std::map<std::string, std::string> TraitsOf(
    const Diagnosis& diagnosis,
    const std::map<std::string, std::string>& given) {
  std::map<std::string, std::string> traits;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty() || traits.size() == kMaxTraits) return;
    traits.emplace(CutText(name, kMaxTrait), CutText(value, kMaxTrait));
  };
  for (const auto& [name, value] : given) add(name, value);
  if (diagnosis.exception) add(kPack, diagnosis.exception->pack);
  for (const auto& [fact, name] : kTraits) {
    const auto found = diagnosis.facts.find(fact);
    if (found != diagnosis.facts.end()) add(name, found->second.value);
  }
  return traits;
}

// Escapes may make a line longer than its texts are.
void FitALine(Summary* summary) {
  constexpr std::size_t kShort = 80;
  const auto fits = [&] {
    return WriteSummary(*summary).size() <= kMaxSummaryBytes;
  };
  if (fits()) return;
  summary->title = CutText(summary->title, kShort);
  if (fits()) return;
  summary->log = CutText(summary->log, kShort);
  while (!fits() && !summary->traits.empty()) {
    summary->traits.erase(std::prev(summary->traits.end()));
  }
}

}  // namespace

bool IsToldByLogs(std::string_view trait) {
  return trait == kPack ||
         std::any_of(kTraits.begin(), kTraits.end(),
                     [&](const auto& known) { return known.second == trait; });
}

Summary Summarize(const Diagnosis& diagnosis, const Catalogue& catalogue,
                  const ReportOptions& options, std::string_view content,
                  const std::map<std::string, std::string>& traits) {
  const Prepared prepared(diagnosis, catalogue, options);
  const Diagnosis& shown = prepared.page().diagnosis;
  const Json report = ReportJson(prepared.page(), options);
  Summary summary;
  std::string named = TextOf(report, "id") + '\n' + std::string(content);
  for (const auto& [name, value] : traits) named += '\n' + name + '=' + value;
  if (traits.empty()) named += '\n' + shown.source.Name();
  summary.id = ContentId(named);
  summary.log = CutText(shown.source.Name(), kMaxLogName);
  summary.outcome = TextOf(report, "outcome");
  summary.cause = TextOf(report, "cause");
  summary.confidence = TextOf(report, "confidence");
  summary.severity = TextOf(report, "severity");
  summary.fingerprint = TextOf(report, "fingerprint");
  summary.title = CutText(TextOf(report, "title"), kMaxTitle);
  summary.started_at = TextOf(report, "started_at");
  summary.ended_at = TextOf(report, "ended_at");
  for (const Json& incident : report["incidents"]) {
    if (incident.value("verdict", false)) {
      summary.failed_at = TextOf(incident, "time");
    }
  }
  summary.traits = TraitsOf(shown, traits);
  summary.lost_seconds = LostSeconds(shown);
  summary.partial = shown.coverage.partial;
  FitALine(&summary);
  return summary;
}

std::string WriteSummary(const Summary& summary) {
  Json json = {{"schema", kSchema}};
  Put("id", summary.id, &json);
  Put("log", summary.log, &json);
  Put("outcome", summary.outcome, &json);
  Put("cause", summary.cause, &json);
  Put("confidence", summary.confidence, &json);
  Put("severity", summary.severity, &json);
  Put("fingerprint", summary.fingerprint, &json);
  Put("title", summary.title, &json);
  Put("started_at", summary.started_at, &json);
  Put("ended_at", summary.ended_at, &json);
  Put("failed_at", summary.failed_at, &json);
  if (!summary.traits.empty()) json["traits"] = summary.traits;
  PutKnown("lost_seconds", summary.lost_seconds, &json);
  if (summary.partial) json["partial"] = true;
  return Dump(json, false);
}

Result<Summary> ReadSummary(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return Error{"", "this is no JSON object"};
  if (TextOf(json, "schema") != kSchema) {
    return Error{"", std::string("its schema is not ") + kSchema +
                         "; write it with --format summary"};
  }
  Summary summary;
  // Whoever wrote it, it is shown.
  const auto text = [&](const char* name) {
    return LogText(TextOf(json, name), kMaxLogName).shown();
  };
  summary.id = text("id");
  summary.log = text("log");
  summary.outcome = text("outcome");
  summary.cause = text("cause");
  summary.confidence = text("confidence");
  summary.severity = text("severity");
  summary.fingerprint = text("fingerprint");
  summary.title = text("title");
  summary.started_at = text("started_at");
  summary.ended_at = text("ended_at");
  summary.failed_at = text("failed_at");
  if (const auto traits = json.find("traits");
      traits != json.end() && traits->is_object()) {
    for (const auto& [name, value] : traits->items()) {
      if (!value.is_string() || summary.traits.size() == kMaxTraits) continue;
      summary.traits.emplace(CutText(name, kMaxTrait),
                             CutText(value.get<std::string>(), kMaxTrait));
    }
  }
  if (const auto lost = json.find("lost_seconds");
      lost != json.end() && lost->is_number_unsigned()) {
    summary.lost_seconds = lost->get<std::uint64_t>();
  }
  if (const auto partial = json.find("partial"); partial != json.end()) {
    summary.partial = *partial == true;
  }
  if (summary.id.empty() || summary.outcome.empty()) {
    return Error{"", "it has no id or no outcome"};
  }
  return summary;
}

}  // namespace logdiag
