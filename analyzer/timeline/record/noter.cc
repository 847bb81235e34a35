// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/noter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Facts of the machine, and by what share a figure may differ on the same one.
// Not the card: a list of several ends with any of them.
constexpr std::array<std::string_view, 2> kHostFacts = {"ram_mb", "driver"};
constexpr double kSameHost = 0.01;

// Of facts that are memory.
constexpr std::string_view kMegabytes = "_mb";

bool IsHostFact(std::string_view fact) {
  return std::find(kHostFacts.begin(), kHostFacts.end(), fact) !=
         kHostFacts.end();
}

}  // namespace

bool Noter::Counts(const Marker& marker) {
  if (marker.needs.empty()) return true;
  const RunningWork* running = lives_->works.running();
  const Sightings& seen = running != nullptr ? running->seen : chronicle_->seen;
  return std::any_of(seen.begin(), seen.end(), [&](const auto& sighting) {
    return catalogue_->markers[sighting.first].id == marker.needs;
  });
}

void Noter::TakeFacts(const Event& event, const Marker& marker,
                      const MarkerHit& hit) {
  Facts& facts = chronicle_->facts;
  for (const FactCapture& capture : marker.facts) {
    std::string value = CaptureOf(hit, capture.group);
    if (value.empty() || (capture.weak && facts.contains(capture.fact))) {
      continue;
    }
    NoteHost(event, capture.fact, value);
    NoteMemory(event, capture.fact, value);
    facts[capture.fact] = {std::move(value), event.line, event.offset,
                           event.text};
  }
  if (!marker.fixed_fact.empty()) {
    facts[marker.fixed_fact] = {marker.fixed_value, event.line, event.offset,
                                event.text};
  }
  NoteWork(hit);
}

void Noter::NoteWork(const MarkerHit& hit) {
  RunningWork* running = lives_->works.running();
  if (running == nullptr) return;
  const std::string auxiliary = CaptureOf(hit, "aux");
  if (!auxiliary.empty()) AddWork(auxiliary, &running->work.auxiliary);
  const std::string work = CaptureOf(hit, "work");
  if (!work.empty()) AddWork(work, &running->work.work);
  if (!work.empty() || !auxiliary.empty()) {
    running->loads_main = auxiliary.empty();
  }
}

void Noter::Note(const Event& event) {
  AddSighting(event, &chronicle_->seen);
  chronicle_->recent.Add(event);
  if (const auto* hit = std::get_if<MarkerHit>(&event.what)) {
    const Marker& marker = catalogue_->markers[hit->marker];
    if (marker.own && !marker.program.empty()) {
      chronicle_->programs.insert(marker.program);
    }
  }
  if (Process* process = lives_->processes.current()) {
    AddSighting(event, &process->seen);
  }
  const Failure* failure = failures_->open();
  // Lines about refused outputs are not about the rest that runs.
  const bool validating = failure != nullptr &&
                          failure->kind == FailureKind::kOutput &&
                          lives_->Phase() == "prompt-validation";
  RunningWork* running = lives_->works.running();
  if (running != nullptr && !validating) AddSighting(event, &running->seen);
  failures_->Gather(event);
}

void Noter::NoteMemory(const Event& event, const std::string& fact,
                       const std::string& value) {
  if (!EndsWith(fact, kMegabytes)) return;
  if (const auto figure = ReadNumber(value)) {
    chronicle_->memory.Add({fact, event.line, event.time_ns, *figure});
  }
}

// A figure of the machine that differs from what the failed process saw.
void Noter::NoteHost(const Event& event, const std::string& fact,
                     const std::string& value) {
  if (!IsHostFact(fact)) return;
  const Process* process = lives_->processes.current();
  if (process == nullptr || process->number == 0) return;
  Failure* failure = failures_->EndOf(process->number - 1);
  if (failure == nullptr || failure->host_changed) return;
  const auto before = failure->facts.find(fact);
  if (before == failure->facts.end()) return;
  const std::optional<double> was = ReadNumber(before->second.value);
  const std::optional<double> is = ReadNumber(value);
  const bool same = was && is ? std::abs(*is - *was) <= *was * kSameHost
                              : before->second.value == value;
  if (!same) failure->host_changed = QuoteOf(event);
}

}  // namespace logdiag
