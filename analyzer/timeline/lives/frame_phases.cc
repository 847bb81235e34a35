// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/lives/frame_phases.h"

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

std::string FramePhases::PhaseOfNode(const std::string& node) {
  Frame frame;
  frame.file = "node";
  frame.function = node;
  return Match(frame).value_or("");
}

bool FramePhases::IsOwn(const Traceback& traceback) {
  return AnyFrame(traceback, Tells::kOwn);
}

bool FramePhases::IsBystander(const Traceback& traceback) {
  return AnyFrame(traceback, Tells::kBystander);
}

bool FramePhases::AnyFrame(const Traceback& traceback, Tells what) {
  for (const Raised& raised : traceback.chain) {
    for (const auto* frames :
         std::array{&raised.first_frames, &raised.last_frames}) {
      for (const Frame& frame : *frames) {
        if (Matches(frame, what) != nullptr) return true;
      }
    }
  }
  return false;
}

FramePhases::Tells FramePhases::TellsOf(const FrameRule& rule) {
  if (rule.machinery) return Tells::kMachinery;
  if (rule.bystander) return Tells::kBystander;
  return rule.own ? Tells::kOwn : Tells::kPhase;
}

std::optional<std::string> FramePhases::Match(const Frame& frame) {
  const FrameRule* rule = Matches(frame, Tells::kPhase);
  return rule == nullptr ? std::nullopt : std::optional(rule->phase);
}

const FrameRule* FramePhases::Matches(const Frame& frame, Tells what) {
  std::string text = frame.file + ":" + frame.function;
  if (known_.size() >= kMaxKnown) known_.clear();
  const auto [known, fresh] = known_.try_emplace(std::move(text));
  std::optional<const FrameRule*>& told =
      known->second[static_cast<std::size_t>(what)];
  if (told) return *told;
  told = nullptr;
  for (const FrameRule& rule : catalogue_->frames) {
    if (TellsOf(rule) == what && regexes_.Search(rule.frame, known->first)) {
      told = &rule;
      break;
    }
  }
  return *told;
}

}  // namespace logdiag
