// SPDX-License-Identifier: Apache-2.0
#include "tests/timeline/script.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace logdiag {
namespace {

std::size_t IndexIn(const std::vector<Marker>& markers, const std::string& id) {
  for (std::size_t i = 0; i < markers.size(); ++i) {
    if (markers[i].id == id) return i;
  }
  std::abort();
}

Marker MakeMarker(const std::string& id, Role role,
                  const std::string& phase = "", int stage = 0) {
  Marker marker;
  marker.id = id;
  marker.role = role;
  marker.phase = phase;
  marker.stage = stage;
  return marker;
}

// "KIND-begins", "KIND-done" and "KIND-failed".
void AddWorkMarkers(const std::string& kind, std::vector<Marker>* markers) {
  markers->push_back(MakeMarker(kind + "-begins", Role::kWorkBegins));
  markers->push_back(MakeMarker(kind + "-done", Role::kWorkDone));
  markers->push_back(MakeMarker(kind + "-failed", Role::kWorkFailed));
  for (std::size_t i = markers->size() - 3; i < markers->size(); ++i) {
    (*markers)[i].work = kind;
  }
}

FrameRule MakeFrameRule(const std::string& frame, const std::string& phase) {
  FrameRule rule;
  rule.id = frame;
  rule.frame = frame;
  rule.phase = phase;
  return rule;
}

// Programs with a server and without one; labels of bars are theirs.
std::vector<Dialect> MakeDialects() {
  Dialect server;
  server.id = "server";
  server.mains = {"main.py"};
  server.work_bars = {"^Steps"};
  server.other_bars = {"^Steps of a cache", "^Loading"};
  server.server = true;
  Dialect unknown;
  unknown.id = "unknown";
  unknown.work_bars = {"^Epoch"};
  return {server, unknown};
}

}  // namespace

const Catalogue& ScriptCatalogue() {
  static const Catalogue catalogue = [] {
    Catalogue made;
    made.dialects = MakeDialects();
    made.markers = {
        MakeMarker("note", Role::kNote),
        MakeMarker("symptom", Role::kSymptom),
        MakeMarker("banner", Role::kContainerStart),
        MakeMarker("system-start", Role::kContainerStart),
        MakeMarker("container-stop", Role::kContainerStop),
        MakeMarker("startup-time", Role::kProcessStart, "comfyui-startup", 2),
        MakeMarker("total-vram", Role::kProcessStart, "comfyui-startup", 5),
        MakeMarker("version", Role::kProcessStart, "comfyui-startup", 6),
        MakeMarker("ready", Role::kReady),
        MakeMarker("ready-too", Role::kReady),
        MakeMarker("restart-announced", Role::kRestartAnnounced),
        MakeMarker("stopped", Role::kStopped),
        MakeMarker("process-died", Role::kProcessDied),
        MakeMarker("shell-returned", Role::kShellReturned),
        MakeMarker("restart-count", Role::kRestartCount),
        MakeMarker("prompt-queued", Role::kPromptQueued, "prompt-validation"),
        MakeMarker("prompt-executed", Role::kPromptExecuted),
        MakeMarker("prompt-failed", Role::kPromptFailed),
        MakeMarker("prompt-rejected", Role::kPromptRejected),
        MakeMarker("output-rejected", Role::kOutputRejected),
        MakeMarker("prompt-interrupted", Role::kPromptInterrupted),
        MakeMarker("interrupt-request", Role::kInterruptRequest),
        MakeMarker("worker-died", Role::kWorkerDied),
        MakeMarker("import-failed", Role::kImportFailed),
        MakeMarker("step-failed", Role::kStepFailed),
        MakeMarker("job-queued", Role::kJobQueued),
        MakeMarker("job-finished", Role::kJobFinished),
        MakeMarker("job-failed", Role::kJobFailed),
        MakeMarker("timed-out", Role::kTimedOut),
        MakeMarker("saved", Role::kSaved),
        MakeMarker("degraded", Role::kDegraded),
        MakeMarker("error", Role::kError),
        MakeMarker("complaint", Role::kComplaint),
        MakeMarker("warning", Role::kWarning),
        MakeMarker("import", Role::kPhase, "custom-node-import"),
        MakeMarker("installing", Role::kPhase, "install"),
        MakeMarker("load", Role::kPhase, "model-load"),
        MakeMarker("sampling", Role::kPhase, "sampling"),
        MakeMarker("decode", Role::kPhase, "vae-decode"),
        MakeMarker("needy", Role::kSymptom),
        MakeMarker("version-fact", Role::kFact),
        MakeMarker("machine", Role::kFact),
    };
    made.markers.back().facts = {{"ram", "ram_mb"}, {"gpu", "gpu", true}};
    for (Marker& marker : made.markers) {
      if (marker.role == Role::kProcessStart) marker.program = "server";
      if (marker.id == "needy") {
        marker.role = Role::kPromptFailed;
        marker.needs = "symptom";
      }
      if (marker.id == "version-fact") {
        marker.fixed_fact = "torch";
        marker.fixed_value = "nightly";
      }
    }
    for (const char* kind :
         {"request", "training", "download", "install", "task", "script"}) {
      AddWorkMarkers(kind, &made.markers);
    }
    // The words of any script for its end.
    made.markers[IndexIn(made.markers, "script-done")].program = "unknown";
    made.frames = {MakeFrameRule("samplers\\.py", "sampling"),
                   MakeFrameRule("^node:KSampler", "sampling"),
                   MakeFrameRule("web\\.py", ""), MakeFrameRule("comfy/", "")};
    made.frames[2].bystander = true;
    made.frames[3].own = true;
    return made;
  }();
  return catalogue;
}

