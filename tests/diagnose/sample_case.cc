// SPDX-License-Identifier: Apache-2.0
#include "tests/diagnose/sample_case.h"

namespace logdiag {

Catalogue SampleCatalogue() {
  Catalogue catalogue;
  for (const char* id : {"oom", "full-disk", "noise"}) {
    Marker marker;
    marker.id = id;
    marker.role = Role::kSymptom;
    catalogue.markers.push_back(marker);
  }
  catalogue.markers[1].program = "tea";
  catalogue.markers[1].own = true;
  return catalogue;
}

void See(std::size_t marker, std::uint64_t line, const std::string& name,
         const std::string& value, Sightings* seen) {
  Event event;
  event.what = MarkerHit{marker, {{name, value}}};
  event.line = line;
  event.text = "line " + std::to_string(line);
  (*seen)[marker] = {1, line, event};
}

Failure MakeFailureOf(FailureKind kind, std::uint64_t line) {
  Failure failure;
  failure.kind = kind;
  failure.process = 1;
  failure.phase = "sampling";
  failure.first_line = line;
  failure.last_line = line;
  failure.quote.line = line;
  return failure;
}

Process ReadyProcess(std::uint64_t number) {
  Process process;
  process.number = number;
  process.start_seen = true;
  process.ready_line = 10;
  process.phase = "idle";
  return process;
}

Process UnreadyProcess(std::uint64_t number, ProcessEnd end) {
  Process process;
  process.number = number;
  process.start_seen = true;
  process.end = end;
  process.phase = "comfyui-startup";
  return process;
}

}  // namespace logdiag
