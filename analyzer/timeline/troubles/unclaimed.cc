// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/unclaimed.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/timeline/record/sightings.h"

namespace logdiag {
namespace {

// Roles whose markers tell what the line is about, so that its level adds
// nothing. A symptom only says that something is wrong.
bool Explains(Role role) {
  return role != Role::kSymptom && role != Role::kFact && role != Role::kPhase;
}

}  // namespace

// A marker that calls the exception's line uneventful matched it.
bool Unclaimed::IsKnownAsHarmless(const Event& event) const {
  const Sightings seen = chronicle_->recent.Since(event.line);
  return std::any_of(seen.begin(), seen.end(), [&](const auto& entry) {
    return entry.second.first.line == event.line &&
           catalogue_->markers[entry.first].role == Role::kNote;
  });
}

// Lines that follow a failure closely are about it.
bool Unclaimed::BelongsToKnown(std::uint64_t line) const {
  const Failure* open = failures_->open();
  return open != nullptr && line <= open->last_line + kSameTroubleLines;
}

Failure* Unclaimed::Tell(const Event& event) {
  if (BelongsToKnown(event.line)) return nullptr;
  Failure* last = failures_->trouble();
  if (last != nullptr && !last->repaired_by &&
      event.line <= last->last_line + kSameTroubleLines) {
    last->last_line = event.line;
    last->calm = 0;
    if (event.text == last->headline.text) ++last->repeats;
    return last;
  }
  Failure trouble = maker_->Make(FailureKind::kTrouble, event);
  trouble.seen = chronicle_->recent.Since(event.line);
  return &failures_->OpenTrouble(std::move(trouble));
}

void Unclaimed::OnTraceback(const Event& event, const Traceback& traceback) {
  if (IsKnownAsHarmless(event) || BelongsToKnown(traceback.first_line)) return;
  Failure trouble = maker_->Make(FailureKind::kTrouble, event);
  trouble.first_line = traceback.first_line;
  trouble.seen = chronicle_->recent.Since(traceback.first_line);
  maker_->SetTraceback(event, traceback, &trouble);
  trouble.bystander = maker_->IsBystander(traceback);
  if (trouble.bystander) {
    failures_->Add(std::move(trouble));
    return;
  }
  Failure* last = failures_->trouble();
  // An exception explains the error lines that lead to it; those from before
  // its work began lead to nothing in it.
  if (last != nullptr && IsWordsOnly(*last) && !last->repaired_by &&
      last->last_line >= trouble.begun_line &&
      traceback.first_line <= last->last_line + kSameTroubleLines) {
    trouble.headline = last->headline;
    trouble.first_line = last->first_line;
    trouble.seen.insert(last->seen.begin(), last->seen.end());
    failures_->DropTrouble();
  }
  Failure& opened = failures_->OpenTrouble(std::move(trouble));
  // It is told of when its message is over; what came since may be calm.
  const std::uint64_t now = chronicle_->clock.last_line();
  if (now > traceback.last_line) opened.calm = now - traceback.last_line;
  JudgeCalm(now);
}

// `warns`: the program itself calls it no more than a warning.
void Unclaimed::OnError(const Event& event, const MarkerHit& hit, bool warns) {
  const bool complains =
      warns || catalogue_->markers[hit.marker].role == Role::kComplaint;
  Failure* trouble = Tell(event);
  if (trouble == nullptr) return;
  const bool fresh = trouble->first_line == event.line;
  trouble->passing = complains && (fresh || trouble->passing);
  trouble->stated = true;
  if (trouble->node.empty()) trouble->node = CaptureOf(hit, "node");
  maker_->SetPhaseOfNode(trouble);
  const std::string type = CaptureOf(hit, "type");
  const std::string message = CaptureOf(hit, "message");
  if (type.empty() && message.empty()) return;
  if (!trouble->traceback) {
    trouble->traceback.emplace();
    trouble->traceback->first_line = event.line;
    trouble->traceback->chain.emplace_back();
  }
  if (trouble->traceback->chain.empty()) return;
  Raised& raised = trouble->traceback->chain.front();
  if (raised.type.empty()) raised.type = type;
  if (raised.message.empty() && !message.empty()) {
    raised.message = message;
    raised.line = event.line;
    raised.offset = event.offset;
    trouble->quote = QuoteOf(event);
  }
  trouble->traceback->last_line = event.line;
}

void Unclaimed::Take(const Record& record, const std::vector<Event>& events) {
  const Event* error = nullptr;
  const bool warned = TakeWarnings(events);
  for (const Event& event : events) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) return;
    const Role role = catalogue_->markers[hit->marker].role;
    if (role == Role::kError) {
      // Words of failure below the level of a warning tell of a choice.
      const bool calm =
          record.level == Level::kInfo || record.level == Level::kDebug;
      if (!calm) error = &event;
    } else if (role == Role::kComplaint) {
      error = &event;
    } else if (role != Role::kWarning && Explains(role)) {
      GoOn(record);
      return;
    }
  }
  if (error == nullptr && (warned || record.level < Level::kError)) {
    Failure* trouble = failures_->trouble();
    if (trouble != nullptr && !trouble->passing && !record.body.empty()) {
      ++trouble->calm;
      JudgeCalm(record.line);
    }
    GoOn(record);
    return;
  }
  if (error != nullptr) {
    OnError(*error, std::get<MarkerHit>(error->what),
            record.level == Level::kWarning);
  } else {
    OnErrorLevel(record);
  }
}

bool Unclaimed::TakeWarnings(const std::vector<Event>& events) {
  bool any = false;
  for (const Event& event : events) {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr ||
        catalogue_->markers[hit->marker].role != Role::kWarning) {
      continue;
    }
    OnWarning(event);
    any = true;
  }
  return any;
}

// It is worth a finding, but not one for each time that it is said.
void Unclaimed::OnWarning(const Event& event) {
  const auto seen =
      chronicle_->seen.find(std::get<MarkerHit>(event.what).marker);
  if (seen != chronicle_->seen.end() && seen->second.count > 1) return;
  Failure warning = maker_->Make(FailureKind::kTrouble, event);
  AddSighting(event, &warning.seen);
  warning.stated = true;
  warning.repaired_by = event.line;
  warning.bystander = true;
  failures_->Add(std::move(warning));
}

// Whatever a program prints after a trouble that it may go on after shows that
// it does.
void Unclaimed::GoOn(const Record& record) {
  Failure* trouble = failures_->trouble();
  if (trouble == nullptr || !trouble->passing || trouble->repaired_by ||
      record.body.empty()) {
    return;
  }
  if (++trouble->calm >= kCalmRecords) trouble->repaired_by = record.line;
}

// A program that nobody knows, and that goes on after its trouble, has
// overcome it. Known ones say so themselves.
void Unclaimed::JudgeCalm(std::uint64_t line) {
  Failure* trouble = failures_->trouble();
  if (trouble == nullptr || trouble->repaired_by || trouble->stated ||
      !chronicle_->programs.empty()) {
    return;
  }
  const Process* process = lives_->processes.current();
  const bool known =
      process != nullptr &&
      (process->start_seen || process->prompts != 0 || process->container != 0);
  if (!known && trouble->calm >= kCalmRecords) trouble->repaired_by = line;
}

void Unclaimed::OnErrorLevel(const Record& record) {
  Event event;
  event.line = record.line;
  event.offset = record.offset;
  event.time_ns = record.time_ns;
  event.source = record.source;
  event.text = std::string(CutUtf8(LastRedraw(record.body), kMaxEventText));
  if (Failure* trouble = Tell(event)) trouble->passing = false;
}

}  // namespace logdiag
