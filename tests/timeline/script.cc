#include "tests/timeline/script.h"

#include <cmath>
#include <cstdlib>

namespace logdiag {
namespace {

Marker MakeMarker(const std::string& id, Role role,
                  const std::string& phase = "", int stage = 0) {
  Marker marker;
  marker.id = id;
  marker.role = role;
  marker.phase = phase;
  marker.stage = stage;
  return marker;
}

std::size_t IndexOf(const std::string& id) {
  const std::vector<Marker>& markers = ScriptCatalogue().markers;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    if (markers[i].id == id) return i;
  }
  std::abort();
}

}  // namespace

const Catalogue& ScriptCatalogue() {
  static const Catalogue catalogue = [] {
    Catalogue made;
    made.markers = {
        MakeMarker("note", Role::kNote),
        MakeMarker("symptom", Role::kSymptom),
        MakeMarker("banner", Role::kContainerStart),
        MakeMarker("system-start", Role::kContainerStart),
        MakeMarker("container-stop", Role::kContainerStop),
        MakeMarker("startup-time", Role::kProcessStart, "comfyui-startup", 2),
        MakeMarker("total-vram", Role::kProcessStart, "comfyui-startup", 5),
        MakeMarker("ready", Role::kReady),
        MakeMarker("restart-announced", Role::kRestartAnnounced),
        MakeMarker("stopped", Role::kStopped),
        MakeMarker("process-died", Role::kProcessDied),
        MakeMarker("prompt-queued", Role::kPromptQueued, "prompt-validation"),
        MakeMarker("prompt-executed", Role::kPromptExecuted),
        MakeMarker("prompt-failed", Role::kPromptFailed),
        MakeMarker("prompt-rejected", Role::kPromptRejected),
        MakeMarker("output-rejected", Role::kOutputRejected),
        MakeMarker("prompt-interrupted", Role::kPromptInterrupted),
        MakeMarker("worker-died", Role::kWorkerDied),
        MakeMarker("import-failed", Role::kImportFailed),
        MakeMarker("step-failed", Role::kStepFailed),
        MakeMarker("load", Role::kPhase, "model-load"),
        MakeMarker("sampling", Role::kPhase, "sampling"),
        MakeMarker("degraded", Role::kDegraded),
        MakeMarker("machine", Role::kFact),
    };
    made.markers.back().facts = {{"ram", "ram_mb"}};
    return made;
  }();
  return catalogue;
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

Script& Script::Add(Event event) {
  event.line = ++line_;
  event.offset = line_ * 10;
  event.time_ns = now_ns_;
  Record record;
  record.line = event.line;
  record.offset = event.offset;
  record.time_ns = now_ns_;
  record.clock = clock_;
  record.body = event.text;
  builder_->Add(record, {event}, true);
  return *this;
}

Script& Script::Hit(
    const std::string& id,
    std::initializer_list<std::pair<std::string, std::string>> captures) {
  Event event;
  event.what = MarkerHit{IndexOf(id), captures};
  event.text = id;
  return Add(std::move(event));
}

Script& Script::Bar(std::int64_t done, std::int64_t total, bool open,
                    const std::string& label) {
  ProgressBar bar;
  bar.label = label;
  bar.done = done;
  bar.total = total;
  bar.open = open;
  Event event;
  event.what = bar;
  event.text = "bar";
  return Add(std::move(event));
}

Script& Script::Raise(Traceback traceback) {
  Event event;
  traceback.first_line = line_ + 1;
  traceback.last_line = line_ + 1;
  for (Raised& raised : traceback.chain) raised.line = line_ + 1;
  event.what = std::move(traceback);
  event.text = "traceback";
  return Add(std::move(event));
}

Script& Script::Line(const std::string& text) {
  Record record;
  record.line = ++line_;
  record.offset = line_ * 10;
  record.time_ns = now_ns_;
  record.clock = clock_;
  record.body = text;
  builder_->Add(record, {}, false);
  return *this;
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

const Failure* OfKind(const Story& story, FailureKind kind) {
  for (const Failure& failure : story.timeline.failures) {
    if (failure.kind == kind) return &failure;
  }
  return nullptr;
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
