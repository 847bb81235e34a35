// SPDX-License-Identifier: Apache-2.0
#include "reports/words/told_line.h"

#include <algorithm>

namespace logdiag {

std::uint64_t EndLine(const Diagnosis& diagnosis) {
  // What is told after an exception, or later of the same, is not where it was.
  if (diagnosis.exception && diagnosis.exception->line != 0) {
    return diagnosis.exception->line;
  }
  if (diagnosis.incident && diagnosis.incident->last_line != 0) {
    return diagnosis.incident->last_line;
  }
  if (!diagnosis.timeline.tail.empty()) {
    return diagnosis.timeline.tail.back().line;
  }
  return diagnosis.source.lines;
}

const Evidence* RootOf(const Diagnosis& diagnosis) {
  if (!diagnosis.incident || !diagnosis.exception) return nullptr;
  // The program tells what was raised before its frames, and what it noticed
  // right before that.
  constexpr std::uint64_t kNear = 8;
  const Failure& incident = *diagnosis.incident;
  std::uint64_t begin = diagnosis.exception->line;
  if (diagnosis.exception->place) {
    const std::uint64_t frame = diagnosis.exception->place->log_line;
    if (frame != 0) begin = std::min(begin, frame);
  }
  for (const std::uint64_t line :
       {incident.first_line, incident.headline.line, incident.quote.line}) {
    if (line != 0) begin = std::min(begin, line);
  }
  const Evidence* root = nullptr;
  for (const Evidence& item : diagnosis.evidence) {
    if (item.quote.line == 0 || item.weight_db <= 0) continue;
    if (item.quote.line + kNear >= begin) return nullptr;
    if (root == nullptr || item.weight_db > root->weight_db) root = &item;
  }
  return root;
}

std::uint64_t ToldLine(const Diagnosis& diagnosis) {
  if (!diagnosis.incident) return EndLine(diagnosis);
  if (const Evidence* root = RootOf(diagnosis)) return root->quote.line;
  const Failure& incident = *diagnosis.incident;
  // A stop is seen later than it happens; what is raised is told at once.
  const bool stop = incident.kind == FailureKind::kHang ||
                    incident.kind == FailureKind::kSilence ||
                    incident.kind == FailureKind::kDeath;
  if (!stop && incident.headline.line != 0) return incident.headline.line;
  if (incident.quote.line != 0) return incident.quote.line;
  return EndLine(diagnosis);
}

}  // namespace logdiag