std::size_t MarkerIndex(const std::string& id) {
  return IndexIn(ScriptCatalogue().markers, id);
}

Script::Script()
    : builder_(std::make_unique<TimelineBuilder>(&ScriptCatalogue())) {}

Script& Script::At(double seconds) {
  now_ns_ = static_cast<std::int64_t>(std::llround(seconds * 1e9));
  clock_ = Clock::kUtc;
  return *this;
}

Script& Script::Monotonic(double seconds) {
  At(seconds);
  clock_ = Clock::kMonotonic;
  return *this;
}

Script& Script::WithoutClock() {
  now_ns_.reset();
  clock_ = Clock::kNone;
  return *this;
}

Script& Script::From(Source source) {
  source_ = source;
  return *this;
}

Script& Script::Add(std::vector<Event> events) {
  ++line_;
  for (Event& event : events) {
    event.line = line_;
    event.offset = line_ * 10;
    event.time_ns = now_ns_;
    event.source = source_;
  }
  builder_->Add(MakeRecord(events.back().text), events, true);
  return *this;
}

Script& Script::Hit(
    const std::string& id,
    std::initializer_list<std::pair<std::string, std::string>> captures) {
  Event event;
  event.what = MarkerHit{MarkerIndex(id), captures};
  event.text = id;
  return Add({event});
}

Script& Script::Bar(std::int64_t done, std::int64_t total, bool open,
                    const std::string& label) {
  ProgressBar bar;
  bar.label = label;
  bar.done = done;
  bar.total = total;
  bar.open = open;
  return Bar(bar);
}

Script& Script::Bar(const ProgressBar& bar) {
  Event event;
  event.what = bar;
  event.text = "bar";
  return Add({event});
}

Script& Script::Raise(Traceback traceback) {
  return Add({MakeRaise(std::move(traceback))});
}

Script& Script::RaiseWith(Traceback traceback, const std::string& id) {
  Event note;
  note.what = MarkerHit{MarkerIndex(id), {}};
  note.text = id;
  return Add({note, MakeRaise(std::move(traceback))});
}

Event Script::MakeRaise(Traceback traceback) const {
  Event event;
  traceback.first_line = line_ + 1;
  traceback.last_line = line_ + 1;
  for (Raised& raised : traceback.chain) raised.line = line_ + 1;
  event.what = std::move(traceback);
  event.text = "traceback";
  return event;
}

Script& Script::Line(const std::string& text) {
  ++line_;
  builder_->Add(MakeRecord(text), {}, false);
  return *this;
}

Script& Script::Lines(int count) {
  for (int i = 0; i < count; ++i) Line("one more line");
  return *this;
}

Script& Script::Error(const std::string& text) {
  return Say(Level::kError, text);
}

Script& Script::Say(Level level, const std::string& text,
                    const std::string& id) {
  ++line_;
  Record record = MakeRecord(text);
  record.level = level;
  std::vector<Event> events;
  if (!id.empty()) {
    events.push_back(HitAt(id, line_));
    events.back().time_ns = now_ns_;
  }
  builder_->Add(record, events, !events.empty());
  return *this;
}

Record Script::MakeRecord(const std::string& body) const {
  Record record;
  record.line = line_;
  record.offset = line_ * 10;
  record.time_ns = now_ns_;
  record.clock = clock_;
  record.source = source_;
  record.body = body;
  return record;
}

Script& Script::Knowing(const Given& given) {
  given_ = given;
  return *this;
}

Story Script::End() { return builder_->Finish({}, given_); }

Script Started() {
  Script script;
  script.Hit("banner").Hit("startup-time").Hit("total-vram").Hit("ready");
  return script;
}

Script AtWork() {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load");
  return script;
}

const Failure* OfKind(const Story& story, FailureKind kind) {
  for (const Failure& failure : story.timeline.failures) {
    if (failure.kind == kind) return &failure;
  }
  return nullptr;
}

std::size_t CountOf(const Story& story, FailureKind kind) {
  const std::vector<Failure>& failures = story.timeline.failures;
  return static_cast<std::size_t>(std::count_if(
      failures.begin(), failures.end(),
      [kind](const Failure& failure) { return failure.kind == kind; }));
}

Record RecordAt(std::uint64_t line, std::string_view body, double seconds) {
  Record record;
  record.line = line;
  record.body = body;
  record.time_ns = static_cast<std::int64_t>(std::llround(seconds * 1e9));
  return record;
}

Event HitAt(const std::string& id, std::uint64_t line) {
  Event event;
  event.what = MarkerHit{MarkerIndex(id), {}};
  event.line = line;
  event.text = id;
  return event;
}

Traceback MakeTraceback(const std::string& type, const std::string& message,
                        const std::string& file, const std::string& function,
                        const std::string& inner_file) {
  Raised raised;
  raised.type = type;
  raised.message = message;
  raised.first_frames = {{file, 1, function}};
  raised.last_frames = {{inner_file, 2, "inner"}};
  Traceback traceback;
  traceback.chain = {raised};
  return traceback;
}

}  // namespace logdiag
