// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/case_file.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

const Seen* FindIn(const Sightings& seen, std::size_t marker) {
  const auto found = seen.find(marker);
  return found == seen.end() ? nullptr : &found->second;
}

// As people say it: "0.389 s", "10 s", "50 min 19 s".
std::string Duration(double seconds) {
  constexpr double kFine = 2;  // from here on nobody counts milliseconds
  constexpr double kMinute = 60;
  constexpr std::int64_t kNsPerMs = 1'000'000;
  const auto ms = seconds < kFine || seconds > kMinute
                      ? std::llround(seconds * 1000)
                      : std::llround(seconds) * 1000;
  return FormatDuration(ms * kNsPerMs);
}

// A message that stands in a sentence ends where the sentence does.
std::string WithoutEnd(std::string_view message) {
  const std::size_t last = message.find_last_not_of(" \t\r\n.:");
  return std::string(message.substr(0, last == message.npos ? 0 : last + 1));
}

// The node that all reasons of a refusal are about; "" if there are several.
std::string RefusedNode(const Failure& failure) {
  std::string node;
  for (const Refusal& refusal : failure.refusals) {
    if (StartsWith(refusal.node, "(")) continue;  // "(prompt)"
    if (!node.empty() && node != refusal.node) return "";
    node = refusal.node;
  }
  return node;
}

// "model-00002-of-00007.safetensors", and not "Fetching 5 files".
bool IsFileName(std::string_view label) {
  const std::size_t dot = label.rfind('.');
  return dot != label.npos && dot > 0 && dot + 1 < label.size() &&
         label.find(' ') == label.npos;
}

void AddFailureValues(const Failure& failure, Values* values) {
  Values& out = *values;
  if (!failure.pack.empty()) out["pack"] = failure.pack;
  const std::string node =
      failure.node.empty() ? RefusedNode(failure) : failure.node;
  if (!node.empty()) out["node"] = node;
  if (failure.traceback && !failure.traceback->chain.empty()) {
    const Raised& first = failure.traceback->chain.front();
    PutException(first.type, first.message, &out);
  }
  // A bar that is full belongs to what came before.
  if (failure.bar && failure.bar->done < failure.bar->total) {
    out["bar"] = std::to_string(failure.bar->done) + "/" +
                 std::to_string(failure.bar->total);
    const std::string& label = failure.bar->label;
    if (IsFileName(label)) out["bar_file"] = label;
  }
  if (failure.restart_gap_s) {
    out["gap"] = Duration(*failure.restart_gap_s);
  }
  if (failure.silence_s) out["silence"] = Duration(*failure.silence_s);
  if (failure.same_point_deaths > 0) {
    out["deaths"] = std::to_string(failure.same_point_deaths);
  }
  std::string work;
  for (const std::string& item : failure.work) {
    work += (work.empty() ? "" : ", ") + item;
  }
  if (!work.empty()) out["work"] = work;
}

}  // namespace

void PutException(const std::string& type, const std::string& message,
                  Values* values) {
  if (!type.empty()) (*values)["exception"] = type;
  const std::string said = WithoutEnd(message);
  if (!said.empty()) (*values)["message"] = said;
}

CaseFile::CaseFile(const Catalogue* catalogue, const Timeline* timeline,
                   const Facts* facts, Incident incident)
    : catalogue_(catalogue),
      timeline_(timeline),
      facts_(*facts),
      incident_(std::move(incident)) {
  const auto note = [&](const auto& sightings) {
    for (const auto& [index, seen] : sightings) {
      marker_index_.emplace(catalogue->markers[index].id, index);
    }
  };
  note(timeline->seen);
  note(failure().seen);
  if (const Process* of = process()) note(of->seen);
  for (const auto& [index, seen] : timeline->seen) {
    const Marker& marker = catalogue->markers[index];
    // What others print in the same words tells no program.
    if (marker.own && !marker.program.empty()) {
      programs_.insert(marker.program);
    }
  }
  for (const auto& [name, fact] : incident_.failure->facts) {
    Fact& known = facts_[name];
    if (!known.given) known = fact;
  }
}

const Process* CaseFile::process() const {
  for (const Process& process : timeline_->processes) {
    if (process.number == failure().process) return &process;
  }
  return nullptr;
}

std::string CaseFile::EndName() const {
  const Process* of = process();
  switch (of == nullptr ? ProcessEnd::kRunning : of->end) {
    case ProcessEnd::kAnnounced:
      return "announced";
    case ProcessEnd::kStopped:
      return "stopped";
    case ProcessEnd::kDied:
      return "died";
    case ProcessEnd::kSilent:
      return "silent";
    case ProcessEnd::kRunning:
      break;
  }
  return "running";
}

const Seen* CaseFile::Find(std::string_view id, std::string_view scope) const {
  const auto index = marker_index_.find(id);
  if (index == marker_index_.end()) return nullptr;
  if (scope == "incident") return FindIn(failure().seen, index->second);
  if (scope == "session") {
    const Process* of = process();
    return of == nullptr ? FindIn(timeline_->seen, index->second)
                         : FindIn(of->seen, index->second);
  }
  const Seen* seen = FindIn(timeline_->seen, index->second);
  if (scope == "before" && seen != nullptr &&
      seen->first.line > failure().last_line) {
    return nullptr;
  }
  return seen;
}

Values CaseFile::MakeValues() const {
  Values values;
  for (const auto& [name, fact] : facts_) values[name] = fact.value;
  values["phase"] = incident_.phase;
  values["outcome"] = incident_.outcome;
  // The steps of a trainer sample nothing.
  if (incident_.phase == "sampling" && !programs_.empty() &&
      std::all_of(programs_.begin(), programs_.end(),
                  [this](std::string_view id) {
                    const Dialect* program = catalogue_->FindDialect(id);
                    return program != nullptr && program->unit == "training";
                  })) {
    values["phase_word"] = "training";
  }
  if (!programs_.empty()) {
    const Dialect* program = catalogue_->FindDialect(*programs_.begin());
    if (program != nullptr) values["program"] = program->name;
  }
  AddFailureValues(failure(), &values);
  return values;
}

}  // namespace logdiag
