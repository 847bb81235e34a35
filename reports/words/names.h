// SPDX-License-Identifier: Apache-2.0
// Names of the report schema for values of the model.
#ifndef LOGDIAG_REPORTS_NAMES_H_
#define LOGDIAG_REPORTS_NAMES_H_

#include <cstdint>
#include <string_view>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// "established", "likely", "possible" or "unknown".
constexpr std::string_view ConfidenceName(Confidence confidence) {
  switch (confidence) {
    case Confidence::kEstablished:
      return "established";
    case Confidence::kLikely:
      return "likely";
    case Confidence::kPossible:
      return "possible";
    case Confidence::kUnknown:
      break;
  }
  return "unknown";
}

// Names of the parts of a budget, as texts and JSON use them.
constexpr std::string_view PhaseName(BudgetPhase phase) {
  switch (phase) {
    case BudgetPhase::kLoad:
      return "model-load";
    case BudgetPhase::kTextEncode:
      return "text-encode";
    case BudgetPhase::kVaeDecode:
      return "vae-decode";
    case BudgetPhase::kSampling:
      break;
  }
  return "sampling";
}

constexpr std::string_view KnobName(Knob knob) {
  switch (knob) {
    case Knob::kVaeTile:
      return "vae-tile";
    case Knob::kEncoderDtype:
      return "encoder-dtype";
    case Knob::kEncoderOnCpu:
      return "encoder-on-cpu";
    case Knob::kDtype:
      return "dtype";
    case Knob::kLessSwap:
      return "less-swap";
    case Knob::kMoreSwap:
      return "more-swap";
    case Knob::kFrames:
      return "frames";
    case Knob::kSize:
      return "size";
    case Knob::kTogether:
      return "together";
    case Knob::kCard:
      break;
  }
  return "card";
}

constexpr std::string_view KnownFromName(KnownFrom from) {
  switch (from) {
    case KnownFrom::kStated:
      return "stated";
    case KnownFrom::kName:
      return "name";
    case KnownFrom::kBlocks:
      return "blocks";
    case KnownFrom::kWeights:
      return "weights";
    case KnownFrom::kClass:
      return "class";
    case KnownFrom::kFamily:
      return "family";
    case KnownFrom::kNothing:
      break;
  }
  return "nothing";
}

constexpr std::string_view AssumptionName(Assumption assumption) {
  switch (assumption) {
    case Assumption::kModelGuessed:
      return "model-guessed";
    case Assumption::kModelFromSize:
      return "model-from-size";
    case Assumption::kDtypeUnknown:
      return "dtype-unknown";
    case Assumption::kDtypeFromSize:
      return "dtype-from-size";
    case Assumption::kSwapUnknown:
      return "swap-unknown";
    case Assumption::kNativePlacement:
      return "native-placement";
    case Assumption::kCodePathUnknown:
      return "code-path-unknown";
    case Assumption::kEncoderUnknown:
      return "encoder-unknown";
    case Assumption::kPinnedUnknown:
      return "pinned-unknown";
    case Assumption::kLoraCounted:
      return "lora-counted";
    case Assumption::kSizeRounded:
      return "size-rounded";
    case Assumption::kWindowed:
      return "windowed";
    case Assumption::kCardFromTable:
      return "card-from-table";
    case Assumption::kCardSeveralSizes:
      return "card-several-sizes";
    case Assumption::kCardDerived:
      return "card-derived";
    case Assumption::kMathAttention:
      return "math-attention";
    case Assumption::kFewData:
      return "few-data";
    case Assumption::kRamLimitUnknown:
      break;
  }
  return "ram-limit-unknown";
}

constexpr std::string_view WorkKindName(WorkKind kind) {
  switch (kind) {
    case WorkKind::kPrompt:
      return "prompt";
    case WorkKind::kJob:
      return "job";
    case WorkKind::kRequest:
      return "request";
    case WorkKind::kTraining:
      return "training";
    case WorkKind::kDownload:
      return "download";
    case WorkKind::kInstall:
      return "install";
    case WorkKind::kTask:
      return "task";
    case WorkKind::kScript:
      break;
  }
  return "script";
}

constexpr std::string_view WorkStateName(WorkState state) {
  switch (state) {
    case WorkState::kQueued:
      return "queued";
    case WorkState::kExecuted:
      return "executed";
    case WorkState::kFailed:
      return "failed";
    case WorkState::kRejected:
      return "rejected";
    case WorkState::kInterrupted:
      return "interrupted";
    case WorkState::kLost:
      return "lost";
    case WorkState::kRunning:
      break;
  }
  return "running";
}

constexpr std::string_view ProcessEndName(ProcessEnd end) {
  switch (end) {
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

// The resolution of a clock, rounded down to a unit that people name; "" if
// there is no clock.
constexpr std::string_view ResolutionName(std::int64_t resolution_ns) {
  if (resolution_ns <= 0) return "";
  if (resolution_ns < 1'000) return "1ns";
  if (resolution_ns < 1'000'000) return "1us";
  if (resolution_ns < 1'000'000'000) return "1ms";
  if (resolution_ns < 60'000'000'000) return "1s";
  return "1min";
}

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_NAMES_H_
