#include "analyzer/timeline/frame_phases.h"

#include <array>

namespace logdiag {

std::string FramePhases::PhaseOf(const Traceback& traceback) {
  if (traceback.chain.empty()) return "";
  const Raised& first = traceback.chain.front();
  // Innermost first; in a short stack the two lists overlap, which only means
  // that a frame is looked at twice.
  for (const auto* frames :
       std::array{&first.last_frames, &first.first_frames}) {
    for (auto frame = frames->rbegin(); frame != frames->rend(); ++frame) {
      if (const std::optional<std::string> phase = Match(*frame)) return *phase;
    }
  }
  return "";
}

std::optional<std::string> FramePhases::Match(const Frame& frame) {
  if (compiled_.empty()) {
    for (const FrameRule& rule : catalogue_->frames) {
      compiled_.push_back(Regex::Compile(rule.frame, nullptr));
    }
  }
  const std::string text = frame.file + ":" + frame.function;
  for (std::size_t i = 0; i < compiled_.size(); ++i) {
    if (compiled_[i] && compiled_[i]->Search(text)) {
      return catalogue_->frames[i].phase;
    }
  }
  return std::nullopt;
}

}  // namespace logdiag
