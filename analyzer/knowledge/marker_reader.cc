// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "analyzer/knowledge/table_reader.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kWeakFacts = "weak_facts";

// Shorter literals stand in too many lines to filter anything.
constexpr std::size_t kMinLiteralBytes = 4;

void ReadLiterals(MapReader* reader, ErrorSink* sink, Marker* marker) {
  if (reader->Required("literal") == nullptr) return;
  for (const YamlNode* node : reader->OneOrMore("literal")) {
    marker->literals.push_back(ReadText(*node, "literal", sink));
    const std::size_t size = marker->literals.back().size();
    if (node->kind == YamlNode::Kind::kScalar && size == node->text.size() &&
        size < kMinLiteralBytes) {
      sink->Fail(*node, "literal \"" + node->text +
                            "\" is shorter than 4 bytes; take more of the text "
                            "that never varies");
    }
  }
}

void ReadFacts(MapReader* reader, std::string_view key, ErrorSink* sink,
               Marker* marker) {
  const YamlNode* facts = reader->Find(key);
  if (facts == nullptr) return;
  if (facts->kind != YamlNode::Kind::kMap) {
    sink->Fail(*facts, "\"" + std::string(key) +
                           "\" must be a map of fact name: regex group");
    return;
  }
  for (const auto& [name, group] : facts->entries) {
    FactCapture capture;
    capture.weak = key == kWeakFacts;
    capture.fact = ReadText(name, "facts", sink);
    capture.group = ReadText(group, "facts", sink);
    if (!IsName(capture.fact, '_')) {
      sink->Fail(name,
                 "fact name \"" + capture.fact + "\" must be lower_snake_case");
    }
    if (!capture.group.empty() &&
        !Contains(marker->regex, "(?P<" + capture.group + ">")) {
      sink->Fail(group, "the regex has no group \"" + capture.group +
                            "\"; name it with (?P<" + capture.group + ">...)");
    }
    marker->facts.push_back(std::move(capture));
  }
}

void ReadSet(const YamlNode* set, ErrorSink* sink, Marker* marker) {
  if (set == nullptr) return;
  if (set->kind != YamlNode::Kind::kMap || set->entries.size() != 1) {
    sink->Fail(*set, "\"set\" must be a map with one entry, fact: value");
    return;
  }
  const auto& [name, value] = set->entries.front();
  marker->fixed_fact = ReadText(name, "set", sink);
  marker->fixed_value = ReadText(value, "set", sink);
  if (!IsName(marker->fixed_fact, '_')) {
    sink->Fail(name, "fact name \"" + marker->fixed_fact +
                         "\" must be lower_snake_case");
  }
}

bool HasLiteral(const Marker& marker, std::string_view line) {
  return std::any_of(
      marker.literals.begin(), marker.literals.end(),
      [line](const std::string& part) { return Contains(line, part); });
}

// Samples prove that the marker finds what it is for, nots that it leaves its
// neighbours alone.
void CheckSamples(const YamlNode* samples, const std::optional<Regex>& regex,
                  const Marker& marker, ErrorSink* sink) {
  if (samples == nullptr) return;
  if (samples->items.empty() && samples->kind == YamlNode::Kind::kList) {
    sink->Fail(*samples, "\"samples\" is empty; give a line that matches");
  }
  for (const YamlNode& sample : samples->items) {
    if (!IsText(sample)) continue;
    if (!HasLiteral(marker, sample.text)) {
      sink->Fail(sample, "this sample contains no literal of the marker");
    } else if (regex && !regex->Search(sample.text)) {
      sink->Fail(sample, "the regex does not match this sample");
    }
  }
}

void CheckNots(const YamlNode* nots, const std::optional<Regex>& regex,
               const Marker& marker, ErrorSink* sink) {
  if (nots == nullptr) return;
  for (const YamlNode& line : nots->items) {
    if (!IsText(line) || !HasLiteral(marker, line.text)) continue;
    if (regex && !regex->Search(line.text)) continue;
    sink->Fail(line, "the marker matches this line, which it must not");
  }
}

bool IsOfWork(Role role) {
  return role == Role::kWorkBegins || role == Role::kWorkDone ||
         role == Role::kWorkFailed;
}

