// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/floods.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/record/line_shape.h"
#include "analyzer/timeline/record/sightings.h"

namespace logdiag {
namespace {

bool IsTrouble(Role role) {
  return role == Role::kSymptom || role == Role::kError ||
         role == Role::kComplaint || role == Role::kWarning;
}

// True if `text` names the type of an exception, as Python forms such names:
// "URLError(...)".
bool NamesException(std::string_view text) {
  const auto letter = [&](std::size_t at) {
    return at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') ||
                                (text[at] >= 'A' && text[at] <= 'Z'));
  };
  for (const std::string_view end : {"Error", "Exception"}) {
    for (std::size_t at = text.find(end, 1); at != text.npos;
         at = text.find(end, at + 1)) {
      if (letter(at - 1) && !letter(at + end.size())) return true;
    }
  }
  return false;
}

}  // namespace

bool Floods::Idle() {
  const Process* process = lives_->processes.current();
  return process != nullptr && process->ready_line != 0 &&
         process->end == ProcessEnd::kRunning &&
         lives_->works.running() == nullptr && lives_->works.outer() == nullptr;
}

bool Floods::TellsOfTrouble(const Record& record,
                            const std::vector<Event>& events) const {
  bool trouble = record.level >= Level::kError || NamesException(record.body);
  for (const Event& event : events) {
    if (std::holds_alternative<ProgressBar>(event.what)) return false;
    // A traceback is told of in a record after its end.
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) continue;
    const Role role = catalogue_->markers[hit->marker].role;
    if (role == Role::kNote) return false;
    trouble = trouble || IsTrouble(role);
  }
  return trouble;
}

void Floods::Take(const Record& record, const std::vector<Event>& events) {
  if (!Idle()) return Close();
  if (record.source != Source::kContainer || record.body.empty()) return;
  ++records_;
  if (!TellsOfTrouble(record, events)) return;
  const std::string_view text = LastRedraw(record.body);
  const std::uint64_t hash = ShapeOf(text);
  auto known = shapes_.find(hash);
  if (known == shapes_.end()) {
    if (shapes_.size() == kMaxShapes) return;
    known = shapes_.try_emplace(hash).first;
    known->second.begun = records_;
    Event& first = known->second.first;
    first.source = record.source;
    first.line = record.line;
    first.offset = record.offset;
    first.time_ns = record.time_ns;
    first.text = std::string(CutUtf8(text, kMaxEventText));
  }
  Shape& shape = known->second;
  for (const Event& event : events) AddSighting(event, &shape.seen);
  shape.last = records_;
  if (++shape.count < kFlood) return;
  if (!shape.flood) {
    shape.flood = maker_->Make(FailureKind::kTrouble, shape.first);
    shape.flood->stated = true;
    shape.flood->bystander = true;
    shape.flood->flood = true;
  }
  shape.flood->repeats = shape.count - 1;
  shape.flood->last_line = record.line;
}

void Floods::Close() {
  for (auto& [hash, shape] : shapes_) {
    const std::uint64_t span = shape.last - shape.begun + 1;
    if (!shape.flood || shape.count * kShare < span) continue;
    shape.flood->seen = std::move(shape.seen);
    failures_->Add(*std::move(shape.flood));
  }
  shapes_.clear();
}

}  // namespace logdiag