// What only says that something is so, or that something is wrong, others say
// in the same words.
bool OwnUnlessSaid(Role role) {
  return role != Role::kNote && role != Role::kSymptom &&
         role != Role::kError && role != Role::kComplaint &&
         role != Role::kWarning;
}

// The keys that a role needs, and those that mean nothing without it.
void CheckRole(const YamlNode& row, const MapReader& reader, ErrorSink* sink,
               const Marker& marker) {
  if (marker.role == Role::kPhase && marker.phase.empty()) {
    sink->Fail(row, "a marker of role phase needs the key \"phase\"");
  }
  if (marker.role != Role::kProcessStart && reader.Has("stage")) {
    sink->Fail(row, "\"stage\" has a meaning for role process-start only");
  }
  if (IsOfWork(marker.role) && !reader.Has("work")) {
    sink->Fail(row,
               "a marker of role work-begins, work-done or work-failed needs "
               "the key \"work\"");
  }
  if (!IsOfWork(marker.role) && reader.Has("work")) {
    sink->Fail(row,
               "\"work\" has a meaning for roles work-begins, work-done and "
               "work-failed only");
  }
  if (marker.role == Role::kRestartCount &&
      !Contains(marker.regex, "(?P<restarts>")) {
    sink->Fail(row,
               "a marker of role restart-count needs a regex with the group "
               "(?P<restarts>...)");
  }
  // That a line is of a pod is a fact, too.
  const bool tells =
      !marker.facts.empty() || !marker.fixed_fact.empty() || reader.Has("own");
  if (marker.role == Role::kFact && !tells) {
    sink->Fail(row,
               "a marker of role fact needs \"facts\", \"set\" or \"own\"");
  }
}

void ReadNeeds(MapReader* reader, TableContext* context, Marker* marker) {
  marker->needs = reader->Text("needs");
  if (marker->needs.empty()) return;
  context->references->push_back(
      {Table::kMarker, marker->needs,
       context->sink->Place(*reader->Find("needs"))});
}

// How the timeline reads it.
void ReadMeaning(MapReader* reader, TableContext* context, Marker* marker) {
  marker->phase = reader->OneOf("phase", PhaseNames());
  marker->stage = reader->Integer("stage", 0);
  marker->work = reader->OneOf("work", WorkNames());
  marker->own =
      reader->Has("own") ? reader->Flag("own") : OwnUnlessSaid(marker->role);
  ReadNeeds(reader, context, marker);
  ReadFacts(reader, "facts", context->sink, marker);
  ReadFacts(reader, kWeakFacts, context->sink, marker);
  ReadSet(reader->Find("set"), context->sink, marker);
  marker->says = reader->Text("says");
}

Marker ReadMarker(const YamlNode& row, TableContext* context) {
  ErrorSink* sink = context->sink;
  MapReader reader(row, "a marker", sink);
  Marker marker;
  marker.origin = OriginOf(row, *context);
  if (!reader.ok()) return marker;
  marker.id = ReadId("marker", &reader, *context);
  reader.Required("role");
  const std::string role = reader.OneOf("role", RoleNames());
  marker.role = FindRole(role).value_or(Role::kNote);
  ReadLiterals(&reader, sink, &marker);
  std::optional<Regex> regex;
  marker.regex = reader.Pattern("regex", &regex);
  ReadMeaning(&reader, context, &marker);
  const YamlNode* samples = reader.Required("samples");
  marker.samples = reader.List("samples");
  marker.nots = reader.List("nots");
  // A broken regex or literal has been reported; its samples say no more.
  if (marker.literals.size() > 0 && marker.regex.empty() != regex.has_value()) {
    CheckSamples(samples, regex, marker, sink);
    CheckNots(reader.Find("nots"), regex, marker, sink);
  }
  CheckRole(row, reader, sink, marker);
  ReadReplaces("marker", marker.id, &reader, context);
  reader.Finish();
  return marker;
}

}  // namespace

std::vector<Marker> ReadMarkers(const YamlNode& root, TableContext* context) {
  std::vector<Marker> markers;
  for (const YamlNode& row : RowsOf(root, "markers", context)) {
    markers.push_back(ReadMarker(row, context));
  }
  return markers;
}

}  // namespace logdiag
